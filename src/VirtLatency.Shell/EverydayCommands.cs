using System.Management.Automation.Runspaces;
using VirtLatency.Shell.Everyday;

namespace VirtLatency.Shell;

/// <summary>
/// The everyday cmdlets that README and examples use and that the engine package does not bring. Thin, with the
/// official names and parameters; this is no second PowerShell.
/// </summary>
internal static class EverydayCommands
{
    private static readonly (string Name, Type Type)[] Commands =
    [
        ("Format-List", typeof(FormatListCommand)),
        ("Format-Table", typeof(FormatTableCommand)),
        ("Join-Path", typeof(JoinPathCommand)),
        ("Measure-Object", typeof(MeasureObjectCommand)),
        ("Select-Object", typeof(SelectObjectCommand)),
        ("Sort-Object", typeof(SortObjectCommand)),
    ];

    public static void AddTo(InitialSessionState state)
    {
        foreach ((string name, Type type) in Commands)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        }
    }
}
