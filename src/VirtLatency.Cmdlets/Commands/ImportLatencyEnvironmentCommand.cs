using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Environments;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>Import-LatencyEnvironment: folders of logs, or one log per role, as environments.</summary>
[Cmdlet(VerbsData.Import, "LatencyEnvironment", DefaultParameterSetName = ParameterSets.Role)]
[OutputType(typeof(LatencyEnvironment))]
public sealed class ImportLatencyEnvironmentCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _folderCount;

    /// <summary>Folders, each one environment; its subfolders are repeated runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Folders by their literal names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Names of the environments, one per folder; default: the folders' names.</summary>
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

    private long? ExpansionLimit => MyInvocation.BoundParameters.ContainsKey(nameof(MaxExpandedBytes)) ? MaxExpandedBytes : null;

    private bool IsLiteral => ParameterSetName == ParameterSets.LiteralPath;

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Dictionary<LogRole, string> named = NamedLogs();
        if (ParameterSetName == ParameterSets.Role)
        {
            if (!Enum.GetValues<LogRole>().Any(role => MyInvocation.BoundParameters.ContainsKey(LogRoleName.ParameterOf(role))))
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
        string?[] folders = (IsLiteral ? LiteralPath : Path)
            .SelectMany(path => PathResolver.Resolve(this, [path], IsLiteral).DefaultIfEmpty<string?>(null))
            .ToArray();
        if (Name is not null && _folderCount + folders.Length > Name.Length)
        {
            ThrowTerminatingError(ErrorFactory.NameCountDiffers(Name.Length, _folderCount + folders.Length));
        }

        if (named.Count > 0 && folders.Length > 1)
        {
            ThrowTerminatingError(ErrorFactory.NamedLogsNeedOneFolder(folders.Length));
        }

        foreach (string? folder in folders)
        {
            string? name = Name?[_folderCount++];
            if (folder is not null)
            {
                ReadFolder(folder, name, named);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Name is not null && ParameterSetName != ParameterSets.Role && _folderCount < Name.Length)
        {
            ThrowTerminatingError(ErrorFactory.NameCountDiffers(Name.Length, _folderCount));
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
        Read(new EnvironmentRequest(Name?[0] ?? folder, null, named, Selection(), MaxSampleCount, ExpansionLimit));
    }

    private void ReadFolder(string folder, string? name, Dictionary<LogRole, string> named)
    {
        if (!Directory.Exists(folder))
        {
            WriteError(ErrorFactory.PathNotDirectory(folder));
            return;
        }

        string own = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(folder));
        Read(new EnvironmentRequest(name ?? own, folder, named, Selection(), MaxSampleCount, ExpansionLimit));
    }

    private void Read(EnvironmentRequest request)
    {
        var report = new CommandReport(this);
        try
        {
            LatencyEnvironment environment = EnvironmentReader.Read(request, report, _stop.Token);
            report.CompleteProgress();
            WriteObject(environment);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (EnvironmentException e)
        {
            WriteError(ErrorFactory.EnvironmentNotRead(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorFactory.File(request.Folder ?? request.Name, e));
        }
    }

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
