using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>Test-CStateLimit: one answer for all hosts, for a runbook's gate; or a row per CPU.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CStateLimit", DefaultParameterSetName = ParameterSets.MaxExitLatency)]
[OutputType(typeof(bool), typeof(CStateLimitCheck))]
public sealed class TestCStateLimitCommand : VhostHostCommand
{
    /// <summary>The longest exit latency that is allowed (us).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.MaxExitLatency)]
    [ValidateRange(0.0, 2e9)]
    public double MaxExitLatencyUs { get; set; }

    /// <summary>A row per CPU instead of the answer.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<HostTarget> targets = Targets();
        int passed = 0;
        OnHosts(targets, Check, rows =>
        {
            passed += rows.TrueForAll(row => row.Passed) ? 1 : 0;
            if (Detail)
            {
                WriteObject(rows, enumerateCollection: true);
            }
        });
        if (!Detail)
        {
            // A host that could not be read has not passed.
            WriteObject(passed == targets.Count && passed > 0);
        }
    }

    private List<CStateLimitCheck> Check(IHostAccess host, Action<Action> post)
    {
        int[] cpus = CpusWith(FindVhostCpus(host, post));
        CpuIdleSnapshot snapshot = CpuIdleReader.Read(host, Stop);
        int[] missing = [.. cpus.Except(snapshot.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number))];
        return missing.Length == 0
            ? [.. LimitCheck.Of(snapshot, MaxExitLatencyUs, host.ReadLatencyLimitUs(), cpus.Length == 0 ? null : cpus)]
            : throw new LimitException(LimitProblem.CpuNotFound, snapshot.HostName, $"{snapshot.HostName} has no online CPU {CpuRange.TextOf(missing)}; it has {CpuRange.TextOf(snapshot.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number))}.");
    }
}
