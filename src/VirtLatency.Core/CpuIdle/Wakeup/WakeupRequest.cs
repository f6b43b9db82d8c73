namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>What to measure.</summary>
/// <param name="Cpus">CPUs that sleep, one after the other; empty: one that nothing speaks against.</param>
/// <param name="WakerCpu">The CPU that wakes; null: one that shares no core with the sleeper.</param>
/// <param name="Plan">Idle lengths and bursts.</param>
/// <param name="IsForced">Also on CPUs that something speaks against.</param>
public sealed record WakeupRequest(IReadOnlyList<int> Cpus, int? WakerCpu, WakeupPlan Plan, bool IsForced);
