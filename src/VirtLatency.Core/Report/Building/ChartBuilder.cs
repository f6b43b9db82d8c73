using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>The pictures as data.</summary>
internal sealed class ChartBuilder(ReportSource source)
{
    /// <summary>A rest that print steps explain is not drawn.</summary>
    private const double LeastRestUs = 0.05;

    private ReportText Text => source.Text;

    private string[] Environments => [source.Names.Reference, source.Names.Difference];

    private IReadOnlyList<LatencyDifference> Layers => source.Pair.Rows(BreakdownLevel.Layer);

    public IReadOnlyList<ReportChart> All(FixTables fix) =>
        [.. new[] { new PathChart(source).Of(), LayerStack(), Waterfall(), Stages(), Fix(fix) }.Where(chart => chart is { Items.Count: > 0 }).Select(chart => chart!)];

    /// <summary>What the picture shows, in words and numbers.</summary>
    public static string AltOf(ReportText text, string title, IReadOnlyList<string> series, IEnumerable<ReportChartItem> items)
    {
        ReportChartItem[] all = [.. items];
        IEnumerable<string> parts = series.Select((name, index) => $"{name}: " + string.Join(", ", all.Where(item => item.Values[index] is not null).Select(item => $"{item.Label} {TextOf(item, index)} us")));
        return text.Format("Chart.Alt", title, string.Join("; ", parts));
    }

    private static string TextOf(ReportChartItem item, int index) => NumberText.Of(new NumberCell(item.Values[index]!.Value, ReportUnit.Microseconds) { Basis = item.Basis });

    private ReportChart Chart(string id, ReportChartKind kind, IReadOnlyList<string> series, IReadOnlyList<ReportChartItem> items, string? note = null) => new(id, kind, Text["Chart." + id], series, items)
    {
        AltText = AltOf(Text, Text["Chart." + id], series, items),
        Note = note,
    };

    private ReportChart LayerStack()
    {
        bool isNegative = Layers.Any(row => row.ReferenceUs < 0 || row.DifferenceUs < 0);
        return Chart("LayerStack", ReportChartKind.Stacked, Environments, [.. Layers.Where(HasValue).Select(row => ItemOf(row, source.NameOf(row.Segment, row.Name)))], isNegative ? Text["Chart.Negative"] : null);
    }

    /// <summary>From the reference's round trip to the other's; only where both are known, for a step needs something to stand on.</summary>
    private ReportChart? Waterfall()
    {
        if (source.Pair.RoundTrip is not { ReferenceUs: { } from, DifferenceUs: { } to })
        {
            return null;
        }

        (string reference, string difference) = source.Names;
        List<ReportChartItem> items = [Total("Reference", reference, from)];
        items.AddRange(Layers.Where(row => row.DeltaUs is not null).Select(row => new ReportChartItem(row.Segment!, source.NameOf(row.Segment, row.Name), [row.DeltaUs])));
        double rest = to - from - Layers.Sum(row => row.DeltaUs ?? 0);
        if (Math.Abs(rest) > LeastRestUs)
        {
            items.Add(new ReportChartItem("Rest", Text["Chart.Rest"], [rest]));
        }

        items.Add(Total("Difference", difference, to));
        return Chart("DeltaWaterfall", ReportChartKind.Waterfall, [Text["Column.Delta"]], items);
    }

    private ReportChart Stages() => Chart(
        "Stages",
        ReportChartKind.Grouped,
        Environments,
        [.. source.Pair.Rows(BreakdownLevel.Stage).Where(row => row.Segment is not null && HasValue(row)).Select(row => ItemOf(row, $"{row.Segment} {row.Name}"))]);

    private ReportChart? Fix(FixTables fix)
    {
        if (source.AfterName is not { } after)
        {
            return null;
        }

        (string reference, string difference) = source.Names;
        return Chart(
            "FixEffect",
            ReportChartKind.Grouped,
            [difference, after, reference],
            [.. fix.Rows.Where(row => row is { BeforeUs: not null, AfterUs: not null }).Select(row => new ReportChartItem($"{row.Level} {FixTables.IdOf(row)}", FixTables.IdOf(row), [row.BeforeUs, row.AfterUs, row.BaselineUs]))]);
    }

    private static bool HasValue(LatencyDifference row) => row.ReferenceUs is not null || row.DifferenceUs is not null;

    private static ReportChartItem Total(string id, string name, double value) => new(id, name, [value]) { IsTotal = true };

    private static ReportChartItem ItemOf(LatencyDifference row, string label) => new(row.Level == "Stage" ? $"{row.Segment} {row.Name}" : row.Segment!, label, [row.ReferenceUs, row.DifferenceUs])
    {
        Basis = Enum.TryParse(row.Basis, out Basis basis) ? basis : null,
    };
}
