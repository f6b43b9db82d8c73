using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>
/// One part's samples: above the curve of each environment (the share of samples that are not larger), below each
/// environment's own strip, with every sample as a dot when they are few, and a box of quantiles when they are many.
/// </summary>
internal sealed class DistributionDrawing : IChartDrawing
{
    private const double CurveTop = 8;
    private const double CurveHeight = 90;
    private const double StripsTop = CurveTop + CurveHeight + 8;
    private const double NameHeight = 16;
    private const double StripHeight = 18;
    private const double StripStep = NameHeight + StripHeight + 2;

    /// <summary>Left of it stand the shares.</summary>
    private const double PlotLeft = 12;

    /// <summary>A tail so many times longer than the median needs a logarithmic scale, or the box is a line.</summary>
    private const double LongTail = 20;

    private readonly ReportDistributionGroup _group;
    private readonly ReportText _text;
    private readonly int[] _looks;
    private readonly Scale _scale;

    /// <summary>Makes the drawing.</summary>
    /// <param name="group">What to draw.</param>
    /// <param name="looks">Which environment's colour each distribution has.</param>
    /// <param name="text">The language.</param>
    public DistributionDrawing(ReportDistributionGroup group, int[] looks, ReportText text)
    {
        _group = group;
        _looks = looks;
        _text = text;
        _scale = ScaleOf(group);
    }

    public double Height => StripsTop + (_group.Distributions.Count * StripStep) + Canvas.AxisHeight;

    public bool IsLogarithmic => _scale.IsLogarithmic;

    public IEnumerable<LegendEntry> Legend => [];

    public void Draw(Canvas canvas)
    {
        canvas.Axis(_scale, CurveTop, Height - Canvas.AxisHeight);
        foreach ((double share, string label) in new[] { (0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %") })
        {
            double y = CurveTop + (CurveHeight * (1 - share));
            canvas.Line(PlotLeft, y, 100, y, "grid");
            canvas.Words(PlotLeft, y + 4, label, "muted end small", shift: -4);
        }

        for (int i = 0; i < _group.Distributions.Count; i++)
        {
            ReportDistribution distribution = _group.Distributions[i];
            canvas.Curve(_scale, PointsOf(distribution), CurveTop, CurveHeight, FormattableString.Invariant($"curve series{_looks[i]}"));
            Strip(canvas, distribution, _looks[i], StripsTop + (i * StripStep));
            canvas.LineEnd();
        }
    }

    private void Strip(Canvas canvas, ReportDistribution of, int look, double top)
    {
        string name = FormattableString.Invariant($"{of.Environment}: {_text["Column.P50"]} {NumberText.Of(of.At(0.5)!.Value, ReportUnit.Microseconds)}, {_text["Label.Count"]} {of.Count}");
        canvas.Words(0, top + NameHeight - 4, name, "halo small");
        double middle = top + NameHeight + (StripHeight / 2);
        string series = FormattableString.Invariant($"series{look}");
        if (of.Samples.Count > 0)
        {
            for (int i = 0; i < of.Samples.Count; i++)
            {
                // Equal samples would hide each other: neighbours stand on five heights.
                canvas.Dot(_scale.At(of.Samples[i]), middle + (3 * ((i * 2 % 5) - 2)), 2.5, "dot " + series);
            }
        }
        else
        {
            Box(canvas, of, middle, series);
        }

        Mark(canvas, of.At(0.5)!.Value, middle, "median");
    }

    private void Box(Canvas canvas, ReportDistribution of, double middle, string series)
    {
        (double low, double high) = (of.At(0.05) ?? of.At(0)!.Value, of.At(0.95) ?? of.At(1)!.Value);
        canvas.Line(_scale.At(low), middle, _scale.At(high), middle, "whisker " + series);
        canvas.Bar(_scale, (of.At(0.25)!.Value, of.At(0.75)!.Value), middle - (StripHeight / 2) + 2, StripHeight - 4, "box " + series);
        canvas.Dot(_scale.At(of.At(0)!.Value), middle, 2.5, "end-dot " + series);
        canvas.Dot(_scale.At(of.At(1)!.Value), middle, 2.5, "end-dot " + series);
    }

    private void Mark(Canvas canvas, double us, double middle, string look) =>
        canvas.Line(_scale.At(us), middle - (StripHeight / 2), _scale.At(us), middle + (StripHeight / 2), look);

    /// <summary>Steps at each sample when all are known, else a line through the quantiles.</summary>
    private static IEnumerable<(double Us, double Share)> PointsOf(ReportDistribution of)
    {
        if (of.Samples.Count == 0)
        {
            return of.Quantiles.Select(quantile => (quantile.ValueUs, quantile.Probability));
        }

        double step = 1.0 / of.Samples.Count;
        return of.Samples.SelectMany((us, index) => new[] { (us, index * step), (us, (index + 1) * step) });
    }

    private static Scale ScaleOf(ReportDistributionGroup group)
    {
        double low = group.Distributions.Min(of => of.At(0)!.Value);
        double high = group.Distributions.Max(of => of.At(1)!.Value);
        double median = group.Distributions.Max(of => of.At(0.5)!.Value);
        double margin = high > low ? (high - low) * 0.02 : 0.5;
        return low > 0 && high > LongTail * median
            ? new Scale(low / 1.1, high * 1.1) { Left = PlotLeft, IsLogarithmic = true }
            : new Scale(low - margin, high + margin) { Left = PlotLeft };
    }
}
