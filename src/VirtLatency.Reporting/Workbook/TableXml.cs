using DocumentFormat.OpenXml.Spreadsheet;

namespace VirtLatency.Reporting.Workbook;

/// <summary>The definition of a table on a sheet: its area, its columns, and a filter.</summary>
internal static class TableXml
{
    /// <summary>Makes the definition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="number">Its number in the workbook, from 1.</param>
    public static Table Of(SheetTable table, uint number) => new(
        new AutoFilter { Reference = table.Area },
        new TableColumns(table.Columns.Select((name, index) => new TableColumn { Id = (uint)index + 1, Name = CellText.Escape(name) })) { Count = (uint)table.Columns.Count },
        new TableStyleInfo { Name = "TableStyleLight1", ShowFirstColumn = false, ShowLastColumn = false, ShowRowStripes = false, ShowColumnStripes = false })
    {
        Id = number,
        Name = table.Name,
        DisplayName = table.Name,
        Reference = table.Area,
        TotalsRowShown = false,
    };
}
