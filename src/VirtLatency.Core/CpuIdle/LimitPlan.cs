namespace VirtLatency.CpuIdle;

/// <summary>What a limit will write on one host, worked out from its files; nothing is written yet.</summary>
public sealed record LimitPlan
{
    /// <summary>The host as it is.</summary>
    public required CpuIdleSnapshot Snapshot { get; init; }

    /// <summary>What was asked for.</summary>
    public required LimitRequest Request { get; init; }

    /// <summary>The CPUs that the limit is for.</summary>
    public required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>The values that change, in order of CPUs; empty where all is as asked already.</summary>
    public required IReadOnlyList<LimitWrite> Writes { get; init; }

    /// <summary>Values that the limit needs and that stand already; Before and After are the same.</summary>
    public required IReadOnlyList<LimitWrite> Kept { get; init; }

    /// <summary>States that are not to be entered any more, changed now or before: CPU and index.</summary>
    public required IReadOnlyList<(int Cpu, int Index)> Limited { get; init; }

    /// <summary>What to know before it is written.</summary>
    public required IReadOnlyList<string> Announcements { get; init; }

    /// <summary>What changes, in words: states by name with their CPUs.</summary>
    public string Summary => Writes.Count == 0 ? "nothing to change" : string.Join(", ", Writes
        .GroupBy(write => (write.State, write.After, write.ExitLatencyUs))
        .Select(group => FormattableString.Invariant($"{Verb(group.Key.State, group.Key.After)} on CPUs {CpuRange.TextOf(group.Select(write => write.Cpu))}")));

    private static string Verb(string? state, string after) => state is null ? $"set resume latency {after} us" : (after == "1" ? "disable " : "enable ") + state;
}
