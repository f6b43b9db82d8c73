namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>What was seen around a burst.</summary>
/// <param name="Before">The sleeping CPU's counters before the first wake-up that counts.</param>
/// <param name="After">The same after the last.</param>
/// <param name="PreemptionCount">Times that sleeper or waker were taken off their CPUs while they could run.</param>
/// <param name="HadCollection">A garbage collection fell into the burst: threads of this process were stopped.</param>
public readonly record struct WakeupBurst(IdleCounters Before, IdleCounters After, long PreemptionCount, bool HadCollection);
