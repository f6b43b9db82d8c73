namespace VirtLatency.CpuIdle;

/// <summary>Refuses what would leave a CPU with busy waiting only, whether a limit would, or taking one back.</summary>
internal static class PollingGuard
{
    /// <summary>Looks at each CPU as the writes would leave it.</summary>
    /// <param name="snapshot">The host as it is.</param>
    /// <param name="cpus">The CPUs to look at.</param>
    /// <param name="writes">What would be written.</param>
    /// <param name="isAllowed">Whether that is asked for.</param>
    /// <param name="advice">What to do instead.</param>
    /// <exception cref="LimitException">A CPU would be left so.</exception>
    public static void Refuse(CpuIdleSnapshot snapshot, IEnumerable<IdleCpu> cpus, IReadOnlyList<LimitWrite> writes, bool isAllowed, string advice)
    {
        if (!isAllowed && TextOf(snapshot, cpus, writes) is { } text)
        {
            throw new LimitException(LimitProblem.PollingOnly, snapshot.HostName, $"{text} {advice}");
        }
    }

    /// <summary>Says which CPUs the writes would leave so.</summary>
    /// <returns>A sentence or two; null where there are none.</returns>
    public static string? TextOf(CpuIdleSnapshot snapshot, IEnumerable<IdleCpu> cpus, IReadOnlyList<LimitWrite> writes)
    {
        ILookup<int, LimitWrite> byCpu = writes.ToLookup(write => write.Cpu);
        IdleCpu[] polling = [.. cpus.Select(cpu => cpu.With(byCpu[cpu.Number])).Where(cpu => IdleLimit.LeavesPollingOnly(snapshot.Governor, cpu, IdleLimit.Of(cpu)))];
        if (polling.Length == 0)
        {
            return null;
        }

        string[] shallowest = [.. polling
            .Select(cpu => cpu.States.Where(state => !state.IsPolling).MinBy(state => state.ExitLatencyUs ?? long.MaxValue)).OfType<IdleState>()
            .Select(state => state.ExitLatencyUs is { } us ? FormattableString.Invariant($"{state.Name} needs {us} us") : $"{state.Name} needs an unknown time")
            .Distinct(StringComparer.Ordinal)];
        string there = shallowest.Length == 0 ? "they have no other state" : string.Join(", ", shallowest) + " there";
        string which = $"CPUs {CpuRange.TextOf(polling.Select(cpu => cpu.Number))} of {snapshot.HostName}";
        return $"This leaves {which} nothing but busy waiting (POLL): {there}. They would be 100 % busy, without turbo, and starve their SMT siblings.";
    }
}
