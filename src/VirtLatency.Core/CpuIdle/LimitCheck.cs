using VirtLatency.Model;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Whether a host's CPUs can sleep deeper than a limit: by the flags, the CPU's resume latency, and /dev/cpu_dma_latency.
/// A governor that does not look at the flags is judged without them.
/// </summary>
public static class LimitCheck
{
    /// <summary>Checks each online CPU.</summary>
    /// <param name="snapshot">The host.</param>
    /// <param name="maxExitLatencyUs">The limit (us).</param>
    /// <param name="deviceLimitUs">/dev/cpu_dma_latency (us); null where unknown.</param>
    /// <param name="cpus">The CPUs; null for all.</param>
    /// <returns>One row per CPU.</returns>
    public static IEnumerable<CStateLimitCheck> Of(CpuIdleSnapshot snapshot, double maxExitLatencyUs, long? deviceLimitUs, IReadOnlyList<int>? cpus = null)
    {
        bool ignoresLimits = snapshot.Governor == "haltpoll";
        foreach (IdleCpu cpu in snapshot.Cpus.Where(cpu => cpu.IsOnline && (cpus is null || cpus.Contains(cpu.Number))))
        {
            double resume = LimitPlanner.Bound(cpu.ResumeLatencyLimit);
            double bound = ignoresLimits ? double.PositiveInfinity : Math.Min(resume, deviceLimitUs ?? double.PositiveInfinity);
            IdleState? deepest = null;
            foreach (IdleState state in cpu.States.Where(state => (ignoresLimits || state.IsEnabled) && !(state.ExitLatencyUs > bound)))
            {
                deepest = deepest is null || !(state.ExitLatencyUs < deepest.ExitLatencyUs) ? state : deepest;
            }

            yield return new CStateLimitCheck
            {
                HostName = snapshot.HostName,
                Cpu = cpu.Number,
                DeepestState = deepest?.Name,
                ExitLatencyUs = deepest?.ExitLatencyUs,
                LimitUs = maxExitLatencyUs,
                Passed = deepest is null || deepest.ExitLatencyUs <= maxExitLatencyUs,
                LimitedBy = ignoresLimits ? null : LimitedBy(cpu, bound, resume),
                Note = NoteOf(cpu, deepest, ignoresLimits),
            };
        }
    }

    private static string? LimitedBy(IdleCpu cpu, double bound, double resume)
    {
        var limits = new List<string>();
        if (cpu.States.Any(state => !state.IsEnabled))
        {
            limits.Add("disable");
        }

        if (!double.IsPositiveInfinity(bound) && cpu.States.Any(state => state.ExitLatencyUs > bound))
        {
            limits.Add(resume <= bound ? "pm_qos_resume_latency_us" : "cpu_dma_latency");
        }

        return limits.Count == 0 ? null : string.Join(", ", limits);
    }

    private static string? NoteOf(IdleCpu cpu, IdleState? deepest, bool ignoresLimits) =>
        cpu.States.Count == 0 ? "no idle states"
        : deepest?.ExitLatencyUs is null && deepest is not null ? "the exit latency cannot be read"
        : ignoresLimits ? "governor haltpoll does not look at limits"
        : null;
}
