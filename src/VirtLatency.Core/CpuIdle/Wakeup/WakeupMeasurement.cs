using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>
/// Measures wake-ups: chooses the CPUs, runs the bursts of the plan, and makes a row of each idle length.
/// </summary>
public sealed class WakeupMeasurement
{
    /// <summary>A burst that a garbage collection fell into is run again, this often.</summary>
    private const int Repetitions = 2;

    private const double StolenShare = 0.01;

    /// <summary>A hypervisor's own load and states move over seconds: the halves of a shorter run do not show it.</summary>
    private const double LeastInVirtualMachineUs = 5_000_000;

    private readonly IHostAccess _access;
    private readonly WakeupHost _host;
    private readonly WakeupRequest _request;

    /// <summary>Looks at the host; nothing runs yet.</summary>
    /// <param name="access">This machine.</param>
    /// <param name="request">What to measure.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <exception cref="WakeupException">A CPU cannot or must not be used.</exception>
    public WakeupMeasurement(IHostAccess access, WakeupRequest request, CancellationToken cancellation = default)
    {
        (_access, _request) = (access, request);
        _host = new WakeupHost(access.HostName, access.Read(WakeupHost.Patterns, cancellation));
        Pairs = CpuChoice.Of(_host, request);
    }

    /// <summary>Makes the probe of a pair of CPUs; the function reads the sleeping CPU's counters.</summary>
    public delegate IWakeupProbe ProbeFactory(CpuPair pair, Func<IdleCounters> counters);

    /// <summary>The pairs that will be measured, one after the other.</summary>
    public IReadOnlyList<CpuPair> Pairs { get; }

    /// <summary>Two threads of this process.</summary>
    /// <param name="pair">The CPUs.</param>
    /// <param name="counters">Reads the sleeping CPU's counters.</param>
    /// <returns>The probe.</returns>
    public static IWakeupProbe LiveProbe(CpuPair pair, Func<IdleCounters> counters) => new ThreadPairProbe(pair.Cpu, pair.WakerCpu, counters);

    /// <summary>Measures a pair.</summary>
    /// <param name="pair">One of <see cref="Pairs"/>.</param>
    /// <param name="factory">Makes the probe.</param>
    /// <param name="progress">Called after each burst with the share of the time that is over, 0 to 1; on the caller's thread.</param>
    /// <param name="cancellation">Ends within a wake-up.</param>
    /// <returns>A row per idle length, ascending.</returns>
    /// <exception cref="WakeupException">The probe cannot run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<WakeupLatency> Run(CpuPair pair, ProbeFactory factory, Action<double>? progress, CancellationToken cancellation)
    {
        IdleCpu cpu = _host.Snapshot.Cpus.First(candidate => candidate.Number == pair.Cpu);
        WakeupPlan plan = _request.Plan;
        WakeupSeries[] series = [.. plan.IdleUs.Select(idleUs => new WakeupSeries(idleUs, cpu.States))];
        HostTree before = Ticks();
        using (IWakeupProbe probe = factory(pair, cpu.States.Count > 0 ? () => IdleCounters.Read(_access, cpu) : () => IdleCounters.None))
        {
            // The first burst compiles and loads what the loops call; it is thrown away.
            probe.Run(plan.IdleUs[0], new long[WakeupPlan.LeastSamples], cancellation);
            double elapsedUs = 0;
            foreach ((int index, int count) in plan.Bursts)
            {
                (long[] latencies, WakeupBurst burst) = Quiet(probe, plan.IdleUs[index], count, cancellation);
                series[index].Add(latencies, burst);
                elapsedUs += plan.DurationUs((index, count));
                progress?.Invoke(elapsedUs / plan.TotalUs);
            }
        }

        WakeupContext context = ContextOf(pair, before, Ticks());
        return [.. series.Select(one => one.ToRow(pair.Cpu, context))];
    }

    private static (long[] Latencies, WakeupBurst Burst) Quiet(IWakeupProbe probe, double idleUs, int count, CancellationToken cancellation)
    {
        long[] latencies = new long[count];
        WakeupBurst burst = probe.Run(idleUs, latencies, cancellation);
        for (int again = 0; burst.HadCollection && again < Repetitions; again++)
        {
            burst = probe.Run(idleUs, latencies, cancellation);
        }

        return (latencies, burst);
    }

    private HostTree Ticks() => _access.Read(["/proc/stat"]);

    private WakeupContext ContextOf(CpuPair pair, HostTree before, HostTree after)
    {
        (double? _, double? sleeperStolen) = SharesOf(before, after, pair.Cpu);
        (double? _, double? wakerStolen) = SharesOf(before, after, pair.WakerCpu);
        double stolen = Math.Max(sleeperStolen ?? 0, wakerStolen ?? 0);
        string? sibling = _host.SiblingsOf(pair.Cpu) switch
        {
            null => null,
            { Count: 0 } => "None",
            { } siblings => string.Join("; ", siblings.Select(number => string.Create(
                CultureInfo.InvariantCulture, $"cpu{number} {(SharesOf(before, after, number).Busy is { } busy ? string.Create(CultureInfo.InvariantCulture, $"{busy * 100:0} % busy") : "unknown")}"))),
        };
        string? disturbance = stolen > StolenShare ? string.Create(CultureInfo.InvariantCulture, $"the hypervisor took {stolen * 100:0} % of a CPU's time meanwhile") : null;
        disturbance ??= _host.VirtualMachine is not null && _request.Plan.TotalUs < LeastInVirtualMachineUs
            ? "the run is shorter than 5 s, too short to see how the hypervisor's part moves"
            : null;
        return new WakeupContext(_host.HostName, pair.WakerCpu, sibling, disturbance, [.. pair.Notes, .. _host.Notes()]);
    }

    private static (double? Busy, double? Stolen) SharesOf(HostTree before, HostTree after, int cpu) =>
        WakeupHost.TicksOf(before, cpu) is { } first && WakeupHost.TicksOf(after, cpu) is { } last && last.Total > first.Total
            ? ((double)(last.Busy - first.Busy) / (last.Total - first.Total), (double)(last.Stolen - first.Stolen) / (last.Total - first.Total))
            : (null, null);
}
