using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>The pieces of one environment's path, each where the one before ended.</summary>
internal sealed class PathPieces
{
    public PathPieces(IReadOnlyList<ReportChartItem> items, int series)
    {
        Series = series;
        Added = [.. Placed(items.Where(item => item.Container is null), series, 0)];
        Dictionary<string, double> begins = Added.ToDictionary(piece => piece.Item.Id, piece => Math.Min(piece.From, piece.To), StringComparer.Ordinal);
        Inner = [.. items.Where(item => item.Container is not null)
            .GroupBy(item => item.Container!)
            .Where(container => begins.ContainsKey(container.Key))
            .SelectMany(container => Placed(container, series, begins[container.Key]))];
    }

    /// <summary>The environment's place among the series.</summary>
    public int Series { get; }

    /// <summary>What adds up to the round trip.</summary>
    public IReadOnlyList<PathPiece> Added { get; }

    /// <summary>What was measured inside a piece, one after another from its begin; together it can be longer than the piece.</summary>
    public IReadOnlyList<PathPiece> Inner { get; }

    public IEnumerable<PathPiece> All => Added.Concat(Inner);

    private static IEnumerable<PathPiece> Placed(IEnumerable<ReportChartItem> items, int series, double fromUs)
    {
        double at = fromUs;
        foreach (ReportChartItem item in items)
        {
            if (item.Values[series] is { } value)
            {
                yield return new PathPiece(item, at, at + value);
                at += value;
            }
        }
    }
}
