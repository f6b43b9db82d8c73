namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>A CPU that sleeps and one that wakes it.</summary>
/// <param name="Cpu">The sleeper's.</param>
/// <param name="WakerCpu">The waker's.</param>
/// <param name="Notes">What speaks against this pair, and was overridden or could not be avoided.</param>
public sealed record CpuPair(int Cpu, int WakerCpu, IReadOnlyList<string> Notes);
