using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>Reads the logs of an environment: files in, one <see cref="LatencyEnvironment"/> out.</summary>
public sealed class EnvironmentReader
{
    private readonly EnvironmentRequest _request;
    private readonly IImportReport _report;
    private readonly CancellationToken _cancellation;

    private EnvironmentReader(EnvironmentRequest request, IImportReport report, CancellationToken cancellation)
    {
        _request = request;
        _report = report;
        _cancellation = cancellation;
    }

    /// <summary>Reads an environment.</summary>
    /// <param name="request">What to read.</param>
    /// <param name="report">Told what is found while reading.</param>
    /// <param name="cancellation">Looked at before every read of a file.</param>
    /// <returns>The environment, with at least one log.</returns>
    /// <exception cref="EnvironmentException">No log was found, or two files claim one role.</exception>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to list the folder.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LatencyEnvironment Read(EnvironmentRequest request, IImportReport report, CancellationToken cancellation = default) =>
        new EnvironmentReader(request, report, cancellation).Read();

    private LatencyEnvironment Read()
    {
        var logs = new List<EnvironmentLog>();
        if (_request.Folder is { } folder)
        {
            logs.AddRange(ReadRun(Files(folder), null));
            foreach (string run in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            {
                logs.AddRange(ReadRun(Files(run), Path.GetFileName(run)));
            }
        }
        else
        {
            logs.AddRange(ReadRun([], null));
        }

        if (logs.Count == 0)
        {
            string where = _request.Folder ?? string.Join(", ", _request.Named.Values);
            throw new EnvironmentException(null, where, $"No log with a sample was found in '{where}'. Give a folder that holds logs of kernel_icmp_rtt, icmp_drop_detector, tun_tx_to_kvm_irq or kvm_vhost_tun_latency; -Verbose says what each file is.");
        }

        return new LatencyEnvironment(_request.Name, _request.Folder, [.. logs.OrderBy(log => log.RoleValue ?? (LogRole)int.MaxValue)]);
    }

    private static IReadOnlyList<string> Files(string folder) => [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];

    private List<EnvironmentLog> ReadRun(IReadOnlyList<string> files, string? run)
    {
        var collected = new List<(CollectedLog Log, LogRole? Named)>();
        bool takesNamed = run is null;
        if (takesNamed)
        {
            foreach ((LogRole role, string path) in _request.Named)
            {
                Collect(path, run, role, collected);
            }
        }

        foreach (string path in files.Where(path => !takesNamed || !_request.Named.Values.Contains(path)))
        {
            Collect(path, run, null, collected);
        }

        return AssignRoles(collected, run);
    }

    private void Collect(string path, string? run, LogRole? named, List<(CollectedLog Log, LogRole? Named)> collected)
    {
        try
        {
            // A pipe has no length: in a folder it is nobody's log, and opening it could wait for ever.
            if (named is null && new FileInfo(path).Length == 0)
            {
                _report.Verbose($"{path} is left out: it is empty.");
                return;
            }

            LogTool tool = named is { } role ? LogRoleName.ToolOf(role) : LogFile.Identify(path).Tool;
            if (named is null && !IsRead(tool))
            {
                _report.Verbose($"{path} is left out: {(tool == LogTool.Unknown ? "no log of a known tool" : "a log of " + LogToolName.Of(tool) + ", which gives no segment")}.");
                return;
            }

            var log = new CollectedLog(path, run, tool, _request.Selection, _request.MaxSampleCount, _report);
            Read(path, log);
            log.Account();
            if (log.SampleCount == 0)
            {
                _report.FileProblem(path, LogFileException.NoRecord(path, tool));
                return;
            }

            RefuseOtherEnd(log, named);
            collected.Add((log, named));
        }
        catch (LogFileException e) when (named is null && e.Problem is not (LogFileProblem.CompressionDamaged or LogFileProblem.ExpandsTooFar))
        {
            _report.Verbose($"{path} is left out: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _report.FileProblem(path, e);
        }
    }

    /// <summary>A file that cannot be read to its end is reported, and what came before is used.</summary>
    private void Read(string path, CollectedLog log)
    {
        var options = new LogReadOptions { MaxExpandedBytes = _request.MaxExpandedBytes, Progress = _report.ProgressOf(path), Cancellation = _cancellation };
        try
        {
            LogFile.Read(path, [log.Facts.Tool], log.ParserOf, options);
        }
        catch (IOException e) when (log.SampleCount > 0)
        {
            log.Failure = e;
            _report.FileProblem(path, e);
        }
    }

    private static void RefuseOtherEnd(CollectedLog log, LogRole? named)
    {
        if (named is not { } role || log.Facts.Tool == LogTool.KvmVhostTunLatency)
        {
            return;
        }

        HostRole other = LogRoleName.HostOf(role) == HostRole.Sender ? HostRole.Receiver : HostRole.Sender;
        if (log.Of(LogRoleName.HostOf(role)) is null && log.Of(other) is { } samples)
        {
            throw new LogFileException(
                LogFileProblem.WrongTool,
                FormattableString.Invariant($"'{log.Path}' is no {LogRoleName.Describe(role)}: all of its {samples.SampleCount} samples are from the {other.ToString().ToLowerInvariant()}'s end. Do not name it by -{LogRoleName.ParameterOf(role)}."));
        }
    }

    private static bool IsRead(LogTool tool) =>
        tool is LogTool.KernelIcmpRtt or LogTool.IcmpDropDetector or LogTool.TunTxToKvmIrq or LogTool.KvmVhostTunLatency;

    private List<EnvironmentLog> AssignRoles(List<(CollectedLog Log, LogRole? Named)> collected, string? run)
    {
        CollectedLog[] all = collected.Select(item => item.Log).ToArray();
        var logs = new List<EnvironmentLog>();
        foreach ((CollectedLog log, LogRole? named) in collected)
        {
            RoleDecision decision = named is { } role ? new RoleDecision(role, $"named by -{LogRoleName.ParameterOf(role)}") : RoleFinder.Find(log, all);
            if (named is null && decision.Role is { } found && collected.Exists(item => item.Named == found))
            {
                _report.Verbose($"{log.Path} is left out: -{LogRoleName.ParameterOf(found)} names another file for its role.");
                continue;
            }

            Tell(log, decision);
            logs.Add(ToLog(log, decision, run));
        }

        RefuseTwoOfOneRole(logs);
        return logs;
    }

    private void Tell(CollectedLog log, RoleDecision decision)
    {
        if (decision.Role is { } role)
        {
            _report.Verbose($"{log.Path} is the {LogRoleName.Describe(role)}: {decision.Reason}.");
            return;
        }

        string parameters = string.Join(" or ", Enum.GetValues<LogRole>()
            .Where(candidate => LogRoleName.ToolOf(candidate) == log.Facts.Tool)
            .Select(candidate => "-" + LogRoleName.ParameterOf(candidate)));
        _report.Warning($"The role of '{log.Path}' is not known: {decision.Reason}. Its rows enter no segment; name it by {parameters}.");
    }

    private static EnvironmentLog ToLog(CollectedLog log, RoleDecision decision, string? run) => new()
    {
        Role = decision.Role?.ToString(),
        RoleValue = decision.Role,
        Tool = LogToolName.Of(log.Facts.Tool),
        ToolValue = log.Facts.Tool,
        Version = log.Facts.Version,
        Confidence = log.Facts.Confidence.ToString(),
        ProbeBoundary = log.Facts.ProbeBoundary,
        Run = run,
        File = log.Path,
        Reason = decision.Reason,
        ParsedLineCount = log.Parser.Tally.Parsed,
        NoiseLineCount = log.Parser.Tally.Noise,
        MalformedLineCount = log.Parser.Tally.Malformed,
        IsThresholdBiased = log.Facts.IsThresholdBiased,
        Caveat = log.Caveat,
        Store = StoreFor(log, decision.Role),
    };

    /// <summary>A tun or VM log's samples of the role's own end; of a log without ends, all.</summary>
    private static SampleStore StoreFor(CollectedLog log, LogRole? role) =>
        role is { } known ? log.Of(LogRoleName.HostOf(known)) ?? log.Unassigned : log.Largest;

    private static void RefuseTwoOfOneRole(List<EnvironmentLog> logs)
    {
        foreach (IGrouping<LogRole?, EnvironmentLog> group in logs.Where(log => log.RoleValue is not null).GroupBy(log => log.RoleValue))
        {
            if (group.Count() > 1)
            {
                string files = string.Join(" and ", group.Select(log => $"'{log.File}'"));
                throw new EnvironmentException(group.Key, group.First().File!, $"{files} both are the {LogRoleName.Describe(group.Key!.Value)} ({group.First().Reason}). Name the one to use by -{LogRoleName.ParameterOf(group.Key.Value)}.");
            }
        }
    }
}
