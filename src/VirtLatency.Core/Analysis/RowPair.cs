using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>A part's rows on both sides.</summary>
/// <param name="Reference">What is compared against; null where that side has no such row.</param>
/// <param name="Difference">What is compared.</param>
internal sealed record RowPair(SegmentLatency? Reference, SegmentLatency? Difference)
{
    /// <summary>Why the two are not set off against each other though both have a mean; null where they are.</summary>
    public string? Refusal { get; init; }

    /// <summary>True where both sides rest on one log: the two are shown, but nothing is concluded from them.</summary>
    public bool IsSameLog { get; init; }

    /// <summary>One of the two, for what they have in common.</summary>
    public SegmentLatency Any => (Reference ?? Difference)!;

    /// <summary>True when a side is an upper bound only.</summary>
    public bool IsBounded => IsBound(Reference) || IsBound(Difference);

    /// <summary>VirtTx with an assumed I_1 is compared as the investigations that used it did; a bare bound is not.</summary>
    public bool HasDelta => Refusal is null && (!IsBounded || (Any.Level == nameof(BreakdownLevel.Layer) && Any.SharePercent is not null));

    /// <summary>
    /// Both sides have a mean, and it may be tested. A latency below zero says that the logs are not of the same packets:
    /// a verdict on it would be one on nothing, as it would be of a log beside itself.
    /// </summary>
    public bool IsComparable => !IsSameLog && HasDelta && !IsBounded && Reference is { MeanUs: >= 0, Terms.Count: > 0 } && Difference is { MeanUs: >= 0, Terms.Count: > 0 };

    private static bool IsBound(SegmentLatency? row) => row?.Basis == nameof(Basis.UpperBound);
}
