namespace VirtLatency.Report;

/// <summary>How a chart's items are drawn.</summary>
public enum ReportChartKind
{
    /// <summary>One column per series (environment), the items stacked in it.</summary>
    Stacked,

    /// <summary>One series: totals from 0, and steps from where the one before ended.</summary>
    Waterfall,

    /// <summary>A group of bars per item, one bar per series.</summary>
    Grouped,

    /// <summary>The way of a packet: per series the items one after another, to scale; items with a <see cref="ReportChartItem.Container"/> lie inside that item and add nothing.</summary>
    Path,
}
