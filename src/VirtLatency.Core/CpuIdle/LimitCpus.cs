namespace VirtLatency.CpuIdle;

/// <summary>The CPUs that a limit is for, or is looked for on.</summary>
internal static class LimitCpus
{
    /// <summary>Chooses them.</summary>
    /// <param name="snapshot">The host.</param>
    /// <param name="wanted">Their numbers; null for all that are online.</param>
    /// <returns>CPUs that are online, in order of their numbers.</returns>
    /// <exception cref="HostAccessException">The host has no such CPU.</exception>
    /// <exception cref="LimitException">One of them is offline.</exception>
    public static IReadOnlyList<IdleCpu> Of(CpuIdleSnapshot snapshot, IReadOnlyList<int>? wanted)
    {
        if (wanted is null)
        {
            return [.. snapshot.Cpus.Where(cpu => cpu.IsOnline)];
        }

        IReadOnlyList<IdleCpu> cpus = snapshot.Only(wanted).Cpus;
        int[] offline = [.. cpus.Where(cpu => !cpu.IsOnline).Select(cpu => cpu.Number)];
        return offline.Length == 0
            ? cpus
            : throw new LimitException(LimitProblem.CpuOffline, snapshot.HostName, $"CPU {CpuRange.TextOf(offline)} of {snapshot.HostName} is offline. Bring it online first, or leave it out.");
    }
}
