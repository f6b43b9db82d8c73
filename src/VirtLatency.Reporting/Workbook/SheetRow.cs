namespace VirtLatency.Reporting.Workbook;

/// <summary>A row of a sheet.</summary>
/// <param name="Index">Its number, from 1.</param>
/// <param name="Cells">Its cells from left to right; those left out are empty.</param>
internal sealed record SheetRow(int Index, params IReadOnlyList<SheetCell> Cells)
{
    /// <summary>Its height in points; null where the reader's program finds it from the text, which it does not for merged cells.</summary>
    public double? Height { get; init; }
}
