using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A sheet with one table: its heading, what to know before reading it, the table, and charts below.</summary>
internal static class TableSheet
{
    private const int HeaderRow = 4;
    private const double ReadableWidth = 110;
    private const int GapOfCharts = 24;

    /// <summary>Makes the sheet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="table">Its table.</param>
    /// <param name="text">The report's language.</param>
    /// <param name="charts">Charts, from left to right.</param>
    public static Sheet Of(string name, ReportTable table, ReportText text, params IReadOnlyList<ChartBlock> charts)
    {
        var area = new TableArea(table, text, HeaderRow);
        IReadOnlyList<double> widths = area.Widths();
        int across = TextBlock.ColumnsFor(widths, ReadableWidth);
        double width = widths.Take(across).Sum();
        return new Sheet
        {
            Name = name,
            Title = table.Title,
            Widths = widths,
            Rows = Head(table, width).Concat(area.Rows()).Concat(Notes(charts, area.LastRow + 2)),
            FrozenRows = HeaderRow,
            FrozenColumns = 1,
            PrintedRow = HeaderRow,
            Tables = [area.Table],
            Merged = across == 1 ? [] : [CellName.Area(1, 1, 1, across), CellName.Area(2, 1, 2, across)],
            Scales = area.Scales(),
            Charts = Place(charts, area.LastRow + 2 + charts.Count(chart => chart.Note is not null)),
        };
    }

    private static IEnumerable<SheetRow> Head(ReportTable table, double width)
    {
        yield return TextBlock.Row(1, table.Title, CellStyle.Title, width);
        if (table.Introduction is { } introduction)
        {
            yield return TextBlock.Row(2, introduction, CellStyle.Remark, width);
        }
    }

    /// <summary>What to know when looking at a chart, in one line each: it may run over the empty cells beside it.</summary>
    private static IEnumerable<SheetRow> Notes(IReadOnlyList<ChartBlock> charts, int firstRow) =>
        charts.Where(chart => chart.Note is not null).Select((chart, index) => new SheetRow(firstRow + index, [SheetCell.Of(1, chart.Note!, CellStyle.Remark with { IsWrapped = false })]));

    private static List<SheetChart> Place(IReadOnlyList<ChartBlock> charts, int row)
    {
        List<SheetChart> placed = [];
        int left = 0;
        foreach (ChartBlock chart in charts)
        {
            placed.Add(new SheetChart(chart, row, left));
            left += chart.Width + GapOfCharts;
        }

        return placed;
    }
}
