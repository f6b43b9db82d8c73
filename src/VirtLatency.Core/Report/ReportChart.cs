namespace VirtLatency.Report;

/// <summary>A picture of a report as data; values are in us.</summary>
/// <param name="Id">Stable name: Path, LayerStack, DeltaWaterfall, Stages, FixEffect.</param>
/// <param name="Kind">How to draw it.</param>
/// <param name="Title">Its heading in the report's language.</param>
/// <param name="Series">Names of the series: environments, or what the waterfall shows.</param>
/// <param name="Items">What is drawn, in order.</param>
public sealed record ReportChart(string Id, ReportChartKind Kind, string Title, IReadOnlyList<string> Series, IReadOnlyList<ReportChartItem> Items)
{
    /// <summary>What the picture shows, in words and numbers, for those who do not see it.</summary>
    public required string AltText { get; init; }

    /// <summary>What to know when looking at it; null for nothing.</summary>
    public string? Note { get; init; }
}
