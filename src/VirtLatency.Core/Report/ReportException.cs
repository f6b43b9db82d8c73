namespace VirtLatency.Report;

/// <summary>A report that is not made, and why.</summary>
public sealed class ReportException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="message">What was found, and what to do.</param>
    public ReportException(ReportProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>Why.</summary>
    public ReportProblem Problem { get; }
}
