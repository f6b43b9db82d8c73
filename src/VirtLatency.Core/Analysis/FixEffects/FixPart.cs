using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>A part of the table: its numbers without verdict, its tests, and what is to be said of them.</summary>
/// <param name="Row">Level, segment, means and counts.</param>
/// <param name="Test">The tests; null where a side is missing or the two are not set off against each other.</param>
/// <param name="MarginUs">Difference in us up to which two means count as the same; 0 where none is known.</param>
internal sealed record FixPart(FixEffect Row, FixTest? Test, double MarginUs)
{
    /// <summary>The end-to-end row: the one primary question, which is judged by itself.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>Why there is no test; null where there is one, or the samples are too few.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why there is no baseline though one is given; null where there is one.</summary>
    public string? BaselineRefusal { get; init; }

    /// <summary>Samples of before or after that their flags keep out of the means, in words: without them no effect is not concluded.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The same of the baseline: without them, or those of before and after, nothing is called fixed.</summary>
    public IReadOnlyList<string> BaselineLeftOut { get; init; } = [];

    /// <summary>Before - after in us with the samples that are left out, each at most what a record holds; null where none are, or it cannot be told.</summary>
    public double? ImprovementWithLeftOutUs { get; init; }

    /// <summary>What to know of the sides: provenance, and the rows' own notes.</summary>
    public IReadOnlyList<string?> Notes { get; init; } = [];

    /// <summary>Numbers of a part with two or three sides.</summary>
    public static FixEffect RowOf(FixSide? before, FixSide? after, FixSide? baseline, bool hasDifference) => new()
    {
        BeforeUs = before?.MeanUs,
        AfterUs = after?.MeanUs,
        BaselineUs = baseline?.MeanUs,
        ImprovementUs = hasDifference ? before?.MeanUs - after?.MeanUs : null,
        ImprovementRatio = hasDifference && before?.MeanUs > 0 && after?.MeanUs > 0 ? before.MeanUs / after.MeanUs : null,
        BeforeCount = before?.Count ?? 0,
        AfterCount = after?.Count ?? 0,
        BaselineCount = baseline?.Count,
        BeforeRunCount = before?.RunCount,
        AfterRunCount = after?.RunCount,
        BaselineRunCount = baseline?.RunCount,
    };
}
