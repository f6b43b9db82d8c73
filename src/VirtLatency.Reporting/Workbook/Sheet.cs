namespace VirtLatency.Reporting.Workbook;

/// <summary>A sheet, ready to be written; its rows are made while they are written.</summary>
internal sealed record Sheet
{
    public required string Name { get; init; }

    /// <summary>What the sheet holds, for the list of sheets.</summary>
    public required string Title { get; init; }

    /// <summary>Widths of the columns from the first on, in digits.</summary>
    public required IReadOnlyList<double> Widths { get; init; }

    public required IEnumerable<SheetRow> Rows { get; init; }

    /// <summary>Rows that stay in sight; 0 for none.</summary>
    public int FrozenRows { get; init; }

    /// <summary>Columns that stay in sight; 0 for none.</summary>
    public int FrozenColumns { get; init; }

    /// <summary>The row that is printed on every page; null for none.</summary>
    public int? PrintedRow { get; init; }

    public IReadOnlyList<SheetTable> Tables { get; init; } = [];

    public IReadOnlyList<string> Merged { get; init; } = [];

    public IReadOnlyList<ColourScale> Scales { get; init; } = [];

    public IReadOnlyList<SheetLink> Links { get; init; } = [];

    public IReadOnlyList<SheetChart> Charts { get; init; } = [];
}
