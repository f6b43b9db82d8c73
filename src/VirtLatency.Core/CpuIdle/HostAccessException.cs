namespace VirtLatency.CpuIdle;

/// <summary>A host that cannot be reached, read, or written to.</summary>
public sealed class HostAccessException : IOException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="hostName">The host.</param>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="cause">What was thrown below; null where nothing was.</param>
    public HostAccessException(HostAccessProblem problem, string hostName, string message, Exception? cause = null)
        : base(VisibleText.Message(message), cause)
    {
        Problem = problem;
        HostName = hostName;
    }

    /// <summary>What is wrong.</summary>
    public HostAccessProblem Problem { get; }

    /// <summary>The host.</summary>
    public string HostName { get; }

    /// <summary>A file that does not read as expected just before a write.</summary>
    internal static HostAccessException Changed(string hostName, HostWrite write, string? found) => found is null
        ? new HostAccessException(HostAccessProblem.Missing, hostName, $"'{write.Path}' is not there on {hostName}.")
        : new HostAccessException(HostAccessProblem.Changed, hostName, $"'{write.Path}' on {hostName} reads {found}, and read {write.Expected} before.");
}
