namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>The counters of one CPU's idle states at one moment; the lists are as long as the CPU has states.</summary>
/// <param name="UsageCount">Entries per state; null where the kernel does not tell.</param>
/// <param name="TimeUs">Time per state in us; null where the kernel does not tell.</param>
public readonly record struct IdleCounters(IReadOnlyList<long?> UsageCount, IReadOnlyList<long?> TimeUs)
{
    /// <summary>Those of a CPU without idle states.</summary>
    public static IdleCounters None { get; } = new([], []);

    /// <summary>Reads the two files per state, and nothing else of the host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cpu">The CPU.</param>
    /// <returns>Its counters now.</returns>
    public static IdleCounters Read(IHostAccess host, IdleCpu cpu)
    {
        string[] usage = [.. cpu.States.Select(state => CpuIdleReader.PathOf(cpu.Number, state.Index, "usage"))];
        string[] time = [.. cpu.States.Select(state => CpuIdleReader.PathOf(cpu.Number, state.Index, "time"))];
        HostTree tree = host.Read([.. usage, .. time]);
        return new IdleCounters([.. usage.Select(tree.NumberOf)], [.. time.Select(tree.NumberOf)]);
    }
}
