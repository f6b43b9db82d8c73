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

    /// <summary>The right tool's log, without a single whole record, as it was read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parser">Its parser, after reading.</param>
    /// <returns>The error: with the tool's own error, or the damage, where that is why.</returns>
    public static LogFileException NoRecord(string path, LogParser parser)
    {
        if (parser.Facts.ToolError is { } error)
        {
            return NoRecord(path, parser.Facts.Tool, $"The tool ended by an error of its own: {error}.");
        }

        return parser.Tally.Malformed == 0
            ? NoRecord(path, parser.Facts.Tool)
            : NoRecord(path, parser.Facts.Tool, FormattableString.Invariant($"{parser.Tally.Malformed} of its {parser.Tally.Total} lines are damaged or not the tool's, the first at line {parser.Tally.FirstMalformedLine}: look there."));
    }

    /// <summary>The right tool's log, without a single whole record.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tool">The tool.</param>
    /// <returns>The error.</returns>
    public static LogFileException NoRecord(string path, LogTool tool) => NoRecord(path, tool, tool switch
    {
        LogTool.IcmpDropDetector => "Run the tool with --verbose: without it no latency is printed.",
        LogTool.KvmVhostTunDiscovery => "That mode prints no latency: run the tool with --mode measure and the profile that it made.",
        LogTool.KvmVhostTunSummary => "It holds histograms only: read it with Import-KvmTunLog -Summary.",
        LogTool.VhostWakeupLatency => "Without -v the tool prints no single wake-up: read its statistics with Import-VhostWakeupLog -Summary.",
        LogTool.Ping => "ping prints none with -q and -f, and in another language with translations: run LC_ALL=C ping -D.",
        _ => "Did ping run while the tool traced?",
    });

    /// <summary>The right tool's log, without a single whole record.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="advice">What to do.</param>
    /// <returns>The error.</returns>
    public static LogFileException NoRecord(string path, LogTool tool, string advice) =>
        new(LogFileProblem.NoRecord, $"'{path}' is a log of {LogToolName.Of(tool)} without a single whole record. {advice}");
}
