using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>A file that is not the log it was taken for.</summary>
public sealed class LogFileException : IOException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="cause">What was thrown below; null where nothing was.</param>
    public LogFileException(LogFileProblem problem, string message, Exception? cause = null)
        : base(message, cause) => Problem = problem;

    /// <summary>What is wrong.</summary>
    public LogFileProblem Problem { get; }

    /// <summary>The right tool's log, without a single whole record.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tool">The tool.</param>
    /// <returns>The error.</returns>
    public static LogFileException NoRecord(string path, LogTool tool)
    {
        string advice = tool == LogTool.IcmpDropDetector ? " Run the tool with --verbose: without it no latency is printed." : " Did ping run while the tool traced?";
        return new LogFileException(LogFileProblem.NoRecord, $"'{path}' is a log of {LogToolName.Of(tool)} without a single whole record.{advice}");
    }
}
