namespace VirtLatency.Reporting.Workbook;

/// <summary>A chart on a sheet.</summary>
/// <param name="Block">What it draws.</param>
/// <param name="Row">The row, from 1, at which its upper edge lies.</param>
/// <param name="Left">Distance of its left edge from the sheet's in pixels.</param>
internal sealed record SheetChart(ChartBlock Block, int Row, int Left);
