using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Cuts an environment's round trip into parts.</summary>
public static class Breakdown
{
    /// <summary>
    /// The parts of one level, in path order. A part whose log is missing has a row without numbers and a note that
    /// names the log. Means, never quantiles, add up along the path.
    /// </summary>
    /// <param name="environment">The environment.</param>
    /// <param name="level">How finely to cut.</param>
    /// <param name="attribution">At level Layer: what the virtualization layers are made from.</param>
    /// <param name="detail">At level Layer: also the measured pieces inside the virtualization layers and what they leave.</param>
    /// <returns>The rows, latencies in us.</returns>
    public static IEnumerable<SegmentLatency> Of(
        LatencyEnvironment environment,
        BreakdownLevel level = BreakdownLevel.Segment,
        LayerAttribution attribution = LayerAttribution.Remainder,
        bool detail = false) => Of(new EnvironmentFigures(environment), level, attribution, detail);

    /// <summary>The same, of an environment whose packets may have been looked at before.</summary>
    internal static IEnumerable<SegmentLatency> Of(EnvironmentFigures figures, BreakdownLevel level, LayerAttribution attribution = LayerAttribution.Remainder, bool detail = false)
    {
        var rows = new RowWriter(figures, level);
        return level switch
        {
            BreakdownLevel.Stage => SegmentRows.Stages(rows),
            BreakdownLevel.Span => LayerRows.Spans(rows),
            BreakdownLevel.Layer => LayerRows.Layers(rows, attribution, detail),
            BreakdownLevel.Container => SegmentRows.Containers(rows),
            _ => SegmentRows.Segments(rows),
        };
    }
}
