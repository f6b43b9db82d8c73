namespace VirtLatency.Model;

/// <summary>
/// How long one CPU took to run a thread again after idling for a length of time: from the waker's stamp just before the
/// wake-up to the sleeper's just after it. It holds the wake-up call, the interrupt between CPUs, the exit from the idle
/// state, and the scheduler.
/// </summary>
public sealed class WakeupLatency
{
    /// <summary>Value of <see cref="Stability"/>.</summary>
    internal const string Stable = nameof(Stable);

    /// <summary>Value of <see cref="Stability"/>.</summary>
    internal const string Unstable = nameof(Unstable);

    /// <summary>The CPU that slept.</summary>
    public int Cpu { get; init; }

    /// <summary>The idle length in us, from before the sleeper blocks to before it is woken.</summary>
    public double? IdleUs { get; init; }

    /// <summary>The idle state that the counters say was entered; Mixed for several; null where they do not tell.</summary>
    public string? State { get; init; }

    /// <summary>The driver table's exit latency of that state in us; null without a single state.</summary>
    public double? AdvertisedUs { get; init; }

    /// <summary>Wake-ups measured.</summary>
    public long SampleCount { get; init; }

    /// <summary>Median in us.</summary>
    public double? P50Us { get; init; }

    /// <summary>Lower end of the median's 95 % interval in us.</summary>
    public double? P50LowUs { get; init; }

    /// <summary>Upper end of the median's 95 % interval in us.</summary>
    public double? P50HighUs { get; init; }

    /// <summary>99th percentile in us; null below 100 samples.</summary>
    public double? P99Us { get; init; }

    /// <summary>Stable, or Unstable: another run may give another median; the note says why.</summary>
    public string Stability { get; init; } = Unstable;

    /// <summary>The CPU that woke it.</summary>
    public int WakerCpu { get; init; }

    /// <summary>The host.</summary>
    public string? HostName { get; init; }

    /// <summary>The CPU's SMT siblings and how busy they were; None without; null where the kernel does not tell.</summary>
    public string? SiblingState { get; init; }

    /// <summary>What to know before using the numbers; null when there is nothing.</summary>
    public string? Note { get; init; }
}
