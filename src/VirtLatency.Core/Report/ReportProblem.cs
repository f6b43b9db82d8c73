namespace VirtLatency.Report;

/// <summary>Why no report is made.</summary>
public enum ReportProblem
{
    /// <summary>No part of the path was measured in both environments.</summary>
    NoCommonLevel,
}
