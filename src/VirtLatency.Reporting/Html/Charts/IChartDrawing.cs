namespace VirtLatency.Reporting.Html.Charts;

/// <summary>Draws one kind of picture.</summary>
internal interface IChartDrawing
{
    /// <summary>Its height in pixels.</summary>
    double Height { get; }

    /// <summary>What its colours mean.</summary>
    IEnumerable<LegendEntry> Legend { get; }

    /// <summary>Draws it.</summary>
    void Draw(Canvas canvas);
}
