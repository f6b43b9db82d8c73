namespace VirtLatency.Reporting.Workbook;

/// <summary>A table on a sheet, with a filter in its header.</summary>
/// <param name="Name">Its name in the workbook: letters only.</param>
/// <param name="Area">Header and rows.</param>
/// <param name="Columns">What its header cells say, each once.</param>
internal sealed record SheetTable(string Name, string Area, IReadOnlyList<string> Columns);
