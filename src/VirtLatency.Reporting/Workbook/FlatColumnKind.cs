namespace VirtLatency.Reporting.Workbook;

/// <summary>Which number of a report's cell a column shows.</summary>
internal enum FlatColumnKind
{
    /// <summary>The number itself, or the text.</summary>
    Value,

    /// <summary>The lower end of its interval.</summary>
    Low,

    /// <summary>The upper end of its interval.</summary>
    High,

    /// <summary>The samples behind it.</summary>
    Count,
}
