using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>A piece of the path in one environment.</summary>
/// <param name="Item">What it is.</param>
/// <param name="From">Where it begins, in us from the start of the request.</param>
/// <param name="To">Where it ends; before its begin for a remainder below 0.</param>
internal sealed record PathPiece(ReportChartItem Item, double From, double To)
{
    public ReportLane Lane => Item.Lane ?? ReportLane.Network;
}
