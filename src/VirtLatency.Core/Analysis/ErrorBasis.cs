namespace VirtLatency.Analysis;

/// <summary>How a standard error came about.</summary>
internal enum ErrorBasis
{
    /// <summary>From the samples of one log.</summary>
    Samples,

    /// <summary>From packets that the logs have in common.</summary>
    Joined,

    /// <summary>The sum of the logs' own: logs of a run that do not join err together in a way that is not known.</summary>
    Bound,

    /// <summary>From the means of runs.</summary>
    Runs,
}
