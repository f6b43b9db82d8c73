using VirtLatency.Model;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>
/// The numbers that charts draw, as blocks of cells one below the other on a sheet of their own: tables have intervals
/// between their values, and a waterfall's base is in no table.
/// </summary>
internal sealed class ChartData
{
    /// <summary>A piece of a stack that is thinner than this part of the highest stack has no room for its value.</summary>
    private const double LeastLabelled = 0.045;
    private const double WidthOfLabels = 52;
    private const double WidthOfValues = 20;
    private const int FirstRow = 4;

    private readonly LatencyReport _report;
    private readonly List<ChartBlock> _blocks = [];
    private readonly string _sheet;
    private int _next = FirstRow;

    public ChartData(string sheet, LatencyReport report)
    {
        _sheet = sheet;
        _report = report;
        foreach (ReportChart chart in report.Charts.Where(chart => chart.Items.Count > 0))
        {
            _blocks.Add(BlockOf(chart));
            _next += _blocks[^1].Rows.Count + 1;
        }
    }

    private ReportText Text => _report.Text;

    /// <summary>The chart of an id; none where the report has none.</summary>
    public IEnumerable<ChartBlock> Of(string id) => _blocks.Where(block => block.Id == id);

    /// <summary>The sheet with the numbers; null without charts.</summary>
    public Sheet? Sheet() => _blocks.Count == 0 ? null : new Sheet
    {
        Name = _sheet,
        Title = Text["Sheet.ChartData.Introduction"],
        Widths = [WidthOfLabels, .. Enumerable.Repeat(WidthOfValues, _blocks.Max(block => block.Rows.Max(row => row.Cells.Count)) - 1)],
        Rows =
        [
            TextBlock.Row(1, _sheet, CellStyle.Title, WidthOfLabels),
            new SheetRow(2, SheetCell.Of(1, Text["Sheet.ChartData.Introduction"], CellStyle.Remark with { IsWrapped = false })),
            .. _blocks.SelectMany(block => block.Rows),
        ],
    };

    private ChartBlock BlockOf(ReportChart chart) => chart.Kind switch
    {
        ReportChartKind.Waterfall => Waterfall(chart),
        ReportChartKind.Grouped => Grouped(chart),
        ReportChartKind.Path => Stacked(chart, [.. chart.Items.Where(item => item.Container is null)], isHorizontal: true),
        _ => Stacked(chart, chart.Items, isHorizontal: false),
    };

    /// <summary>A series per item, a category per environment.</summary>
    private ChartBlock Stacked(ReportChart chart, IReadOnlyList<ReportChartItem> items, bool isHorizontal)
    {
        var grid = new ChartGrid(_sheet, _next, chart.Title, [.. chart.Series], [.. items.Select(item => (LabelOf(item), item.Values))]);
        double least = LeastLabelled * Enumerable.Range(0, chart.Series.Count).Max(place => items.Sum(item => Math.Abs(item.Values[place] ?? 0)));
        return Block(chart, grid, isStacked: true, isHorizontal) with
        {
            Categories = grid.Headers,
            CategoriesAt = grid.HeadersAt,
            Series =
            [
                .. items.Select((item, index) => grid.OfRow(index) with
                {
                    Colour = Colours.Parts[index % Colours.Parts.Count],
                    Labelled = Enumerable.Range(0, chart.Series.Count).Where(place => Math.Abs(item.Values[place] ?? 0) > least).ToHashSet(),
                }),
            ],
        };
    }

    /// <summary>A series per environment, a category per item.</summary>
    private ChartBlock Grouped(ReportChart chart)
    {
        var grid = new ChartGrid(_sheet, _next, chart.Title, [.. chart.Series], [.. chart.Items.Select(item => (LabelOf(item), item.Values))]);
        HashSet<int> bounds = [.. Enumerable.Range(0, chart.Items.Count).Where(index => chart.Items[index].Basis == Basis.UpperBound)];
        return Block(chart, grid, isStacked: false, isHorizontal: true) with
        {
            Series = [.. chart.Series.Select((name, place) => grid.OfColumn(place) with { Colour = ColourOf(name, place), Bounds = bounds, Labelled = Enumerable.Range(0, chart.Items.Count).ToHashSet() })],
        };
    }

    private ChartBlock Waterfall(ReportChart chart)
    {
        string[] kinds = [Text["Workbook.Total"], Text["Workbook.Rise"], Text["Workbook.Fall"]];
        string[] headers = [Text["Workbook.Value"], Text["Workbook.Base"], .. kinds, .. kinds.Select(kind => Text.Format("Workbook.Below", kind))];
        var grid = new ChartGrid(_sheet, _next, chart.Title, headers, [.. Steps(chart)]);
        string?[] colours = [null, null, Colours.Total, Colours.Rise, Colours.Fall, Colours.Total, Colours.Rise, Colours.Fall];
        return Block(chart, grid, isStacked: true, isHorizontal: false) with
        {
            Series = [.. Enumerable.Range(1, headers.Length - 1).Select(place => grid.OfColumn(place) with { Colour = colours[place], IsInLegend = place is > 1 and < 5 })],
        };
    }

    /// <summary>Value, base, and the pieces above and below 0 in the colour of what the column is.</summary>
    private static IEnumerable<(string Label, IReadOnlyList<double?> Values)> Steps(ReportChart chart)
    {
        double level = 0;
        foreach (ReportChartItem item in chart.Items.Where(item => item.Values[0] is not null))
        {
            double value = item.Values[0]!.Value;
            double end = item.IsTotal ? value : level + value;
            WaterfallStep step = WaterfallStep.Between(item.IsTotal ? 0 : level, end);
            int kind = item.IsTotal ? 0 : value > 0 ? 1 : 2;
            var values = new double?[8];
            (values[0], values[1], values[2 + kind], values[5 + kind]) = (value, step.Base, step.Above, step.Below);

            // A minus sign of its own, for labels break behind a hyphen.
            string shown = NumberText.Of(value, ReportUnit.Microseconds, isSigned: !item.IsTotal).Replace('-', '\u2212');
            yield return ($"{item.Label}: {shown}", values);
            level = end;
        }
    }

    private ChartBlock Block(ReportChart chart, ChartGrid grid, bool isStacked, bool isHorizontal) => new()
    {
        Id = chart.Id,
        Title = chart.Title,
        Axis = Text["Workbook.Axis"],
        AltText = chart.AltText,
        Note = chart.Note,
        IsStacked = isStacked,
        IsHorizontal = isHorizontal,
        Categories = grid.Labels,
        CategoriesAt = grid.LabelsAt,
        Series = [],
        Rows = grid.Rows,
    };

    private static string LabelOf(ReportChartItem item) => item.Basis == Basis.UpperBound ? "\u2264 " + item.Label : item.Label;

    /// <summary>An environment has the same colour in every chart.</summary>
    private string ColourOf(string environment, int place)
    {
        int index = _report.Environments.Select(known => known.Name).ToList().IndexOf(environment);
        return Colours.Environments[(index < 0 ? place : index) % Colours.Environments.Count];
    }
}
