using System.Globalization;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Names of cells and areas; rows and columns count from 1.</summary>
internal static class CellName
{
    /// <summary>A cell: A1.</summary>
    public static string Of(int row, int column) => ColumnOf(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>An area: A1:C5.</summary>
    public static string Area(int firstRow, int firstColumn, int lastRow, int lastColumn) => $"{Of(firstRow, firstColumn)}:{Of(lastRow, lastColumn)}";

    /// <summary>A cell or an area of one row or column on a sheet, as charts name it: 'Chart data'!$A$1:$A$5.</summary>
    public static string OnSheet(string sheet, int firstRow, int firstColumn, int lastRow, int lastColumn)
    {
        string first = Fixed(firstRow, firstColumn);
        string last = Fixed(lastRow, lastColumn);
        return Quote(sheet) + "!" + (first == last ? first : $"{first}:{last}");
    }

    /// <summary>A row on a sheet, for print titles: 'Layers'!$4:$4.</summary>
    public static string RowOnSheet(string sheet, int row) => FormattableString.Invariant($"{Quote(sheet)}!${row}:${row}");

    /// <summary>A sheet's name as it stands before an exclamation mark.</summary>
    public static string Quote(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Fixed(int row, int column) => FormattableString.Invariant($"${ColumnOf(column)}${row}");

    private static string ColumnOf(int column)
    {
        string name = string.Empty;
        for (int rest = column; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + ((rest - 1) % 26)) + name;
        }

        return name;
    }
}
