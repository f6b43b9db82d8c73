using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>A log's samples: what they add up to, and the entry with their records.</summary>
internal sealed record StorePart
{
    public required string? Entry { get; init; }

    public required long RecordCount { get; init; }

    public required int MaxSampleCount { get; init; }

    public required long SampleCount { get; init; }

    public required long ExcludedCount { get; init; }

    public long LostCount { get; init; }

    public long DuplicateCount { get; init; }

    public required bool IsClamped { get; init; }

    public required int TickNanoseconds { get; init; }

    public required IReadOnlyList<SampleFlow>? Flows { get; init; }

    public required IReadOnlyList<ColumnPart?>? Columns { get; init; }

    /// <summary>Means that came without samples, by run; null where there are samples.</summary>
    public IReadOnlyList<RunMeans?>? Means { get; init; }

    public bool IsEstimate { get; init; }
}
