using System.Diagnostics;
using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Hardware;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>Get-CStateUsage: how often and how long idle states were asked for, since boot or between two moments.</summary>
[Cmdlet(VerbsCommon.Get, "CStateUsage", DefaultParameterSetName = ParameterSets.Hosts)]
[OutputType(typeof(CStateUsage))]
public sealed class GetCStateUsageCommand : VhostHostCommand
{
    private const int ActivityId = 2;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    private long _begin;

    /// <summary>Seconds between two readings; without it the counters since boot.</summary>
    [Parameter(ParameterSetName = ParameterSets.Hosts)]
    [ValidateRange(0.1, 86_400.0)]
    public double DurationSeconds { get; set; }

    /// <summary>The later of two captured trees of one host, of which -SysRoot is the earlier.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Until)]
    [ValidateNotNullOrEmpty]
    public string Until { get; set; } = string.Empty;

    /// <summary>One row per CPU and state instead of one per state.</summary>
    [Parameter]
    public SwitchParameter PerCpu { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ParameterSets.Until)
        {
            CompareTrees();
            return;
        }

        if (DurationSeconds > 0 && SysRoot.Length > 0)
        {
            ThrowTerminatingError(ErrorFactory.ParametersExclude(nameof(SysRoot), nameof(DurationSeconds), "nothing changes in a captured tree; name a later one with -Until"));
        }

        IReadOnlyList<HostTarget> targets = Targets();
        _begin = Stopwatch.GetTimestamp();
        OnHosts(targets, Measure, Write);
        if (DurationSeconds > 0)
        {
            WriteProgress(new ProgressRecord(ActivityId, "Counting idle states", "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private UsageSpan? Measure(IHostAccess host, Action<Action> post)
    {
        int[] cpus = CpusWith(FindVhostCpus(host, post));
        CpuIdleSnapshot first = CpuIdleReader.Read(host, Stop).Only(cpus);
        if (!first.HasCpuIdle)
        {
            post(() => WriteWarning($"{host.HostName} publishes no idle states, so there is nothing to count."));
            return null;
        }

        if (DurationSeconds <= 0)
        {
            return UsageSpan.SinceBoot(first);
        }

        using HardwareProbe? probe = host is LocalHost { IsLive: true } ? HardwareProbe.Begin(host.Read(HardwareProbe.Patterns, Stop), first, new PerfEvents()) : null;
        Wait(post);
        HardwareResidency hardware = probe?.End() ?? HardwareResidency.None("its counters are read on this machine only");
        CpuIdleSnapshot last = CpuIdleReader.Read(host, Stop);

        // A CPU that was asked for may be gone by now: that is for the rows to say.
        return UsageSpan.Between(first, cpus.Length == 0 ? last : last with { Cpus = [.. last.Cpus.Where(cpu => cpus.Contains(cpu.Number))] }).With(hardware);
    }

    private void Wait(Action<Action> post)
    {
        long begin = Stopwatch.GetTimestamp();
        TimeSpan duration = TimeSpan.FromSeconds(DurationSeconds);
        while (duration - Stopwatch.GetElapsedTime(begin) is var left && left > TimeSpan.Zero)
        {
            if (Stop.WaitHandle.WaitOne(left < ProgressEvery ? left : ProgressEvery))
            {
                Stop.ThrowIfCancellationRequested();
            }

            post(ShowProgress);
        }
    }

    private void ShowProgress()
    {
        double seconds = Math.Min(Stopwatch.GetElapsedTime(_begin).TotalSeconds, DurationSeconds);
        WriteProgress(new ProgressRecord(ActivityId, "Counting idle states", FormattableString.Invariant($"{seconds:0} of {DurationSeconds:0.#} s"))
        {
            PercentComplete = (int)(100 * seconds / DurationSeconds),
        });
    }

    private void CompareTrees()
    {
        if (HostName.Length > 0 || SysRoot.Length != 1)
        {
            ThrowTerminatingError(ErrorFactory.UntilNeedsOneTree(SysRoot.Length));
        }

        if (PathResolver.Existing(this, Until) is not { } until)
        {
            return;
        }

        OnHosts(
            Targets(),
            (host, post) =>
            {
                using IHostAccess later = HostAccessFactory.Open(null, until);
                int[] cpus = CpusWith(FindVhostCpus(host, post));
                return UsageSpan.Between(CpuIdleReader.Read(host, Stop).Only(cpus), CpuIdleReader.Read(later, Stop).Only(cpus));
            },
            Write);
    }

    private void Write(UsageSpan? span)
    {
        if (span is not null)
        {
            WriteObject(PerCpu ? span.PerCpu() : span.PerState(), enumerateCollection: true);
        }
    }
}
