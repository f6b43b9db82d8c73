using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>Reads one file of an environment; several of them work at once, each with a report of its own.</summary>
internal sealed class LogCollector(EnvironmentRequest request, IImportReport report, CancellationToken cancellation)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">Its run.</param>
    /// <param name="named">The role that it is named for; null where its content is to tell.</param>
    /// <returns>What it holds; null for a file that is not used, which has been said.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CollectedLog? Collect(string path, string? run, NamedLog? named)
    {
        try
        {
            // A pipe has no length: in a folder it is nobody's log, and opening it could wait for ever.
            if (named is null && new FileInfo(path).Length == 0)
            {
                report.Verbose($"{path} is left out: it is empty.");
                return null;
            }

            LogTool tool = named is not null ? LogRoleName.ToolOf(named.Role) : LogFile.Identify(path).Tool;
            if (named is null && !IsRead(tool))
            {
                report.Verbose($"{path} is left out: {(tool == LogTool.Unknown ? "no log of a known tool" : "a log of " + LogToolName.Of(tool) + ", which gives no segment")}.");
                return null;
            }

            CollectedLog log = Read(path, run, tool);
            if (log.SampleCount == 0 && named is null && tool == LogTool.Ping)
            {
                report.Verbose($"{path} is left out: {LogFileException.NoRecord(path, tool).Message}");
                return null;
            }

            if (log.SampleCount == 0)
            {
                report.FileProblem(path, LogFileException.NoRecord(path, log.Parser));
                return null;
            }

            RefuseOtherEnd(log, named);
            return log;
        }
        catch (LogFileException e) when (named is null && e.Problem is not (LogFileProblem.CompressionCut or LogFileProblem.CompressionDamaged or LogFileProblem.ExpandsTooFar))
        {
            report.Verbose($"{path} is left out: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.FileProblem(path, e);
        }

        return null;
    }

    /// <summary>
    /// Reads a file; one that is named for a kvm role may be the summary tool's. A file that cannot be read to its end is
    /// reported, and what came before is used.
    /// </summary>
    private CollectedLog Read(string path, string? run, LogTool tool)
    {
        CollectedLog? log = null;
        IReadOnlyList<LogTool> tools = tool == LogTool.KvmVhostTunLatency ? [tool, LogTool.KvmVhostTunSummary] : [tool];
        var options = new LogReadOptions { MaxExpandedBytes = request.MaxExpandedBytes, Progress = report.ProgressOf(path), Cancellation = cancellation };
        try
        {
            LogFile.Read(path, tools, ParserOf, options);
            log!.Complete();
        }
        catch (IOException e) when (log is not null)
        {
            log.Complete();
            if (log.SampleCount == 0)
            {
                throw;
            }

            log.Failure = e;
            report.FileProblem(path, e);
        }

        log.Account();
        return log;

        LogParser ParserOf(LogIdentity identity)
        {
            log = new CollectedLog(path, run, identity.Tool, request, report);
            return log.ParserOf(identity);
        }
    }

    private static void RefuseOtherEnd(CollectedLog log, NamedLog? named)
    {
        if (named is not { Role: var role } || LogRoleName.ToolOf(role) == LogTool.KvmVhostTunLatency)
        {
            return;
        }

        HostRole other = LogRoleName.HostOf(role) == HostRole.Sender ? HostRole.Receiver : HostRole.Sender;
        if (log.Of(LogRoleName.HostOf(role)) is null && log.Of(other) is { } samples)
        {
            throw new LogFileException(
                LogFileProblem.WrongTool,
                FormattableString.Invariant($"'{log.Path}' is no {LogRoleName.Describe(role)}: all of its {samples.SampleCount} samples are from the {other.ToString().ToLowerInvariant()}'s end. Correct {named.By}."));
        }
    }

    private static bool IsRead(LogTool tool) =>
        tool is LogTool.KernelIcmpRtt or LogTool.IcmpDropDetector or LogTool.TunTxToKvmIrq or LogTool.KvmVhostTunLatency or LogTool.KvmVhostTunSummary or LogTool.Ping;
}
