using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>A row per step from one round trip to the other: each bar begins where the one above ended.</summary>
internal sealed class WaterfallDrawing : IChartDrawing
{
    private const double NameHeight = 17;
    private const double BarHeight = 14;
    private const double RowHeight = NameHeight + BarHeight + 6;

    private readonly (ReportChartItem Item, double From, double To)[] _steps;
    private readonly Scale _scale;
    private readonly ReportText _text;

    public WaterfallDrawing(ReportChart chart, ReportText text)
    {
        _text = text;
        _steps = [.. Steps(chart)];
        _scale = Scale.Of(_steps.Select(step => step.To));
    }

    public double Height => (_steps.Length * RowHeight) + Canvas.AxisHeight;

    public IEnumerable<LegendEntry> Legend => [new("fill step-up", _text["Verdict.Higher"]), new("fill step-down", _text["Verdict.Lower"])];

    public void Draw(Canvas canvas)
    {
        canvas.Axis(_scale, 0, Height - Canvas.AxisHeight);
        for (int i = 0; i < _steps.Length; i++)
        {
            (ReportChartItem item, double from, double to) = _steps[i];
            double top = i * RowHeight;
            string value = NumberText.Of(item.Values[0]!.Value, ReportUnit.Microseconds, isSigned: !item.IsTotal);
            string weight = item.IsTotal ? " strong" : string.Empty;
            canvas.Words(0, top + NameHeight - 4, item.Label, "halo" + weight);
            canvas.Words(100, top + NameHeight - 4, value, "halo end" + weight);
            string look = item.IsTotal ? $"fill series{(i == 0 ? 0 : 1)}" : to >= from ? "fill step-up" : "fill step-down";
            canvas.Bar(_scale, (from, to), top + NameHeight, BarHeight, look, $"{item.Label} {value} us");
            if (i + 1 < _steps.Length)
            {
                canvas.Line(_scale.At(to), top + NameHeight + BarHeight, _scale.At(to), top + RowHeight + NameHeight, "link");
            }

            canvas.LineEnd();
        }
    }

    private static IEnumerable<(ReportChartItem Item, double From, double To)> Steps(ReportChart chart)
    {
        double at = 0;
        foreach (ReportChartItem item in chart.Items)
        {
            if (item.Values[0] is { } value)
            {
                double from = item.IsTotal ? 0 : at;
                at = from + value;
                yield return (item, from, at);
            }
        }
    }
}
