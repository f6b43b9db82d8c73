using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>
/// A CPU as on the investigation's hosts: idle lengths from 800 us end in C6 and take 100 us longer to wake from. The
/// values of a burst are base, base + 1 ns, base + 2 ns and so on.
/// </summary>
internal sealed class SimulatedProbe : IWakeupProbe
{
    private readonly long?[] _usage = [0, 0, 0, 0];
    private readonly long?[] _timeUs = [0, 0, 0, 0];

    /// <summary>Added to every latency, by the number of the burst.</summary>
    public Func<int, long> Shift { get; init; } = _ => 0;

    public long Preemptions { get; init; }

    public bool IsBusy { get; init; }

    /// <summary>Bursts that a collection falls into.</summary>
    public HashSet<int> Collections { get; } = [];

    public int Runs { get; private set; }

    public bool IsDisposed { get; private set; }

    public WakeupBurst Run(double idleUs, long[] latencies, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int number = Runs++;
        var before = new IdleCounters([.. _usage], [.. _timeUs]);
        int state = idleUs >= 800 ? 3 : 1;
        if (!IsBusy)
        {
            _usage[state] += latencies.Length;
            _timeUs[state] += (long)(latencies.Length * idleUs);
        }

        for (int i = 0; i < latencies.Length; i++)
        {
            latencies[i] = (state == 3 ? 105_000 : 5_000) + i + Shift(number);
        }

        return new WakeupBurst(before, new IdleCounters([.. _usage], [.. _timeUs]), Preemptions, Collections.Contains(number));
    }

    public void Dispose() => IsDisposed = true;
}
