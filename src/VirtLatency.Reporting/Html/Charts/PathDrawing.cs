using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>
/// The way of a packet: time to the right, a lane per machine, so that the request goes down and the reply comes up. All
/// environments have one scale. What was measured inside a container lies as a thin bar under it and adds nothing.
/// </summary>
internal sealed class PathDrawing : IChartDrawing
{
    private const double NameHeight = 16;
    private const double BarHeight = 14;
    private const double InnerHeight = 7;
    private const double LaneGap = 4;
    private const double TitleHeight = 22;
    private const double EnvironmentGap = 10;

    private readonly ReportChart _chart;
    private readonly ReportText _text;
    private readonly Scale _scale;
    private readonly PathPieces[] _environments;
    private readonly Dictionary<ReportLane, double> _laneTops = [];
    private readonly double _lanesHeight;

    public PathDrawing(ReportChart chart, ReportText text)
    {
        _chart = chart;
        _text = text;
        _environments = [.. chart.Series.Select((_, series) => new PathPieces(chart.Items, series))];
        _scale = Scale.Of(_environments.SelectMany(environment => environment.All).SelectMany(piece => new[] { piece.From, piece.To }));
        foreach (ReportLane lane in Enum.GetValues<ReportLane>())
        {
            _laneTops[lane] = _lanesHeight;
            _lanesHeight += NameHeight + BarHeight + (HasInner(lane) ? InnerHeight + NameHeight : 0) + LaneGap;
        }
    }

    public double Height => (_environments.Length * EnvironmentHeight) - EnvironmentGap + Canvas.AxisHeight;

    public IEnumerable<LegendEntry> Legend => _chart.Items
        .Where(item => item.Container is null)
        .GroupBy(item => Layer.LookOf(item.Id))
        .Select(layer => new LegendEntry(layer.Key, string.Join(", ", layer.Select(item => item.Label))));

    private double EnvironmentHeight => TitleHeight + _lanesHeight + EnvironmentGap;

    public void Draw(Canvas canvas)
    {
        canvas.Axis(_scale, 0, Height - Canvas.AxisHeight);
        for (int series = 0; series < _environments.Length; series++)
        {
            double top = series * EnvironmentHeight;
            canvas.Words(0, top + TitleHeight - 6, _chart.Series[series], "strong halo");
            Links(canvas, _environments[series], top + TitleHeight);
            foreach ((ReportLane lane, double laneTop) in _laneTops)
            {
                Lane(canvas, lane, _environments[series], top + TitleHeight + laneTop);
                canvas.LineEnd();
            }
        }
    }

    /// <summary>From a piece to the next one in another lane.</summary>
    private void Links(Canvas canvas, PathPieces pieces, double top)
    {
        foreach ((PathPiece before, PathPiece after) in pieces.Added.Zip(pieces.Added.Skip(1)))
        {
            double from = top + _laneTops[before.Lane] + NameHeight + (BarHeight / 2);
            double to = top + _laneTops[after.Lane] + NameHeight + (BarHeight / 2);
            canvas.Line(_scale.At(before.To), from, _scale.At(before.To), to, "link");
        }
    }

    private void Lane(Canvas canvas, ReportLane lane, PathPieces pieces, double top)
    {
        canvas.Words(0, top + NameHeight - 4, _text["Lane." + lane], "halo muted");
        canvas.Words(100, top + NameHeight - 4, Values(_chart.Items.Where(item => item.Lane == lane && item.Container is null), pieces.Series), "halo end small");
        canvas.Line(0, top + NameHeight + BarHeight, 100, top + NameHeight + BarHeight, "lane");
        foreach (PathPiece piece in pieces.Added.Where(piece => piece.Lane == lane))
        {
            Bar(canvas, piece, pieces.Series, top + NameHeight, BarHeight);
            double width = _scale.At(piece.To) - _scale.At(piece.From);
            if (Layer.Holds(piece.Item.Id, width))
            {
                canvas.Words((_scale.At(piece.From) + _scale.At(piece.To)) / 2, top + NameHeight + BarHeight - 3, piece.Item.Id, "on middle small");
            }
        }

        Inner(canvas, lane, pieces, top + NameHeight + BarHeight);
    }

    private void Inner(Canvas canvas, ReportLane lane, PathPieces pieces, double top)
    {
        ReportChartItem[] inner = [.. _chart.Items.Where(item => item.Lane == lane && item.Container is not null)];
        if (inner.Length == 0)
        {
            return;
        }

        foreach (PathPiece piece in pieces.Inner.Where(piece => piece.Lane == lane))
        {
            Bar(canvas, piece, pieces.Series, top, InnerHeight);
        }

        canvas.Words(100, top + InnerHeight + NameHeight - 4, _text.Format("Html.Inside", inner[0].Container, Values(inner, pieces.Series)), "halo end small");
    }

    private void Bar(Canvas canvas, PathPiece piece, int series, double top, double height)
    {
        string look = Layer.LookOf(piece.Item.Id) + (piece.To < piece.From ? " negative" : string.Empty) + BasisClass.Of(piece.Item.Basis);
        canvas.Bar(_scale, (piece.From, piece.To), top, height, look, Layer.Said(piece.Item.Label, piece.Item, series) + " us");
    }

    private static string Values(IEnumerable<ReportChartItem> items, int series) => string.Join(" \u00b7 ", items.Select(item => Layer.Said(item.Id, item, series)));

    private bool HasInner(ReportLane lane) => _chart.Items.Any(item => item.Lane == lane && item.Container is not null);
}
