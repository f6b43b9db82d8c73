using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Sets the parts of two environments side by side and says which differences are more than chance.</summary>
public static class Comparison
{
    /// <summary>Compares two environments part by part.</summary>
    /// <param name="reference">What is compared against.</param>
    /// <param name="difference">What is compared.</param>
    /// <param name="level">How finely to cut.</param>
    /// <param name="attribution">At level Layer: what the virtualization layers are made from.</param>
    /// <param name="test">Confidence level and margin of the tests.</param>
    /// <returns>One row per part, in path order.</returns>
    public static IEnumerable<LatencyDifference> Of(
        LatencyEnvironment reference,
        LatencyEnvironment difference,
        BreakdownLevel level = BreakdownLevel.Segment,
        LayerAttribution attribution = LayerAttribution.Remainder,
        TestRequest? test = null) =>
        Of(new EnvironmentFigures(reference), new EnvironmentFigures(difference), level, attribution, test ?? TestRequest.Default);

    /// <summary>Compares rows of a breakdown: parts that only one side has get a row with a note. Rows have no samples, so there is no test.</summary>
    /// <param name="reference">Rows of what is compared against.</param>
    /// <param name="difference">Rows of what is compared.</param>
    /// <param name="note">Added to every row; null for none.</param>
    /// <returns>One row per part, in the order of the reference.</returns>
    public static IEnumerable<LatencyDifference> Of(IReadOnlyList<SegmentLatency> reference, IReadOnlyList<SegmentLatency> difference, string? note = null) =>
        Pairs(reference, difference).Select(pair => DifferenceRow.Of(pair, [note]));

    /// <summary>The same as for environments, whose packets may have been looked at before.</summary>
    internal static IEnumerable<LatencyDifference> Of(
        EnvironmentFigures reference, EnvironmentFigures difference, BreakdownLevel level, LayerAttribution attribution, TestRequest request)
    {
        RowPair[] pairs = [.. PairsOf(reference, difference, level, attribution)];
        DifferenceTest?[] tests = TestsOf(pairs, reference, difference);
        return VerdictTable.Of(pairs, tests, reference, difference, request);
    }

    /// <summary>The parts of two environments side by side; stages that two kernels cut at different places are refused, and their sum added; a log that both have is marked.</summary>
    internal static IEnumerable<RowPair> PairsOf(EnvironmentFigures reference, EnvironmentFigures difference, BreakdownLevel level, LayerAttribution attribution = LayerAttribution.Remainder) =>
        Pairs([.. Breakdown.Of(reference, level, attribution)], [.. Breakdown.Of(difference, level, attribution)])
            .SelectMany(new KernelBoundary(reference, difference).Adapt)
            .Select(pair => pair with { IsSameLog = SharedLogs.IsBehind(pair, reference, difference) });

    /// <summary>What makes two rows the same part.</summary>
    internal static (string? Level, string? Parent, string? Segment, string? Name) KeyOf(SegmentLatency row) => (row.Level, row.Parent, row.Segment, row.Segment is null ? row.Name + row.Source : row.Name);

    private static DifferenceTest?[] TestsOf(RowPair[] pairs, EnvironmentFigures reference, EnvironmentFigures difference) =>
        [.. pairs.Select(pair => pair.IsComparable ? DifferenceTest.Of(pair, reference, difference) : null)];

    private static IEnumerable<RowPair> Pairs(IReadOnlyList<SegmentLatency> reference, IReadOnlyList<SegmentLatency> difference)
    {
        ILookup<(string?, string?, string?, string?), SegmentLatency> others = difference.ToLookup(KeyOf);
        foreach (SegmentLatency row in reference)
        {
            yield return new RowPair(row, others[KeyOf(row)].FirstOrDefault());
        }

        HashSet<(string?, string?, string?, string?)> known = [.. reference.Select(KeyOf)];
        foreach (SegmentLatency row in difference.Where(row => !known.Contains(KeyOf(row))))
        {
            yield return new RowPair(null, row);
        }
    }
}
