using System.Management.Automation;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Common;

/// <summary>What the importers of single logs share: paths, errors, line accounts, progress and Ctrl-C.</summary>
public abstract class LogImportCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _filesToFollow = [];
    private bool _isDisposed;

    /// <summary>Log files; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Log files by their literal names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Name of the environment; default: the file's folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Flagged samples take part in means.</summary>
    [Parameter]
    public SwitchParameter IncludeFlagged { get; set; }

    /// <summary>Sequence 1 of each run takes no part in means.</summary>
    [Parameter]
    public SwitchParameter ExcludeFirst { get; set; }

    /// <summary>Follows a growing file until Ctrl-C, or until Select-Object -First has enough.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Bytes that a compressed file may unpack to; default: 64 GiB, or 1000 times its size if that is less.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxExpandedBytes { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool literal = ParameterSetName == ParameterSets.LiteralPath;
        foreach (string path in PathResolver.Resolve(this, literal ? LiteralPath : Path, literal))
        {
            if (Directory.Exists(path))
            {
                WriteError(ErrorFactory.PathIsDirectory(path));
                continue;
            }

            // A file is followed for ever: nothing comes after it, so all of them are looked at first.
            if (Wait)
            {
                _filesToFollow.Add(path);
                continue;
            }

            Import(path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_filesToFollow.Count > 1)
        {
            ThrowTerminatingError(ErrorFactory.WaitNeedsOneFile(_filesToFollow.Count));
        }

        if (_filesToFollow.Count == 1)
        {
            Import(_filesToFollow[0]);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Reads one file.</summary>
    /// <param name="context">What its samples share.</param>
    private protected abstract void ReadFile(SampleContext context);

    /// <summary>The host that the user names; null where the log is asked.</summary>
    private protected virtual HostRole? HostRoleAsked => null;

    /// <summary>Frees what is held.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _stop.Dispose();
        }
    }

    /// <summary>Drives a parser over a file, then accounts for its lines: also when the file could not be read to its end.</summary>
    private protected void Read<TRecord>(SampleContext context, IReadOnlyList<LogTool> tools, Func<LogIdentity, ILogVisitor<TRecord>, LogParser> parserOf, RecordAction<TRecord> write, bool recordsExpected = true)
        where TRecord : struct
    {
        var report = new CommandReport(this);
        var visitor = new ObjectVisitor<TRecord>(context.File, report, write);
        LogParser? parser = null;
        var options = new LogReadOptions
        {
            MaxExpandedBytes = MyInvocation.BoundParameters.ContainsKey(nameof(MaxExpandedBytes)) ? MaxExpandedBytes : null,
            Wait = Wait,
            Progress = Wait ? null : report.ProgressOf(context.File),
            Cancellation = _stop.Token,
        };
        try
        {
            LogFile.Read(context.File, tools, identity => parser = parserOf(identity, visitor), options);
        }
        catch (IOException) when (parser is not null)
        {
            Account();
            throw;
        }

        Account();
        if (recordsExpected && visitor.RecordCount == 0)
        {
            throw LogFileException.NoRecord(context.File, parser!);
        }

        void Account()
        {
            report.CompleteProgress();
            LineAccount.Tell(report, context.File, parser!, visitor.RecordCount, visitor.IssueCount);
        }
    }

    private void Import(string path)
    {
        string? folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path));
        var selection = new SampleSelection(IncludeFlagged, ExcludeFirst);
        string? environment = Environment ?? (string.IsNullOrEmpty(folder) ? null : folder);
        try
        {
            ReadFile(new SampleContext(environment, path, selection, HostRoleAsked));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorFactory.File(path, e));
        }
    }
}
