using System.Diagnostics;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>The real threads, on whatever machine the tests run.</summary>
public sealed class ThreadPairProbeTests
{
    private static readonly int[] Allowed = [.. new WakeupHost("here", LocalHost.Live().Read(["/proc/self/status", CpuIdleReader.CpuFolder + "/online"])).Allowed];

    /// <summary>30 wake-ups after 2 ms each: at least 60 ms, with the clock of another source.</summary>
    [TwoCpuFact]
    public void Every_wake_up_is_timed_and_the_idle_length_is_kept()
    {
        int reads = 0;
        using var probe = new ThreadPairProbe(Allowed[1], Allowed[0], () => new IdleCounters([++reads], [reads * 100]));
        long[] latencies = new long[30];
        long start = Stopwatch.GetTimestamp();

        WakeupBurst burst = probe.Run(2000, latencies, default);

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 60, 60_000);
        Assert.All(latencies, ns => Assert.InRange(ns, 100, 3_000_000_000));
        Assert.Equal((1L, 2L), (burst.Before.UsageCount[0], burst.After.UsageCount[0]));
    }

    /// <summary>A burst of some minutes ends within a second of cancelling, and the threads with it.</summary>
    [TwoCpuFact]
    public void Cancelling_ends_within_a_burst()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var probe = new ThreadPairProbe(Allowed[1], Allowed[0], () => IdleCounters.None);
        long start = Stopwatch.GetTimestamp();

        Assert.ThrowsAny<OperationCanceledException>(() => probe.Run(1000, new long[200_000], stop.Token));
        probe.Dispose();

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.1, 20);
        Assert.Throws<ObjectDisposedException>(() => probe.Run(10, new long[1], default));
    }

    [TwoCpuFact]
    public void A_CPU_that_is_not_there_is_refused()
    {
        var error = Assert.Throws<WakeupException>(() => new ThreadPairProbe(CpuRange.MostCpus - 1, Allowed[0], () => IdleCounters.None));

        Assert.Equal((WakeupProblem.CpuNotAllowed, CpuRange.MostCpus - 1), (error.Problem, error.Cpu));
    }
}
