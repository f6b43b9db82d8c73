namespace VirtLatency.Reporting.Workbook;

/// <summary>A link to another sheet of the same workbook.</summary>
/// <param name="Cell">The cell to click on.</param>
/// <param name="Sheet">The sheet it leads to.</param>
internal sealed record SheetLink(string Cell, string Sheet);
