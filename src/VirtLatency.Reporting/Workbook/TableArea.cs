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
    private const double WidestLongText = 54;
    private const double Narrowest = 8;

    /// <summary>The highest row there is in points.</summary>
    private const double HighestRow = 409;

    /// <summary>The sign of a filter covers as much of a header.</summary>
    private const int FilterWidth = 3;

    /// <summary>Bold letters are wider.</summary>
    private const double BoldFactor = 1.1;

    private double[]? _widths;

    public IReadOnlyList<FlatColumn> Columns { get; } = FlatColumn.All(table, text);

    /// <summary>A table has a row below its header, be it an empty one: without it the file is repaired when it is opened.</summary>
    public int LastRow => headerRow + Math.Max(1, table.Rows.Count);

    public SheetTable Table => new(table.Id, CellName.Area(headerRow, 1, LastRow, Columns.Count), [.. Columns.Select(column => column.Header)]);

    public IEnumerable<SheetRow> Rows()
    {
        yield return Header();
        for (int i = 0; i < table.Rows.Count; i++)
        {
            ReportRow row = table.Rows[i];
            SheetCell[] cells = [.. Columns.Select((column, index) => CellOf(index + 1, column, row))];
            yield return new SheetRow(headerRow + 1 + i, cells) { Height = HeightOf(cells, row.IsTotal ? BoldFactor : 1) };
        }
    }

    /// <summary>As wide as the widest content, but texts wrap from some width on, and headers over up to three lines.</summary>
    public IReadOnlyList<double> Widths() => _widths ??= [.. Columns.Select(WidthOf)];

    public IReadOnlyList<ColourScale> Scales() => [.. Columns.Select(ScaleOf).OfType<ColourScale>()];

    private SheetRow Header()
    {
        SheetCell[] cells = [.. Columns.Select((column, index) => SheetCell.Of(index + 1, column.Header, CellStyle.Header with { IsIndented = column.IsText }))];
        return new SheetRow(headerRow, cells) { Height = HeightOf(cells, BoldFactor) };
    }

    private double HeightOf(SheetCell[] cells, double factor)
    {
        int lines = cells.Where(cell => cell.Text is not null).Select(cell => TextBlock.LinesOf(cell.Text!, (Widths()[cell.Column - 1] - 1) / factor)).DefaultIfEmpty(1).Max();
        return Math.Min(lines * TextBlock.LineHeight, HighestRow);
    }

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
            IsIndented = column.IsText,
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
        double header = (BoldFactor * Math.Max(Math.Min(word, WidestText), CellText.WidthOf(column.Header) / 3.0)) + FilterWidth;
        return Math.Max(Narrowest, Math.Max(header, Math.Min(widest + 3, column.Source.IsLong ? WidestLongText : WidestText)));
    }

    /// <summary>Orange is what is longer; of an improvement it is what is below 0. What is not told from 0 has no colour.</summary>
    private ColourScale? ScaleOf(FlatColumn column, int index)
    {
        if (column.Of != FlatColumnKind.Value || column.Source.Id is not ("Delta" or "Improvement"))
        {
            return null;
        }

        int[] told = [.. Enumerable.Range(0, table.Rows.Count).Where(place => table.Rows[place].Tone is ReportTone.Worse or ReportTone.Better && column.CellOf(table.Rows[place]) is NumberCell)];
        double Distance(int place) => Math.Abs(((NumberCell)column.CellOf(table.Rows[place])).Value);
        double most = told.Where(place => !table.Rows[place].IsTotal).Select(Distance).DefaultIfEmpty().Max();
        bool isGain = column.Source.Id == "Improvement";
        return most == 0 ? null : new ColourScale([.. told.Select(place => CellName.Of(headerRow + 1 + place, index + 1))], most, isGain ? Colours.Worse : Colours.Better, isGain ? Colours.Better : Colours.Worse);
    }
}
