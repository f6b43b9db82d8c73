using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>What findings of one layer have in common.</summary>
internal static class LayerFinding
{
    /// <summary>From this share of RoundTrip's difference on, in percent, a layer matters.</summary>
    private const double LeastShare = 10;

    /// <summary>A layer that is told to differ; null where it is not.</summary>
    public static LatencyDifference? Told(FindingPair? pair, string layer) => pair?.Row(BreakdownLevel.Layer, layer) is { } row && FindingPair.IsTold(row) ? row : null;

    /// <summary>Important where the layer has a tenth of the difference or more, or its share is not known.</summary>
    public static string Severity(LatencyDifference row) =>
        (Math.Abs(row.SharePercent ?? 100) >= LeastShare ? FindingSeverity.Important : FindingSeverity.Information).ToString();

    /// <summary>The layer's numbers with its share.</summary>
    public static string Evidence(LatencyDifference row) => FindingText.Join("; ", FindingText.Delta(row), FindingText.Share(row));

    /// <summary>For instance <c>17.1 us more</c>.</summary>
    public static string More(LatencyDifference row) => $"{FindingText.Us(Math.Abs(row.DeltaUs!.Value))} us {(row.DeltaUs > 0 ? "more" : "less")}";
}
