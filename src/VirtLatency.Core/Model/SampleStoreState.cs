namespace VirtLatency.Model;

/// <summary>All that a <see cref="SampleStore"/> holds but its records, to be kept and brought back exactly.</summary>
internal sealed class SampleStoreState
{
    /// <summary>Samples it keeps at most.</summary>
    public required int MaxSampleCount { get; init; }

    /// <summary>Samples added, flagged ones included.</summary>
    public required long SampleCount { get; init; }

    /// <summary>Samples that take no part in means.</summary>
    public required long FlaggedCount { get; init; }

    /// <summary>Packets among them that were never answered.</summary>
    public required long LostCount { get; init; }

    /// <summary>Samples that are further answers to a packet.</summary>
    public required long DuplicateCount { get; init; }

    /// <summary>True when a value was kept as the largest that fits.</summary>
    public required bool IsClamped { get; init; }

    /// <summary>The flows that records refer to.</summary>
    public required IReadOnlyList<SampleFlow> Flows { get; init; }

    /// <summary>Moments of all samples that take part in means, per column of the schema.</summary>
    public required IReadOnlyList<MomentsState> All { get; init; }

    /// <summary>The same of samples that have all four stored values.</summary>
    public required IReadOnlyList<MomentsState> Complete { get; init; }

    /// <summary>Means that came without samples, by run; with them there are no records and no moments.</summary>
    public IReadOnlyList<RunMeans> Means { get; init; } = [];

    /// <summary>True when these means are estimates.</summary>
    public bool IsEstimate { get; init; }
}
