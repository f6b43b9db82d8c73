using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Whether a host's CPUs can sleep deeper than a limit: by the flags, the CPU's resume latency, /dev/cpu_dma_latency and
/// the governor's way with them. What cannot be seen has not passed.
/// </summary>
public static class LimitCheck
{
    /// <summary>Checks each online CPU.</summary>
    /// <param name="snapshot">The host.</param>
    /// <param name="maxExitLatencyUs">The limit (us).</param>
    /// <param name="deviceLimitUs">/dev/cpu_dma_latency (us); null where unknown.</param>
    /// <param name="cpus">The CPUs; null for all.</param>
    /// <param name="isLive">False for a copy of a host: what is missing there may only have been left out of the copy.</param>
    /// <returns>One row per CPU, at least one.</returns>
    /// <exception cref="LimitException">No CPU is online there, one asked for is offline, or nothing of cpuidle is shown.</exception>
    /// <exception cref="HostAccessException">The host has no such CPU.</exception>
    public static IReadOnlyList<CStateLimitCheck> Of(CpuIdleSnapshot snapshot, double maxExitLatencyUs, long? deviceLimitUs, IReadOnlyList<int>? cpus = null, bool isLive = true)
    {
        IReadOnlyList<IdleCpu> online = LimitCpus.Of(snapshot, cpus);
        if (online.Count == 0)
        {
            throw new LimitException(LimitProblem.NothingToCheck, snapshot.HostName, $"{snapshot.HostName} shows no CPU that is online, so nothing can be said of its idle states.");
        }

        bool hasNone = !snapshot.HasCpuIdle && (isLive || snapshot.IsCpuIdleShown || IsOff(snapshot));
        if (!hasNone && !snapshot.HasCpuIdle)
        {
            throw new LimitException(
                LimitProblem.NothingToCheck,
                snapshot.HostName,
                $"The copy of {snapshot.HostName} holds CPUs but neither {CpuIdleReader.CpuFolder}/cpuidle nor any idle state: whether its kernel has none, or they were not copied, cannot be told.");
        }

        return [.. online.Select(cpu => RowOf(snapshot, cpu, maxExitLatencyUs, deviceLimitUs, hasNone || isLive))];
    }

    private static bool IsOff(CpuIdleSnapshot snapshot) => snapshot.CommandLine is { } line && BootParameters.Relevant(line).Split(' ').Contains("cpuidle.off=1");

    private static CStateLimitCheck RowOf(CpuIdleSnapshot snapshot, IdleCpu cpu, double maxExitLatencyUs, long? deviceLimitUs, bool mayHaveNone)
    {
        long bound = IdleLimit.Of(cpu, deviceLimitUs);
        IReadOnlyList<IdleState> enterable = IdleLimit.Enterable(snapshot.Governor, cpu, bound);
        IdleState? deepest = enterable.MaxBy(state => (LatencyOf(state), state.Index));
        return new CStateLimitCheck
        {
            HostName = snapshot.HostName,
            Cpu = cpu.Number,
            DeepestState = deepest?.Name,
            ExitLatencyUs = deepest?.ExitLatencyUs,
            LimitUs = maxExitLatencyUs,
            Passed = deepest is null ? mayHaveNone : LatencyOf(deepest) <= maxExitLatencyUs,
            LimitedBy = LimitedBy(cpu, enterable, bound),
            Note = NoteOf(snapshot, cpu, deepest, mayHaveNone),
        };
    }

    /// <summary>A latency that cannot be read may be any.</summary>
    private static double LatencyOf(IdleState state) => state.ExitLatencyUs ?? (state.IsPolling ? 0 : double.PositiveInfinity);

    private static string? LimitedBy(IdleCpu cpu, IReadOnlyList<IdleState> enterable, long bound)
    {
        var limits = new List<string>();
        IdleState[] kept = [.. cpu.States.Except(enterable)];
        if (kept.Any(state => !state.IsEnabled))
        {
            limits.Add("disable");
        }

        // Governors take a limit of 0 as the first state; other limits let pass what is not slower.
        if (kept.Any(state => bound <= 0 || state.ExitLatencyUs > bound) && bound < IdleLimit.None)
        {
            limits.Add(IdleLimit.Of(cpu) <= bound ? "pm_qos_resume_latency_us" : "cpu_dma_latency");
        }

        return limits.Count == 0 ? null : string.Join(", ", limits);
    }

    private static string? NoteOf(CpuIdleSnapshot snapshot, IdleCpu cpu, IdleState? deepest, bool mayHaveNone) =>
        deepest is null ? mayHaveNone ? "no idle states" : "no idle states are shown, and this is a copy"
        : double.IsPositiveInfinity(LatencyOf(deepest)) ? "the exit latency cannot be read"
        : IdleLimit.IgnoresFlags(snapshot.Governor) ? $"governor {snapshot.Governor} looks at no flag, and at no limit but polling only"
        : IdleLimit.StopsAtDisabled(snapshot.Governor) && cpu.States.Any(state => !state.IsEnabled && state == deepest) ? $"governor {snapshot.Governor} enters the first state although it is off"
        : null;
}
