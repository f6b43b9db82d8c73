using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>For each part a bar per environment, one under the other; a part that an environment did not measure has a dash there.</summary>
internal sealed class GroupedDrawing : IChartDrawing
{
    private const double NameHeight = 17;
    private const double BarHeight = 12;
    private const double BarStep = BarHeight + 2;

    /// <summary>Right of the longest bar is room for its number.</summary>
    private const double BarsRight = 78;

    private readonly ReportChart _chart;
    private readonly Scale _scale;
    private readonly int[] _looks;
    private readonly double _rowHeight;

    /// <summary>Makes the drawing.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="looks">Which environment's colour each series has.</param>
    public GroupedDrawing(ReportChart chart, int[] looks)
    {
        _chart = chart;
        _looks = looks;
        _scale = Scale.Of(chart.Items.SelectMany(item => item.Values).OfType<double>()) with { Right = BarsRight };
        _rowHeight = NameHeight + (chart.Series.Count * BarStep) + 8;
    }

    public double Height => (_chart.Items.Count * _rowHeight) + Canvas.AxisHeight;

    public IEnumerable<LegendEntry> Legend => _chart.Series.Select((name, series) => new LegendEntry(LookOf(series), name));

    public void Draw(Canvas canvas)
    {
        canvas.Axis(_scale, 0, Height - Canvas.AxisHeight);
        for (int i = 0; i < _chart.Items.Count; i++)
        {
            ReportChartItem item = _chart.Items[i];
            double top = i * _rowHeight;
            canvas.Words(0, top + NameHeight - 4, item.Label, "halo");
            for (int series = 0; series < _chart.Series.Count; series++)
            {
                Bar(canvas, item, series, top + NameHeight + (series * BarStep));
            }

            canvas.LineEnd();
        }
    }

    private void Bar(Canvas canvas, ReportChartItem item, int series, double top)
    {
        double end = _scale.At(Math.Max(0, item.Values[series] ?? 0));
        if (item.Values[series] is { } value)
        {
            canvas.Bar(_scale, (0, value), top, BarHeight, LookOf(series) + BasisClass.Of(item.Basis), $"{Layer.Said($"{item.Label}, {_chart.Series[series]}:", item, series)} us");
        }

        canvas.Words(end, top + BarHeight - 2, Layer.Said(string.Empty, item, series).Trim(), "halo small", shift: 4);
    }

    private string LookOf(int series) => FormattableString.Invariant($"fill series{_looks[series]}");
}
