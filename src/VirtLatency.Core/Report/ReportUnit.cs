namespace VirtLatency.Report;

/// <summary>What a number of a report counts.</summary>
public enum ReportUnit
{
    /// <summary>Microseconds, shown with one decimal.</summary>
    Microseconds,

    /// <summary>Percent (50 = one half), shown with one decimal.</summary>
    Percent,

    /// <summary>A quotient, shown with two decimals and an x.</summary>
    Ratio,

    /// <summary>A count of things, shown whole.</summary>
    Count,
}
