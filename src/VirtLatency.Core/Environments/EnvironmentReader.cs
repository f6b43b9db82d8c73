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
    /// <exception cref="ManifestException">The manifest of the environment cannot be used.</exception>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to list the folder.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LatencyEnvironment Read(EnvironmentRequest request, IImportReport report, CancellationToken cancellation = default) =>
        new EnvironmentReader(request, report, cancellation).Read();

    private LatencyEnvironment Read()
    {
        EnvironmentManifest? manifest = ManifestOfAll();
        string? folder = manifest?.Folder ?? _request.Folder;
        List<EnvironmentLog> logs = [.. RunsOf(manifest).SelectMany(ReadRun)];
        LeaveOutEstimates(logs);
        if (logs.Count == 0)
        {
            string where = manifest?.Path ?? folder ?? string.Join(", ", _request.Named.Values);
            throw new EnvironmentException(null, where, $"No log with a sample was found in '{where}'. Give a folder that holds logs of kernel_icmp_rtt, icmp_drop_detector, tun_tx_to_kvm_irq, kvm_vhost_tun_latency or ping; -Verbose says what each file is.");
        }

        string name = _request.Name ?? manifest?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder ?? string.Empty));
        return new LatencyEnvironment(name, folder, [.. logs.OrderBy(log => log.RoleValue ?? (LogRole)int.MaxValue)]) { Note = manifest?.Note };
    }

    private EnvironmentManifest? ManifestOfAll()
    {
        string? path = _request.Manifest ?? (_request.Folder is { } folder ? EnvironmentManifest.Find(folder) : null);
        if (path is null)
        {
            return null;
        }

        EnvironmentManifest manifest = EnvironmentManifest.Read(path, _request.DataFileParser);
        if (_request.Named.Count > 0)
        {
            throw new ManifestException(ManifestProblem.RolesNamedTwice, path, 1, $"its logs have their roles from it, so -{LogRoleName.ParameterOf(_request.Named.Keys.First())} has no place. Change the manifest, or name all logs by parameters without a folder");
        }

        _report.Verbose($"{path} says what to read; no other file of its folder is looked at.");
        return manifest;
    }

    private IEnumerable<RunFiles> RunsOf(EnvironmentManifest? manifest)
    {
        if (manifest is not null)
        {
            return manifest.Runs.Select(run => RunFiles.Of(manifest, run, run.Name, _report));
        }

        var named = _request.Named.ToDictionary(item => item.Key, item => new NamedLog(item.Value, "-" + LogRoleName.ParameterOf(item.Key)));
        return _request.Folder is { } folder
            ? SubfolderRuns(folder).Prepend(new RunFiles(null, Files(folder), named))
            : [new RunFiles(null, [], named)];
    }

    private IEnumerable<RunFiles> SubfolderRuns(string folder)
    {
        foreach (string subfolder in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (SubfolderRun(subfolder) is { } run)
            {
                yield return run;
            }
        }
    }

    /// <summary>A subfolder is a run, called by its own name, whether its manifest says what to read or its files do.</summary>
    private RunFiles? SubfolderRun(string folder)
    {
        string name = Path.GetFileName(folder);
        try
        {
            if (EnvironmentManifest.Find(folder) is not { } path)
            {
                return new RunFiles(name, Files(folder), new Dictionary<LogRole, NamedLog>());
            }

            EnvironmentManifest manifest = EnvironmentManifest.Read(path, _request.DataFileParser);
            if (manifest.Runs.Count != 1 || manifest.Runs[0].Name is not null)
            {
                throw new ManifestException(ManifestProblem.Invalid, path, 1, "'Runs' has no place in a subfolder, which is one run. Give 'Logs', or read the subfolder by itself");
            }

            _report.Verbose($"{path} says what to read of the run {name}.");
            return RunFiles.Of(manifest, manifest.Runs[0], name, _report);
        }
        catch (ManifestException e)
        {
            _report.FileProblem(e.Path, e);
            return null;
        }
    }

    private static IReadOnlyList<string> Files(string folder) => [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];

    private List<EnvironmentLog> ReadRun(RunFiles run)
    {
        var collected = new List<(CollectedLog Log, NamedLog? Named)>();
        foreach ((LogRole role, NamedLog log) in run.Named)
        {
            Collect(log.Path, run.Name, log with { Role = role }, collected);
        }

        HashSet<string> named = [.. run.Named.Values.Select(log => log.Path)];
        foreach (string path in run.Files.Where(path => !named.Contains(path)))
        {
            Collect(path, run.Name, null, collected);
        }

        return AssignRoles(collected, run);
    }

    private void Collect(string path, string? run, NamedLog? named, List<(CollectedLog Log, NamedLog? Named)> collected)
    {
        try
        {
            // A pipe has no length: in a folder it is nobody's log, and opening it could wait for ever.
            if (named is null && new FileInfo(path).Length == 0)
            {
                _report.Verbose($"{path} is left out: it is empty.");
                return;
            }

            LogTool tool = named is not null ? LogRoleName.ToolOf(named.Role) : LogFile.Identify(path).Tool;
            if (named is null && !IsRead(tool))
            {
                _report.Verbose($"{path} is left out: {(tool == LogTool.Unknown ? "no log of a known tool" : "a log of " + LogToolName.Of(tool) + ", which gives no segment")}.");
                return;
            }

            CollectedLog log = Read(path, run, tool);
            if (log.SampleCount == 0 && named is null && tool == LogTool.Ping)
            {
                _report.Verbose($"{path} is left out: {LogFileException.NoRecord(path, tool).Message}");
                return;
            }

            if (log.SampleCount == 0)
            {
                _report.FileProblem(path, LogFileException.NoRecord(path, log.Parser));
                return;
            }

            RefuseOtherEnd(log, named);
            collected.Add((log, named));
        }
        catch (LogFileException e) when (named is null && e.Problem is not (LogFileProblem.CompressionCut or LogFileProblem.CompressionDamaged or LogFileProblem.ExpandsTooFar))
        {
            _report.Verbose($"{path} is left out: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _report.FileProblem(path, e);
        }
    }

    /// <summary>
    /// Reads a file; one that is named for a kvm role may be the summary tool's. A file that cannot be read to its end is
    /// reported, and what came before is used.
    /// </summary>
    private CollectedLog Read(string path, string? run, LogTool tool)
    {
        CollectedLog? log = null;
        IReadOnlyList<LogTool> tools = tool == LogTool.KvmVhostTunLatency ? [tool, LogTool.KvmVhostTunSummary] : [tool];
        var options = new LogReadOptions { MaxExpandedBytes = _request.MaxExpandedBytes, Progress = _report.ProgressOf(path), Cancellation = _cancellation };
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
            _report.FileProblem(path, e);
        }

        log.Account();
        return log;

        LogParser ParserOf(LogIdentity identity)
        {
            log = new CollectedLog(path, run, identity.Tool, _request.Selection, _request.MaxSampleCount, _report);
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

    private List<EnvironmentLog> AssignRoles(List<(CollectedLog Log, NamedLog? Named)> collected, RunFiles run)
    {
        CollectedLog[] all = collected.Select(item => item.Log).ToArray();
        var logs = new List<EnvironmentLog>();
        foreach ((CollectedLog log, NamedLog? named) in collected)
        {
            RoleDecision decision = named is not null ? new RoleDecision(named.Role, "named by " + named.By) : RoleFinder.Find(log, all);
            if (named is null && decision.Role is { } found && collected.Exists(item => item.Named?.Role == found))
            {
                _report.Verbose($"{log.Path} is left out: -{LogRoleName.ParameterOf(found)} names another file for its role.");
                continue;
            }

            if (named is null && decision.Role is { } optional && LogRoleName.IsOptional(optional) && collected.Count(other => other.Named is null && other.Log.Facts.Tool == log.Facts.Tool && RoleFinder.Find(other.Log, all).Role == optional) > 1)
            {
                // A log that only adds to the picture must not cost the others: a ping is often kept from before the tools ran.
                decision = new RoleDecision(null, $"several files are {LogRoleName.Describe(optional)}, and none tells that its packets were traced");
            }

            Tell(log, decision);
            logs.Add(ToLog(log, decision, run));
        }

        LeaveOutEstimates(logs);
        RefuseTwoOfOneRole(logs);
        return logs;
    }

    /// <summary>Histograms are of use only where the role's latencies were printed in no run: estimates mix with nothing.</summary>
    private void LeaveOutEstimates(List<EnvironmentLog> logs)
    {
        foreach (EnvironmentLog estimate in logs.Where(log => log.Store.IsEstimate && log.RoleValue is not null).ToArray())
        {
            if (logs.Find(log => log.RoleValue == estimate.RoleValue && !log.Store.IsEstimate) is { } exact)
            {
                logs.Remove(estimate);
                _report.Verbose($"{estimate.File} is left out: it holds histograms, and '{exact.File}' has the latencies of its role.");
            }
        }
    }

    private void Tell(CollectedLog log, RoleDecision decision)
    {
        if (decision.Role is { } role)
        {
            _report.Verbose($"{log.Path} is the {LogRoleName.Describe(role)}: {decision.Reason}.");
            return;
        }

        string parameters = string.Join(" or ", Enum.GetValues<LogRole>()
            .Where(candidate => LogRoleName.CanFill(log.Facts.Tool, candidate))
            .Select(candidate => "-" + LogRoleName.ParameterOf(candidate)));
        _report.Warning($"The role of '{log.Path}' is not known: {decision.Reason}. Its rows enter no segment; name it by {parameters}.");
    }

    private static EnvironmentLog ToLog(CollectedLog log, RoleDecision decision, RunFiles run) => new()
    {
        Role = decision.Role?.ToString(),
        RoleValue = decision.Role,
        Tool = LogToolName.Of(log.Facts.Tool),
        ToolValue = log.Facts.Tool,
        Version = log.Facts.Version,
        Confidence = log.Facts.Confidence.ToString(),
        ProbeBoundary = log.Facts.ProbeBoundary,
        Run = run.Name,
        Cycle = run.Cycle,
        File = log.Path,
        Reason = decision.Reason,
        ParsedLineCount = log.Parser.Tally.Parsed,
        NoiseLineCount = log.Parser.Tally.Noise,
        MalformedLineCount = log.Parser.Tally.Malformed,
        IsThresholdBiased = log.Facts.IsThresholdBiased,
        Caveat = log.Caveat,
        DropCount = log.Facts.Tool == LogTool.IcmpDropDetector ? log.Facts.DropCount : null,
        PrintedTotalCount = log.Facts.PrintedTotalUs is null ? null : log.Facts.PrintedTotalCount,
        PrintedTotalUs = log.Facts.PrintedTotalUs,
        Origin = log.OriginOf(decision.Role, run.Machines),
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
