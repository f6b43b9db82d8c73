using VirtLatency.Model;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A report's table as cells of a sheet, from column A on.</summary>
/// <param name="table">The table.</param>
/// <param name="text">The report's language.</param>
/// <param name="headerRow">The row of its header, from 1.</param>
internal sealed class TableArea(ReportTable table, ReportText text, int headerRow)
{
    private const double WidestText = 42;
    private const double WidestLongText = 62;
    private const double Narrowest = 8;

    /// <summary>The sign of a filter covers as much of a header.</summary>
    private const int FilterWidth = 3;

    public IReadOnlyList<FlatColumn> Columns { get; } = FlatColumn.All(table, text);

    /// <summary>A table has a row below its header, be it an empty one: without it the file is repaired when it is opened.</summary>
    public int LastRow => headerRow + Math.Max(1, table.Rows.Count);

    public SheetTable Table => new(table.Id, CellName.Area(headerRow, 1, LastRow, Columns.Count), [.. Columns.Select(column => column.Header)]);

    public IEnumerable<SheetRow> Rows()
    {
        yield return new SheetRow(headerRow, [.. Columns.Select((column, index) => SheetCell.Of(index + 1, column.Header, CellStyle.Header))]);
        for (int i = 0; i < table.Rows.Count; i++)
        {
            ReportRow row = table.Rows[i];
            yield return new SheetRow(headerRow + 1 + i, [.. Columns.Select((column, index) => CellOf(index + 1, column, row))]);
        }
    }

    /// <summary>As wide as the widest content, but texts wrap from some width on, and headers over up to three lines.</summary>
    public IReadOnlyList<double> Widths() => [.. Columns.Select(WidthOf)];

    public IReadOnlyList<ColourScale> Scales() => [.. Columns.Select(ScaleOf).OfType<ColourScale>()];

    private static SheetCell CellOf(int place, FlatColumn column, ReportRow row)
    {
        ReportCell cell = column.CellOf(row);
        CellStyle style = StyleOf(cell, column, row);
        return cell switch
        {
            NumberCell number => SheetCell.Of(place, number.Value, style),
            TextCell words => SheetCell.Of(place, words.Text, style),
            _ => SheetCell.Empty(place, style),
        };
    }

    private static CellStyle StyleOf(ReportCell cell, FlatColumn column, ReportRow row)
    {
        bool isSide = column.Of != FlatColumnKind.Value;
        return new CellStyle
        {
            Format = cell is NumberCell number ? FormatOf(number) : null,
            IsItalic = cell is NumberCell { Basis: Basis.Derived or Basis.Remainder or Basis.UpperBound },
            IsBold = row.IsTotal && !isSide,
            IsWrapped = cell is TextCell,
            Colour = isSide ? Colours.Faint : null,
            Fill = column.Source.Id is "Verdict" or "Severity" ? FillOf(row.Tone) : null,
            HasLineAbove = row.IsTotal,
            HasLineBelow = true,
        };
    }

    private static string FormatOf(NumberCell cell)
    {
        string digits = cell.Unit switch { ReportUnit.Ratio => "0.00\"x\"", ReportUnit.Count => "0", _ => "0.0" };
        return cell switch
        {
            { Basis: Basis.UpperBound } => "\"\u2264 \"" + digits,
            { IsSigned: true } => $"+{digits};-{digits};{digits}",
            _ => digits,
        };
    }

    private static string? FillOf(ReportTone tone) => tone switch
    {
        ReportTone.Worse => Colours.Worse,
        ReportTone.Better => Colours.Better,
        ReportTone.Doubtful => Colours.Doubtful,
        _ => null,
    };

    private double WidthOf(FlatColumn column)
    {
        int widest = table.Rows.Select(row => column.CellOf(row)).Max(cell => cell switch
        {
            NumberCell number => CellText.WidthOf(NumberText.Of(number)),
            TextCell words => CellText.WidthOf(words.Text),
            _ => (int?)0,
        }) ?? 0;
        int word = column.Header.Split(' ').Max(CellText.WidthOf);
        double header = Math.Max(Math.Min(word, WidestText), CellText.WidthOf(column.Header) / 3.0) + FilterWidth;
        return Math.Max(Narrowest, Math.Max(header, Math.Min(widest + 2, column.Source.IsLong ? WidestLongText : WidestText)));
    }

    /// <summary>Orange is what is longer; of an improvement it is what is below 0.</summary>
    private ColourScale? ScaleOf(FlatColumn column, int index)
    {
        if (column.Of != FlatColumnKind.Value || column.Source.Id is not ("Delta" or "Improvement"))
        {
            return null;
        }

        double most = table.Rows.Where(row => !row.IsTotal).Select(row => column.CellOf(row)).OfType<NumberCell>().Select(cell => Math.Abs(cell.Value)).DefaultIfEmpty().Max();
        string area = CellName.Area(headerRow + 1, index + 1, LastRow, index + 1);
        bool isGain = column.Source.Id == "Improvement";
        return most == 0 ? null : new ColourScale(area, most, isGain ? Colours.Worse : Colours.Better, isGain ? Colours.Better : Colours.Worse);
    }
}
