using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>A bar per environment with its layers one after another; what is below 0 goes to the left of it.</summary>
internal sealed class StackDrawing : IChartDrawing
{
    private const double NameHeight = 18;
    private const double BarHeight = 28;
    private const double RowHeight = NameHeight + BarHeight + 10;

    private readonly ReportChart _chart;
    private readonly Scale _scale;

    public StackDrawing(ReportChart chart)
    {
        _chart = chart;
        _scale = Scale.Of(Enumerable.Range(0, chart.Series.Count).SelectMany(Pieces).Select(piece => piece.To));
    }

    public double Height => (_chart.Series.Count * RowHeight) + Canvas.AxisHeight;

    public IEnumerable<LegendEntry> Legend => _chart.Items.Select(item => new LegendEntry(
        Layer.LookOf(item.Id) + BasisClass.Of(item.Basis),
        $"{item.Label}: {string.Join(" / ", item.Values.Select((_, series) => Layer.Said(string.Empty, item, series).Trim()))} us"));

    public void Draw(Canvas canvas)
    {
        canvas.Axis(_scale, 0, Height - Canvas.AxisHeight);
        for (int series = 0; series < _chart.Series.Count; series++)
        {
            double top = series * RowHeight;
            canvas.Words(0, top + NameHeight - 5, _chart.Series[series], "strong halo");
            foreach ((ReportChartItem item, double from, double to) in Pieces(series))
            {
                string look = Layer.LookOf(item.Id) + (to < from ? " negative" : string.Empty) + BasisClass.Of(item.Basis);
                canvas.Bar(_scale, (from, to), top + NameHeight, BarHeight, look, Layer.Said(item.Label, item, series) + " us");
                string value = Layer.Said(string.Empty, item, series).Trim();
                if (to > from && Layer.Holds(value, _scale.At(to) - _scale.At(from)))
                {
                    canvas.Words((_scale.At(from) + _scale.At(to)) / 2, top + NameHeight + (BarHeight / 2) + 4, value, "on middle");
                }
            }

            canvas.LineEnd();
        }
    }

    private IEnumerable<(ReportChartItem Item, double From, double To)> Pieces(int series)
    {
        (double above, double below) = (0, 0);
        foreach (ReportChartItem item in _chart.Items)
        {
            if (item.Values[series] is not { } value)
            {
                continue;
            }

            double from = value < 0 ? below : above;
            (above, below) = value < 0 ? (above, below + value) : (above + value, below);
            yield return (item, from, from + value);
        }
    }
}
