namespace VirtLatency.Reporting.Workbook;

/// <summary>A row of a sheet.</summary>
/// <param name="Index">Its number, from 1.</param>
/// <param name="Cells">Its cells from left to right; those left out are empty.</param>
internal sealed record SheetRow(int Index, params IReadOnlyList<SheetCell> Cells)
{
    /// <summary>Its height in points; null for one line.</summary>
    public double? Height { get; init; }

    /// <summary>True where programs shall not find a height of their own: of merged cells they see one line only.</summary>
    public bool IsHeightFixed { get; init; }
}
