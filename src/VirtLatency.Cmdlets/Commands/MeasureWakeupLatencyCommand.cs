using System.Globalization;
using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Wakeup;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Measure-WakeupLatency: how long a CPU of this machine takes to run a thread again, by the length of its idle time and
/// the idle state that its counters say it was in.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "WakeupLatency", DefaultParameterSetName = "Cpu")]
[OutputType(typeof(WakeupLatency))]
public sealed class MeasureWakeupLatencyCommand : PSCmdlet, IDisposable
{
    private const int ActivityId = 3;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>CPUs that sleep, one after the other; without it, one that nothing speaks against.</summary>
    [Parameter(Position = 0)]
    [CpuList]
    [ValidateNotNullOrEmpty]
    public int[] Cpu { get; set; } = [];

    /// <summary>The CPU that wakes them; without it, one that shares no core with the sleeper.</summary>
    [Parameter]
    [ValidateRange(0, CpuRange.MostCpus - 1)]
    public int WakerCpu { get; set; }

    /// <summary>Idle lengths in us.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1.0, 100_000.0)]
    public double[] IdleUs { get; set; } = [.. WakeupPlan.DefaultIdleUs];

    /// <summary>Wake-ups per idle length.</summary>
    [Parameter]
    [ValidateRange(WakeupPlan.LeastSamples, 100_000)]
    public long SampleCount { get; set; } = 200;

    /// <summary>Also on isolated CPUs, and on CPUs with pinned vCPUs or realtime threads.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            Measure();
        }
        catch (WakeupException e)
        {
            ThrowTerminatingError(ErrorFactory.WakeupNotMeasured(e));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Measure()
    {
        int? waker = MyInvocation.BoundParameters.ContainsKey(nameof(WakerCpu)) ? WakerCpu : null;
        var request = new WakeupRequest(Cpu, waker, WakeupPlan.Of(IdleUs, (int)SampleCount), Force);
        using LocalHost host = LocalHost.Live();
        var measurement = new WakeupMeasurement(host, request, _stop.Token);
        foreach (CpuPair pair in measurement.Pairs)
        {
            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"CPU {pair.WakerCpu} wakes CPU {pair.Cpu}, {request.Plan.Bursts.Count} bursts, {request.Plan.TotalUs / 1e6:0.0} s asleep by plan."));
            string activity = FormattableString.Invariant($"Waking CPU {pair.Cpu} from CPU {pair.WakerCpu}");
            IReadOnlyList<WakeupLatency> rows = measurement.Run(pair, WakeupMeasurement.LiveProbe, share => Show(activity, share), _stop.Token);
            WriteProgress(new ProgressRecord(ActivityId, activity, "done") { RecordType = ProgressRecordType.Completed });
            foreach (WakeupLatency row in rows)
            {
                WriteObject(row);
            }
        }
    }

    private void Show(string activity, double share) => WriteProgress(
        new ProgressRecord(ActivityId, activity, string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} % of the bursts' time")) { PercentComplete = (int)(100 * Math.Min(1, share)) });
}
