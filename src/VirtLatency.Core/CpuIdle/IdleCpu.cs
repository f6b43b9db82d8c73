namespace VirtLatency.CpuIdle;

/// <summary>One CPU with its idle states.</summary>
/// <param name="Number">The CPU's number.</param>
/// <param name="IsOnline">Whether it is online; its states may be stale where it is not.</param>
/// <param name="States">Its states, shallow to deep; empty without cpuidle.</param>
/// <param name="ResumeLatencyLimit">power/pm_qos_resume_latency_us as it stands there: 0 = no limit, n/a = polling only; null where it is missing.</param>
public sealed record IdleCpu(int Number, bool IsOnline, IReadOnlyList<IdleState> States, string? ResumeLatencyLimit);
