using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-LatencyEnvironment: folders of logs, manifests, exported files, or one log per role, as environments.</summary>
[Cmdlet(VerbsData.Import, "LatencyEnvironment", DefaultParameterSetName = ParameterSets.Role)]
[OutputType(typeof(LatencyEnvironment))]
public sealed class ImportLatencyEnvironmentCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _environmentCount;

    /// <summary>Folders, each one environment whose subfolders are repeated runs; manifests; files of Export-LatencyEnvironment.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same by their literal names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Names of the environments, one for each; default: the manifest's, the folder's, or the one it was exported with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>kernel_icmp_rtt tx of the VM that pings.</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? SenderVmLog { get; set; }

    /// <summary>kernel_icmp_rtt rx of the VM that answers.</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? ReceiverVmLog { get; set; }

    /// <summary>icmp_drop_detector of the sender's host.</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? SenderHostLog { get; set; }

    /// <summary>icmp_drop_detector of the receiver's host.</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? ReceiverHostLog { get; set; }

    /// <summary>tun_tx_to_kvm_irq of the receiver's host (segment E).</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? ReceiverTunIrqLog { get; set; }

    /// <summary>tun_tx_to_kvm_irq of the sender's host (segment L).</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? SenderTunIrqLog { get; set; }

    /// <summary>kvm_vhost_tun_latency of the sender's host (segment B_1).</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? SenderKvmTunLog { get; set; }

    /// <summary>kvm_vhost_tun_latency of the receiver's host (segment I_1).</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? ReceiverKvmTunLog { get; set; }

    /// <summary>Output of ping itself in the VM that pings (container PingRtt).</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? SenderPingLog { get; set; }

    /// <summary>Output of a ping in the same VM while no tool ran: what the tools cost is told against it.</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [Parameter(ParameterSetName = ParameterSets.Role)]
    [ValidateNotNullOrEmpty]
    public string? SenderPingWithoutToolsLog { get; set; }

    /// <summary>Samples kept per file; beyond it aggregates and a random choice of that many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxSampleCount { get; set; } = SampleStore.DefaultMaxSampleCount;

    /// <summary>Bytes that a compressed file may unpack to; default: 64 GiB, or 1000 times its size if that is less.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxExpandedBytes { get; set; }

    /// <summary>Flagged samples take part in means.</summary>
    [Parameter]
    public SwitchParameter IncludeFlagged { get; set; }

    /// <summary>Sequence 1 of each run takes no part in means.</summary>
    [Parameter]
    public SwitchParameter ExcludeFirst { get; set; }

    private long? ExpansionLimit => IsBound(nameof(MaxExpandedBytes)) ? MaxExpandedBytes : null;

    private bool IsLiteral => ParameterSetName == ParameterSets.LiteralPath;

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Dictionary<LogRole, string> named = NamedLogs();
        if (ParameterSetName == ParameterSets.Role)
        {
            if (!Enum.GetValues<LogRole>().Any(role => IsBound(LogRoleName.ParameterOf(role))))
            {
                ThrowTerminatingError(ErrorFactory.NothingToImport());
            }

            if (Name?.Length > 1)
            {
                ThrowTerminatingError(ErrorFactory.NameCountDiffers(Name.Length, 1));
            }

            ReadNamed(named);
            return;
        }

        // A path that resolves to nothing keeps its place, so that names stay with their folders.
        string?[] paths = (IsLiteral ? LiteralPath : Path)
            .SelectMany(path => PathResolver.Resolve(this, [path], IsLiteral).DefaultIfEmpty<string?>(null))
            .ToArray();
        int[] counts = [.. paths.Select(CountIn)];
        if (Name is not null && _environmentCount + counts.Sum() > Name.Length)
        {
            ThrowTerminatingError(ErrorFactory.NameCountDiffers(Name.Length, _environmentCount + counts.Sum()));
        }

        if (named.Count > 0 && paths.Length > 1)
        {
            ThrowTerminatingError(ErrorFactory.NamedLogsNeedOneFolder(paths.Length));
        }

        for (int i = 0; i < paths.Length; i++)
        {
            string[]? names = Name?[_environmentCount..(_environmentCount + counts[i])];
            _environmentCount += counts[i];
            if (paths[i] is { } path)
            {
                ReadPath(path, names, named);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Name is not null && ParameterSetName != ParameterSets.Role && _environmentCount < Name.Length)
        {
            ThrowTerminatingError(ErrorFactory.NameCountDiffers(Name.Length, _environmentCount));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    private void ReadNamed(Dictionary<LogRole, string> named)
    {
        if (named.Count == 0)
        {
            return;
        }

        string folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(named.Values.First())) ?? string.Empty;
        Guard(folder, () => Read(RequestOf(Name?[0] ?? folder, null, named)));
    }

    /// <summary>Environments of a path, for names: an exported file may hold several. What cannot be read counts as one.</summary>
    private int CountIn(string? path)
    {
        if (Name is null || path is null || !File.Exists(path))
        {
            return 1;
        }

        try
        {
            return EnvironmentFile.IsOne(path) ? EnvironmentFile.NamesIn(path, Options).Count : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said when it is read.
            return 1;
        }
    }

    private void ReadPath(string path, string[]? names, Dictionary<LogRole, string> named) => Guard(path, () =>
    {
        bool isFolder = Directory.Exists(path);
        if (!isFolder && EnvironmentFile.IsOne(path))
        {
            ReadExported(path, names, named);
        }
        else if (isFolder)
        {
            Read(RequestOf(names?[0], path, named));
        }
        else if (EnvironmentManifest.IsOne(path))
        {
            Read(RequestOf(names?[0], null, named) with { Manifest = path });
        }
        else
        {
            WriteError(ErrorFactory.PathNotDirectory(path));
        }
    });

    private void ReadExported(string path, string[]? names, Dictionary<LogRole, string> named)
    {
        if (named.Count > 0)
        {
            WriteError(ErrorFactory.RolesNamedTwice(path));
            return;
        }

        var report = new CommandReport(this);
        IReadOnlyList<LatencyEnvironment> environments = EnvironmentFile.Read(path, Options);
        WriteVerbose($"{path} was written by Export-LatencyEnvironment and holds {string.Join(", ", environments)}.");
        bool isSelected = IsBound(nameof(IncludeFlagged)) || IsBound(nameof(ExcludeFirst));
        for (int i = 0; i < environments.Count; i++)
        {
            LatencyEnvironment environment = Reselection.Apply(environments[i], isSelected ? Selection() : null, IsBound(nameof(MaxSampleCount)) ? MaxSampleCount : null, report);
            WriteObject(names is null ? environment : environment.Renamed(names[i]));
        }
    }

    private EnvironmentRequest RequestOf(string? name, string? folder, Dictionary<LogRole, string> named) =>
        new(name, folder, named, Selection(), MaxSampleCount, ExpansionLimit) { DataFileParser = DataFile.Parse };

    private void Read(EnvironmentRequest request)
    {
        var report = new CommandReport(this);
        LatencyEnvironment environment = EnvironmentReader.Read(request, report, _stop.Token);
        report.CompleteProgress();
        WriteObject(environment);
    }

    private void Guard(string path, Action read)
    {
        try
        {
            read();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (EnvironmentException e)
        {
            WriteError(ErrorFactory.EnvironmentNotRead(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ManifestException)
        {
            WriteError(ErrorFactory.File(path, e));
        }
    }

    private LogReadOptions Options => new() { MaxExpandedBytes = ExpansionLimit, Cancellation = _stop.Token };

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private SampleSelection Selection() => new(IncludeFlagged, ExcludeFirst);

    private Dictionary<LogRole, string> NamedLogs()
    {
        var named = new Dictionary<LogRole, string>();
        Add(LogRole.SenderVm, SenderVmLog);
        Add(LogRole.ReceiverVm, ReceiverVmLog);
        Add(LogRole.SenderHost, SenderHostLog);
        Add(LogRole.ReceiverHost, ReceiverHostLog);
        Add(LogRole.ReceiverTunIrq, ReceiverTunIrqLog);
        Add(LogRole.SenderTunIrq, SenderTunIrqLog);
        Add(LogRole.SenderKvmTun, SenderKvmTunLog);
        Add(LogRole.ReceiverKvmTun, ReceiverKvmTunLog);
        Add(LogRole.SenderPing, SenderPingLog);
        Add(LogRole.SenderPingWithoutTools, SenderPingWithoutToolsLog);
        return named;

        void Add(LogRole role, string? path)
        {
            if (path is null || PathResolver.Existing(this, path) is not { } existing)
            {
                return;
            }

            if (Directory.Exists(existing))
            {
                WriteError(ErrorFactory.PathIsDirectory(existing));
                return;
            }

            named.Add(role, existing);
        }
    }
}
