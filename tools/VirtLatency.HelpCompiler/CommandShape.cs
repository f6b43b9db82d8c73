using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace VirtLatency.HelpCompiler;

/// <summary>A cmdlet's parameter sets as the engine itself sees them.</summary>
/// <param name="Name">The cmdlet.</param>
/// <param name="Sets">Parameter sets without common parameters.</param>
public sealed record CommandShape(string Name, IReadOnlyList<IReadOnlyList<ParameterShape>> Sets)
{
    /// <summary>Every parameter once.</summary>
    public IEnumerable<ParameterShape> Parameters => Sets.SelectMany(set => set).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>Loads a module and describes its cmdlets.</summary>
    /// <param name="manifest">The module's manifest.</param>
    /// <returns>Its cmdlets by name.</returns>
    public static IReadOnlyList<CommandShape> OfModule(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([manifest]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        string module = Path.GetFileNameWithoutExtension(manifest);
        return [.. shell.AddCommand("Get-Command").AddParameter("Module", module).Invoke<CmdletInfo>().OrderBy(command => command.Name, StringComparer.Ordinal).Select(Of)];
    }

    private static CommandShape Of(CmdletInfo command) =>
        new(command.Name, [.. command.ParameterSets.Select(set => set.Parameters.Where(IsOwn).Select(ParameterShape.Of).OrderBy(parameter => parameter.SortKey).ToList())]);

    private static bool IsOwn(CommandParameterInfo parameter) =>
        !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name);
}
