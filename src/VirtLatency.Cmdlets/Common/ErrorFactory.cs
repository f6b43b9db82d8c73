using System.Management.Automation;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.CpuIdle.Vhost;
using VirtLatency.CpuIdle.Wakeup;
using VirtLatency.Environments;
using VirtLatency.Parsing;
using VirtLatency.Report;

namespace VirtLatency.Common;

/// <summary>Every error of the module: its id, its category, and the value that caused it.</summary>
internal static class ErrorFactory
{
    public static ErrorRecord PathNotFound(string path) =>
        new(
        new ItemNotFoundException(WildcardPattern.ContainsWildcardCharacters(path)
            ? $"Nothing matches '{path}'. If that is the file's literal name, use -LiteralPath."
            : $"'{path}' does not exist. Check the spelling."),
        "PathNotFound",
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord PathNotFileSystem(string path) =>
        new(new PSArgumentException($"'{path}' is not in a file system. Give a file's path."), "PathNotFileSystem", ErrorCategory.InvalidArgument, path);

    public static ErrorRecord PathIsDirectory(string path) =>
        new(new IOException($"'{path}' is a folder, not a log. Read the folder with Import-LatencyEnvironment, or give its files ('{path}/*.log')."), "PathIsDirectory", ErrorCategory.InvalidArgument, path);

    public static ErrorRecord PathNotDirectory(string path) =>
        new(new IOException($"'{path}' is a file, but no manifest (.psd1, .json) and nothing that Export-LatencyEnvironment wrote. Read one log with its Import-*Log cmdlet, or name its role (-SenderVmLog and so on)."), "PathNotDirectory", ErrorCategory.InvalidArgument, path);

    public static ErrorRecord WaitNeedsOneFile(int files) => new(
        new PSArgumentException(FormattableString.Invariant($"-Wait follows one file, but {files} are given. Follow each in a shell of its own.")),
        "WaitNeedsOneFile",
        ErrorCategory.InvalidArgument,
        files);

    public static ErrorRecord LineMalformed(string path, ParseIssue issue) => new(
        new InvalidDataException(FormattableString.Invariant($"{path}:{issue.Line}: {issue.Message}.")),
        "LogLineMalformed",
        ErrorCategory.InvalidData,
        FormattableString.Invariant($"{path}:{issue.Line}"));

    public static ErrorRecord EnvironmentNotRead(EnvironmentException cause) => cause.Role is null
        ? new ErrorRecord(cause, "EnvironmentEmpty", ErrorCategory.ObjectNotFound, cause.Path)
        : new ErrorRecord(cause, "RoleAmbiguous", ErrorCategory.InvalidData, cause.Path);

    public static ErrorRecord NameCountDiffers(int names, int folders) => new(
        new PSArgumentException(FormattableString.Invariant($"-Name and the environments do not match: {names} names against {folders} environments. Give one name per folder, manifest or environment in an exported file, in the same order, or none to use their own names.")),
        "NameCountDiffers",
        ErrorCategory.InvalidArgument,
        names);

    public static ErrorRecord NamedLogsNeedOneFolder(int folders) => new(
        new PSArgumentException(FormattableString.Invariant($"Logs named for a role belong to one environment, but {folders} folders are given. Read the folders one by one.")),
        "NamedLogsNeedOneFolder",
        ErrorCategory.InvalidArgument,
        folders);

    public static ErrorRecord InputNotLatencyData(object? input, string wanted) => new(
        new PSArgumentException($"{Describe(input)} is not {wanted}."),
        "InputNotLatencyData",
        ErrorCategory.InvalidType,
        input);

    public static ErrorRecord SampleDeserialized(PSObject input) => new(
        new PSArgumentException($"This sample ({input.TypeNames[0]}) went through a serialization (Import-Clixml, a job, a remote session). Import its log again on this machine."),
        "InputNotLatencyData",
        ErrorCategory.InvalidType,
        input);

    public static ErrorRecord NothingToImport() => new(
        new PSArgumentException("Nothing to import: give a folder, or name at least one log by its role (-SenderVmLog and so on)."),
        "NothingToImport",
        ErrorCategory.InvalidArgument,
        null);

    public static ErrorRecord EnvironmentDeserialized(object input) => new(
        new PSArgumentException("This environment went through a serialization (Export-Clixml, a job, a remote session), which keeps no samples. Import the logs again with Import-LatencyEnvironment. To keep an environment or to move it, use Export-LatencyEnvironment, and Import-LatencyEnvironment to read it back."),
        "EnvironmentDeserialized",
        ErrorCategory.InvalidData,
        input);

    public static ErrorRecord FileExists(string path) => new(
        new IOException($"'{path}' exists. Give another name, or -Force to replace it."),
        "FileExists",
        ErrorCategory.ResourceExists,
        path);

    public static ErrorRecord NothingToExport(string path) => new(
        new PSArgumentException($"No environment came, so '{path}' was not written."),
        "NothingToExport",
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord FileNotWritten(string path, Exception cause) => cause is UnauthorizedAccessException
        ? new ErrorRecord(new UnauthorizedAccessException($"No permission to write '{path}'. Choose another folder, or write as its owner.", cause), "PathAccessDenied", ErrorCategory.PermissionDenied, path)
        : new ErrorRecord(new IOException($"'{path}' cannot be written: {cause.Message}", cause), "FileNotWritten", ErrorCategory.WriteError, path);

    public static ErrorRecord ExportFolderMissing(string path) => new(
        new DirectoryNotFoundException($"'{path}' cannot be written: its folder does not exist. Make the folder first."),
        "PathNotFound",
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord ExportPathIsDirectory(string path, string example) => new(
        new IOException($"'{path}' is a folder. Give the name of a file, for instance '{System.IO.Path.Combine(path, example)}'."),
        "PathIsDirectory",
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord RolesNamedTwice(string path) => new(
        new PSArgumentException($"The logs of '{path}' have their roles already: name logs by a role parameter only beside a folder without a manifest."),
        "RolesNamedTwice",
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord Manifest(ManifestException cause) => new(
        cause,
        cause.Problem switch
        {
            ManifestProblem.FileNotFound => "ManifestFileNotFound",
            ManifestProblem.RolesNamedTwice => "RolesNamedTwice",
            _ => "ManifestInvalid",
        },
        cause.Problem == ManifestProblem.FileNotFound ? ErrorCategory.ObjectNotFound : ErrorCategory.InvalidData,
        FormattableString.Invariant($"{cause.Path}:{cause.Line}"));

    public static ErrorRecord LevelNeedsEnvironment(string parameter) => new(
        new PSArgumentException($"-{parameter} is for environments; rows of a breakdown are already cut and have no samples to test. Give environments, or leave -{parameter} out."),
        "LevelNeedsEnvironment",
        ErrorCategory.InvalidArgument,
        parameter);

    public static ErrorRecord MixedInput(string parameter) => new(
        new PSArgumentException($"-{parameter}: environments and breakdown rows are mixed. Give the one or the other on both sides."),
        "MixedInput",
        ErrorCategory.InvalidArgument,
        parameter);

    public static ErrorRecord SeveralReferences(int count) => new(
        new PSArgumentException(FormattableString.Invariant($"-Reference holds {count} environments, as such or as rows. Compare against one.")),
        "SeveralReferences",
        ErrorCategory.InvalidArgument,
        count);

    public static ErrorRecord SeveralDifferences(int count) => new(
        new PSArgumentException(FormattableString.Invariant($"-Difference holds {count} environments. A report compares one with the reference: make one report for each.")),
        "SeveralDifferences",
        ErrorCategory.InvalidArgument,
        count);

    public static ErrorRecord ReportFormatUnknown(string path, IEnumerable<string> extensions) => new(
        new PSArgumentException($"'{path}' does not say what to write: a report's file ends in {string.Join(", ", extensions)}."),
        "ReportFormatUnknown",
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord ReportingMissing(string path, Exception? cause) => new(
        new FileNotFoundException($"Reports need '{path}', which cannot be loaded. Copy the module with its folder lib.", path, cause),
        "ReportingMissing",
        ErrorCategory.NotInstalled,
        path);

    /// <summary>A report that is not made; the problem's name is the id.</summary>
    public static ErrorRecord Report(ReportException cause, string path) => new(cause, cause.Problem.ToString(), ErrorCategory.InvalidData, path);

    /// <summary>B_1 on one side and I_1 on the other.</summary>
    public static ErrorRecord MixedDirection(MixedDirection mixed) => new(
        new PSInvalidOperationException($"{mixed.BeforeSegment} is not compared with {mixed.AfterSegment}: before, the kvm log is of the {DirectionOf(mixed.BeforeSegment)}, after ('{mixed.AfterFile ?? "(samples)"}') of the {DirectionOf(mixed.AfterSegment)}. One worker slept a ping interval, the other ran a moment ago, so they differ whatever was changed. Capture the same direction again, or give -AllowMixedDirection and read the note."),
        "MixedDirection",
        ErrorCategory.InvalidOperation,
        mixed.AfterFile ?? mixed.AfterSegment);

    public static ErrorRecord WorkloadLineMalformed(string path, ParseIssue issue) => new(
        new InvalidDataException(FormattableString.Invariant($"{path}:{issue.Line}: {issue.Message}. The line is left out.")),
        "WorkloadLineMalformed",
        ErrorCategory.InvalidData,
        FormattableString.Invariant($"{path}:{issue.Line}"));

    public static ErrorRecord WorkloadInvalid(WorkloadException cause) => new(
        cause,
        "WorkloadInvalid",
        ErrorCategory.InvalidData,
        FormattableString.Invariant($"{cause.Path}:{cause.Line}"));

    public static ErrorRecord WorkloadIsDirectory(string path) => new(
        new IOException($"'{path}' is a folder. Give -Workload a csv file."),
        "PathIsDirectory",
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord ParametersExclude(string one, string other, string reason) => new(
        new PSArgumentException($"-{one} and -{other} do not go together: {reason}. Give one of them."),
        "ParametersExclude",
        ErrorCategory.InvalidArgument,
        other);

    public static ErrorRecord UntilNeedsOneTree(int trees) => new(
        new PSArgumentException(FormattableString.Invariant($"-Until compares two captured trees of one host, but -SysRoot names {trees}. Give the earlier one with -SysRoot and the later one with -Until.")),
        "UntilNeedsOneTree",
        ErrorCategory.InvalidArgument,
        trees);

    public static ErrorRecord CheckScriptInvalid(string path, Exception cause) => new(cause, "CheckScriptInvalid", ErrorCategory.InvalidData, path);

    /// <summary>A host that cannot be reached, read or written.</summary>
    public static ErrorRecord HostAccess(HostAccessException cause) => cause.Problem switch
    {
        HostAccessProblem.Denied => new ErrorRecord(cause, "HostAccessDenied", ErrorCategory.PermissionDenied, cause.HostName),
        HostAccessProblem.Missing => new ErrorRecord(cause, "HostFileMissing", ErrorCategory.ObjectNotFound, cause.HostName),
        HostAccessProblem.ReadOnly => new ErrorRecord(cause, "HostReadOnly", ErrorCategory.InvalidOperation, cause.HostName),
        HostAccessProblem.Refused => new ErrorRecord(cause, "HostValueRefused", ErrorCategory.WriteError, cause.HostName),
        HostAccessProblem.TimedOut => new ErrorRecord(cause, "HostTimedOut", ErrorCategory.OperationTimeout, cause.HostName),
        HostAccessProblem.NoSuchCpu => new ErrorRecord(cause, "CpuNotFound", ErrorCategory.ObjectNotFound, cause.HostName),
        HostAccessProblem.Changed => new ErrorRecord(cause, "HostChanged", ErrorCategory.ResourceExists, cause.HostName),
        HostAccessProblem.Busy => new ErrorRecord(cause, "HostBusy", ErrorCategory.ResourceBusy, cause.HostName),
        HostAccessProblem.BadName => new ErrorRecord(cause, "HostNameInvalid", ErrorCategory.InvalidArgument, cause.HostName),
        _ => new ErrorRecord(cause, "HostUnreachable", ErrorCategory.ConnectionError, cause.HostName),
    };

    /// <summary>A limit that is not set or not taken back; the problem's name is the id.</summary>
    public static ErrorRecord Limit(LimitException cause) => new(
        cause,
        cause.Problem.ToString(),
        cause.Problem switch
        {
            LimitProblem.UnknownState or LimitProblem.JournalNotFound or LimitProblem.NoCpuIdle or LimitProblem.NothingToCheck => ErrorCategory.ObjectNotFound,
            LimitProblem.JournalNotWritten or LimitProblem.LimitNotWritten or LimitProblem.RollbackFailed or LimitProblem.RevertNotArmed =>
                cause.InnerException is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
            LimitProblem.JournalInvalid => ErrorCategory.InvalidData,
            LimitProblem.JournalNotTrusted => ErrorCategory.SecurityError,
            LimitProblem.HostChanged => ErrorCategory.ResourceExists,
            LimitProblem.PollingOnly or LimitProblem.PollingState => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.InvalidOperation,
        },
        cause.HostName);

    /// <summary>The CPUs behind a tap device that are not known; the problem's name is the id.</summary>
    public static ErrorRecord Vhost(VhostException cause) => new(
        cause,
        cause.Problem.ToString(),
        cause.Problem switch
        {
            VhostProblem.DeviceProcessDenied => ErrorCategory.PermissionDenied,
            VhostProblem.DeviceNotTap => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.ObjectNotFound,
        },
        cause.Device);

    public static ErrorRecord SeveralHosts(int hosts) => new(
        new PSArgumentException(FormattableString.Invariant($"{hosts} hosts are given. Confirm each with -Confirm, or give -Force; -WhatIf shows what would change.")),
        "SeveralHosts",
        ErrorCategory.InvalidArgument,
        hosts);

    public static ErrorRecord JournalIsOneFile(string path, int hosts) => new(
        new PSArgumentException(FormattableString.Invariant($"'{path}' is one file, but {hosts} hosts need a journal each. Give -JournalPath a folder.")),
        "JournalIsOneFile",
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord CanaryFailed(string hostName, string reason, int left) => new(
        new InvalidOperationException(FormattableString.Invariant($"The first host, {hostName}, does not keep the limit ({reason}), so the other {left} were not changed. Restore-CStateLimit takes it back there.")),
        "CanaryFailed",
        ErrorCategory.InvalidResult,
        hostName);

    public static ErrorRecord NotAChange(object? input) => new(
        new PSArgumentException($"{Describe(input)} is no change of Set-CStateLimit: it needs HostName, Before and After as that command gave them."),
        "InputNotCStateChange",
        ErrorCategory.InvalidType,
        input);

    /// <summary>Files of a host that failed in a way which nothing closer to them has named.</summary>
    public static ErrorRecord HostFiles(string? host, Exception cause) => cause is UnauthorizedAccessException
        ? new ErrorRecord(cause, "HostAccessDenied", ErrorCategory.PermissionDenied, host)
        : new ErrorRecord(cause, "HostFileNotRead", ErrorCategory.ReadError, host);

    /// <summary>A boot file, by what is wrong with it.</summary>
    public static ErrorRecord BootFile(BootFileException cause) => new(
        cause,
        "BootFile" + cause.Problem,
        cause.Problem switch
        {
            BootFileProblem.Missing => ErrorCategory.ObjectNotFound,
            BootFileProblem.Malformed => ErrorCategory.InvalidData,
            BootFileProblem.TooLong => ErrorCategory.LimitsExceeded,
            BootFileProblem.Changed => ErrorCategory.ResourceBusy,
            BootFileProblem.NotSynced => ErrorCategory.WriteError,
            _ => ErrorCategory.InvalidOperation,
        },
        FormattableString.Invariant($"{cause.Path}:{cause.Line}"));

    public static ErrorRecord BootFileNotWritten(string path, Exception cause) => cause is UnauthorizedAccessException
        ? new ErrorRecord(new UnauthorizedAccessException($"No permission for {path}: {cause.Message} Nothing was changed. Run as root (sudo pwsh).", cause), "BootFileAccessDenied", ErrorCategory.PermissionDenied, path)
        : new ErrorRecord(new IOException($"{path} cannot be edited: {cause.Message} It is as it was.", cause), "BootFileNotWritten", ErrorCategory.WriteError, path);

    public static ErrorRecord BootParameterUnknown(string name) => new(
        new PSArgumentException($"'{name}' is no kernel parameter of idle states. Give one of: {string.Join(", ", BootParameters.Names)}."),
        "BootParameterUnknown",
        ErrorCategory.InvalidArgument,
        name);

    public static ErrorRecord BootValueInvalid(string name, string? value, string complaint) => new(
        new PSArgumentException($"{name} cannot be set to '{value}': {complaint}."),
        "BootValueInvalid",
        ErrorCategory.InvalidArgument,
        value);

    public static ErrorRecord BootPollingOnly(string hostName, double? limitUs, IdleState? shallowest) => new(
        new PSInvalidOperationException(FormattableString.Invariant(
            $"{(limitUs is null ? "This setting" : FormattableString.Invariant($"A limit of {limitUs} us"))} leaves every CPU of {hostName} polling only: 100 % busy, no turbo, siblings starved. The shallowest state there is {shallowest?.Name ?? "none"} with {shallowest?.ExitLatencyUs ?? 0} us. Use that limit or more; a setting by name is taken with -AllowPolling.")),
        "PollingOnly",
        ErrorCategory.InvalidArgument,
        hostName);

    public static ErrorRecord BootLimitImpossible(string hostName, string? driver, double limitUs, bool isUniform) => new(
        new PSInvalidOperationException(FormattableString.Invariant(
            $"No kernel parameter keeps exactly the states above {limitUs} us out on {hostName} ({(isUniform ? "driver " + (driver ?? "none") : "its CPUs have different states")}). Get-CStateBootParameter -MaxExitLatencyUs {limitUs} shows the ways that there are.")),
        "BootLimitImpossible",
        ErrorCategory.InvalidOperation,
        hostName);

    public static ErrorRecord RegenerateNeedsHost(string root) => new(
        new PSInvalidOperationException($"'{root}' is a tree: the boot loader's files are made on the host itself. Leave -Regenerate out, and run the command that is shown there."),
        "RegenerateNeedsHost",
        ErrorCategory.InvalidArgument,
        root);

    public static ErrorRecord RegenerateFailed(string command, int code, string output) => new(
        new PSInvalidOperationException(FormattableString.Invariant($"'{command}' ended with {code}: {output} The setting stands in its file, but the boot loader's files were not made anew. Run the command by hand.")),
        "RegenerateFailed",
        ErrorCategory.FromStdErr,
        command);

    public static ErrorRecord WakeupNotMeasured(WakeupException cause) => new(
        cause,
        cause.Problem switch
        {
            WakeupProblem.NeedsTwoCpus => "WakeupNeedsTwoCpus",
            WakeupProblem.SleeperNotAnswering => "WakeupSleeperNotAnswering",
            WakeupProblem.MeasurementTooLong => "WakeupMeasurementTooLong",
            _ => cause.Problem.ToString(),
        },
        cause.Problem switch
        {
            WakeupProblem.PlatformNotSupported => ErrorCategory.NotImplemented,
            WakeupProblem.NeedsTwoCpus => ErrorCategory.ResourceUnavailable,
            WakeupProblem.CpuNotOnline => ErrorCategory.ObjectNotFound,
            WakeupProblem.CpuNotAllowed => ErrorCategory.PermissionDenied,
            WakeupProblem.SleeperNotAnswering => ErrorCategory.OperationTimeout,
            WakeupProblem.MeasurementTooLong => ErrorCategory.LimitsExceeded,
            WakeupProblem.WakerIsSleeper => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.ResourceBusy,
        },
        cause.Cpu);

    /// <summary>A file that cannot be used, by its cause.</summary>
    public static ErrorRecord File(string path, Exception cause) => cause switch
    {
        ManifestException manifest => Manifest(manifest),
        EnvironmentFileException file => new ErrorRecord(cause, "EnvironmentFile" + file.Problem, file.Problem == EnvironmentFileProblem.ExpandsTooFar ? ErrorCategory.LimitsExceeded : ErrorCategory.InvalidData, path),
        LogFileException { Problem: LogFileProblem.Empty } => new ErrorRecord(cause, "LogEmpty", ErrorCategory.InvalidData, path),
        LogFileException { Problem: LogFileProblem.Binary } => new ErrorRecord(cause, "LogBinary", ErrorCategory.InvalidData, path),
        LogFileException { Problem: LogFileProblem.NoRecord } => new ErrorRecord(cause, "LogWithoutRecord", ErrorCategory.InvalidData, path),
        LogFileException { Problem: LogFileProblem.CompressionCut or LogFileProblem.CompressionDamaged } => new ErrorRecord(cause, "LogCompressionDamaged", ErrorCategory.InvalidData, path),
        LogFileException { Problem: LogFileProblem.ExpandsTooFar } => new ErrorRecord(cause, "LogExpandsTooFar", ErrorCategory.LimitsExceeded, path),
        LogFileException { Problem: LogFileProblem.NotFollowable } => new ErrorRecord(cause, "LogNotFollowable", ErrorCategory.InvalidArgument, path),
        LogFileException => new ErrorRecord(cause, "LogWrongTool", ErrorCategory.InvalidData, path),
        UnauthorizedAccessException => new ErrorRecord(
            new UnauthorizedAccessException($"No permission to read '{path}'. Run as its owner or root (sudo), or change its mode.", cause), "PathAccessDenied", ErrorCategory.PermissionDenied, path),
        FileNotFoundException or DirectoryNotFoundException => PathNotFound(path),
        _ => new ErrorRecord(new IOException($"'{path}' cannot be read: {cause.Message}", cause), "LogUnreadable", ErrorCategory.ReadError, path),
    };

    private static string DirectionOf(string segment) => segment == "B_1" ? "request, at the sender's host" : "reply, at the receiver's host";

    private static string Describe(object? input) => input is null ? "Null" : $"An object of type {input.GetType().FullName}";
}
