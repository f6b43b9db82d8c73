using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Two environments compared; each table is made once, when it is first wanted.</summary>
internal sealed class FindingPair(FindingSide reference, FindingSide difference, TestRequest request)
{
    private readonly Dictionary<(BreakdownLevel Level, LayerAttribution Attribution), IReadOnlyList<LatencyDifference>> _rows = [];

    public FindingSide Reference { get; } = reference;

    public FindingSide Difference { get; } = difference;

    public TestRequest Request { get; } = request;

    public IReadOnlyList<LatencyDifference> Rows(BreakdownLevel level, LayerAttribution attribution = LayerAttribution.Remainder)
    {
        if (!_rows.TryGetValue((level, attribution), out IReadOnlyList<LatencyDifference>? rows))
        {
            _rows.Add((level, attribution), rows = [.. Comparison.Of(Reference.Figures, Difference.Figures, level, attribution, Request)]);
        }

        return rows;
    }

    /// <summary>The row of a part that both sides have a mean of; null where they do not.</summary>
    public LatencyDifference? Row(BreakdownLevel level, string segment) => Rows(level).FirstOrDefault(row => row.Segment == segment && row.DeltaUs is not null);

    /// <summary>RoundTrip; null where a side has none.</summary>
    public LatencyDifference? RoundTrip => Row(BreakdownLevel.Container, PathModel.RoundTrip);

    /// <summary>The end-to-end row: RoundTrip, else ping's own time; null where a side has neither.</summary>
    public LatencyDifference? EndToEnd => RoundTrip ?? Row(BreakdownLevel.Container, "PingRtt");

    /// <summary>Whether a test was made of a row, or would be with more samples; not where its sides are one log, or cannot be.</summary>
    public static bool IsTested(LatencyDifference row) => row.Verdict.Length > 0;

    /// <summary>Whether a row is told from 0, in either direction.</summary>
    public static bool IsTold(LatencyDifference? row) => row?.Verdict is "Higher" or "Lower";
}
