namespace VirtLatency.Report;

/// <summary>A column of a report's table.</summary>
/// <param name="Id">Stable name for writers: Segment, Reference, Difference, Delta, Ratio, Share, Verdict, Note ...</param>
/// <param name="Header">What stands above it, in the report's language, without unit.</param>
public sealed record ReportColumn(string Id, string Header)
{
    /// <summary>What its numbers count; null for a column of text.</summary>
    public ReportUnit? Unit { get; init; }

    /// <summary>True when its numbers carry a count: a spreadsheet gives it a column of its own.</summary>
    public bool HasCount { get; init; }

    /// <summary>True when its numbers can carry an interval: a spreadsheet gives its two ends columns of their own.</summary>
    public bool HasInterval { get; init; }

    /// <summary>True for differences.</summary>
    public bool IsSigned { get; init; }

    /// <summary>True for text of a sentence or more: wide, and below the table where a table cannot hold it.</summary>
    public bool IsLong { get; init; }
}
