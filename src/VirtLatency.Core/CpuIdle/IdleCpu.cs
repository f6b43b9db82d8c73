namespace VirtLatency.CpuIdle;

/// <summary>One CPU with its idle states.</summary>
/// <param name="Number">The CPU's number.</param>
/// <param name="IsOnline">Whether it is online; its states may be stale where it is not.</param>
/// <param name="States">Its states, shallow to deep; empty without cpuidle.</param>
/// <param name="ResumeLatencyLimit">power/pm_qos_resume_latency_us as it stands there: 0 = no limit, n/a = polling only; null where it is missing.</param>
public sealed record IdleCpu(int Number, bool IsOnline, IReadOnlyList<IdleState> States, string? ResumeLatencyLimit)
{
    /// <summary>The CPU as writes of its flags and its resume latency would leave it.</summary>
    /// <param name="writes">The writes, of this CPU.</param>
    /// <returns>The CPU with their values.</returns>
    internal IdleCpu With(IEnumerable<LimitWrite> writes)
    {
        LimitWrite[] own = [.. writes];
        return own.Length == 0 ? this : this with
        {
            States = [.. States.Select(state => own.FirstOrDefault(write => write.Index == state.Index) is { } write ? state with { IsDisabled = IdleState.FlagOf(write.After) } : state)],
            ResumeLatencyLimit = own.FirstOrDefault(write => write.Index is null)?.After ?? ResumeLatencyLimit,
        };
    }
}
