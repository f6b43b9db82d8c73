using System.Management.Automation;
using System.Reflection;

namespace VirtLatency.Shell;

/// <summary>
/// The two things that the engine keeps to itself and that its own everyday cmdlets use: the table and list formatter
/// behind the public base classes, and the exception by which a cmdlet ends the pipeline before it. Found by name in the
/// pinned engine version; a test runs both, so that a changed engine is seen at once.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>Gives a formatting cmdlet the formatter of a shape: Table or List.</summary>
    public static void SetShape(Cmdlet command, string shape)
    {
        Type shapes = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        Type formatter = Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        object inner = Activator.CreateInstance(formatter, Any, null, [Enum.Parse(shapes, shape)], null)!;
        FieldOf(command.GetType(), "implementation").SetValue(command, inner);
    }

    /// <summary>The exception that stops the commands before this one, and only those.</summary>
    public static Exception StopUpstream(Cmdlet command)
    {
        Type type = Engine.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        return (Exception)Activator.CreateInstance(type, Any, null, [command], null)!;
    }

    private static FieldInfo FieldOf(Type type, string name)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetField(name, Any) is { } field)
            {
                return field;
            }
        }

        throw new MissingFieldException(type.FullName, name);
    }
}
