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
            passed += rows.All(row => row.Passed) ? 1 : 0;
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

    private IReadOnlyList<CStateLimitCheck> Check(IHostAccess host, Action<Action> post)
    {
        int[] cpus = CpusWith(FindVhostCpus(host, post));
        return LimitCheck.Of(CpuIdleReader.Read(host, Stop), MaxExitLatencyUs, host.ReadLatencyLimitUs(), cpus.Length == 0 ? null : cpus, host.IsLive);
    }
}
