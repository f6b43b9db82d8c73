namespace VirtLatency.Reporting.Workbook;

/// <summary>A cell of a sheet: text, a number, or neither. There are no formulas.</summary>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Text">Its text; null for none.</param>
/// <param name="Number">Its number at full precision; null for none.</param>
/// <param name="Style">How it looks.</param>
internal readonly record struct SheetCell(int Column, string? Text, double? Number, CellStyle Style)
{
    /// <summary>Characters that a spreadsheet takes for the beginning of a formula when a text is typed in anew.</summary>
    private const string Formula = "=+-@";

    public static SheetCell Of(int column, string text, CellStyle style)
    {
        string legal = CellText.Of(text);
        return legal.Length == 0 ? Empty(column, style) : new SheetCell(column, legal, null, Formula.Contains(legal[0], StringComparison.Ordinal) ? style with { IsQuoted = true } : style);
    }

    public static SheetCell Of(int column, double number, CellStyle style) => new(column, null, number, style);

    public static SheetCell Empty(int column, CellStyle style) => new(column, null, null, style);
}
