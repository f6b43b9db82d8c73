namespace VirtLatency.Report;

/// <summary>A row of a report's table: one cell per column.</summary>
/// <param name="Id">Stable name within the table, for instance <c>VirtSender</c> or <c>E S1->S2</c>; not for readers.</param>
/// <param name="Cells">As many as the table has columns.</param>
public sealed record ReportRow(string Id, IReadOnlyList<ReportCell> Cells)
{
    /// <summary>What the row says.</summary>
    public ReportTone Tone { get; init; }

    /// <summary>True for the whole that other rows are parts of.</summary>
    public bool IsTotal { get; init; }
}
