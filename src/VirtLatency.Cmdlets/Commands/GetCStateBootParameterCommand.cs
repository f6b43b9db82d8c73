using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Get-CStateBootParameter: kernel parameters of idle states as hosts run, as they boot next and as they are set; or, with
/// a limit, the ways to make it permanent.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CStateBootParameter", DefaultParameterSetName = ParameterSets.Parameter)]
[OutputType(typeof(CStateBootParameter), typeof(CStateBootAdvice))]
public sealed class GetCStateBootParameterCommand : HostCommand
{
    /// <summary>Parameters to show, with wildcards; default: all that are given or belong to the driver.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.Parameter)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Parameter { get; set; } = [];

    /// <summary>Asks for advice: the ways to keep states out that take longer than this to leave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Limit)]
    [ValidateRange(0, 1_000_000)]
    public double MaxExitLatencyUs { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => OnHosts(
        Targets(),
        (host, _) =>
        {
            IdleTable table = IdleTable.Of(CpuIdleReader.Read(host, Stop), Cpu);
            return (host.HostName, Table: table, Boot: BootConfiguration.Read(host, Stop));
        },
        found => Write(found.HostName, found.Table, found.Boot));

    private void Write(string hostName, IdleTable table, BootConfiguration boot)
    {
        if (ParameterSetName == ParameterSets.Limit)
        {
            WriteAdvice(hostName, table, boot);
            return;
        }

        foreach (BootFileException problem in boot.Problems)
        {
            WriteError(ErrorFactory.BootFile(problem));
        }

        WriteVerbose($"{hostName}: next boot: {boot.Entry ?? "not known"}.");
        WildcardPattern[] wanted = [.. Parameter.Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        WriteObject(BootRows.Of(hostName, boot, table).Where(row => wanted.Length == 0 || wanted.Any(pattern => pattern.IsMatch(row.Parameter))), enumerateCollection: true);
    }

    private void WriteAdvice(string hostName, IdleTable table, BootConfiguration boot)
    {
        if (table.States.Count == 0)
        {
            WriteWarning($"{hostName} has no idle states (no cpuidle): there is nothing to limit.");
        }

        WriteObject(BootAdvice.Of(hostName, table, MaxExitLatencyUs, boot.Tree.HasIntelIdleParameter("states_off")), enumerateCollection: true);
    }
}
