namespace VirtLatency.Reporting.Workbook;

/// <summary>A block of cells: a heading, a row of headers, and below it labels with values; with the names of its parts.</summary>
internal sealed class ChartGrid
{
    private static readonly CellStyle Number = new() { Format = "0.0" };

    /// <summary>A heading runs over the empty cells beside it.</summary>
    private const double WidthOfHeading = 120;

    private readonly string _sheet;
    private readonly int _headerRow;
    private readonly IReadOnlyList<(string Label, IReadOnlyList<double?> Values)> _items;

    public ChartGrid(string sheet, int firstRow, string title, IReadOnlyList<string> headers, IReadOnlyList<(string Label, IReadOnlyList<double?> Values)> items)
    {
        (_sheet, _headerRow, _items) = (sheet, firstRow + 1, items);
        Headers = [.. headers.Select(CellText.Of)];
        Labels = [.. items.Select(item => CellText.Of(item.Label))];
        Rows =
        [
            TextBlock.Row(firstRow, title, CellStyle.Heading with { IsWrapped = false }, WidthOfHeading),
            new SheetRow(_headerRow, [SheetCell.Empty(1, CellStyle.Header), .. Headers.Select((header, index) => SheetCell.Of(index + 2, header, CellStyle.Header))]),
            .. items.Select((item, index) => RowOf(index, item.Values)),
        ];
    }

    public IReadOnlyList<SheetRow> Rows { get; }

    public IReadOnlyList<string> Headers { get; }

    public IReadOnlyList<string> Labels { get; }

    public string HeadersAt => CellName.OnSheet(_sheet, _headerRow, 2, _headerRow, Headers.Count + 1);

    public string LabelsAt => CellName.OnSheet(_sheet, _headerRow + 1, 1, _headerRow + _items.Count, 1);

    /// <summary>A row as a series: its label is the name.</summary>
    public ChartSeries OfRow(int index)
    {
        int row = _headerRow + 1 + index;
        return new ChartSeries(Labels[index], CellName.OnSheet(_sheet, row, 1, row, 1), _items[index].Values, CellName.OnSheet(_sheet, row, 2, row, Headers.Count + 1));
    }

    /// <summary>A column as a series: its header is the name.</summary>
    public ChartSeries OfColumn(int place)
    {
        int column = place + 2;
        return new ChartSeries(
            Headers[place],
            CellName.OnSheet(_sheet, _headerRow, column, _headerRow, column),
            [.. _items.Select(item => item.Values[place])],
            CellName.OnSheet(_sheet, _headerRow + 1, column, _headerRow + _items.Count, column));
    }

    private SheetRow RowOf(int index, IReadOnlyList<double?> values) => new(
        _headerRow + 1 + index,
        [
            SheetCell.Of(1, Labels[index], CellStyle.Plain),
            .. values.Select((value, place) => value is { } number ? SheetCell.Of(place + 2, number, Number) : SheetCell.Empty(place + 2, Number)),
        ]);
}
