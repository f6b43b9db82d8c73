namespace VirtLatency.CpuIdle;

/// <summary>A limit that is not set, or not taken back.</summary>
public sealed class LimitException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="hostName">The host.</param>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="cause">What was thrown below; null where nothing was.</param>
    public LimitException(LimitProblem problem, string hostName, string message, Exception? cause = null)
        : base(message, cause)
    {
        Problem = problem;
        HostName = hostName;
    }

    /// <summary>What is wrong.</summary>
    public LimitProblem Problem { get; }

    /// <summary>The host.</summary>
    public string HostName { get; }
}
