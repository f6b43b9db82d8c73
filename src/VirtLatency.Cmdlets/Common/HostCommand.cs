using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.CpuIdle.Vhost;

namespace VirtLatency.Common;

/// <summary>
/// What commands on hosts share: which hosts, how many at a time, errors per host, and Ctrl-C. Hosts are worked on by
/// threads of their own; whatever they have for the streams is posted and written on the pipeline's thread, host by host
/// in the order asked for. The failure of one host is an error about that host and stops no other.
/// </summary>
public abstract class HostCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<HostTarget, IHostAccess> _kept = new();
    private int _hostCount;
    private bool _isDisposed;

    /// <summary>Other machines, by the names that ssh knows them by; without it and without -SysRoot, this machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = [];

    /// <summary>Captured trees: folders that hold a copy of a host's sys and proc.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] SysRoot { get; set; } = [];

    /// <summary>The CPUs, as numbers and ranges; default: all.</summary>
    [Parameter]
    [CpuList]
    [ValidateNotNullOrEmpty]
    public int[] Cpu { get; set; } = [];

    /// <summary>Hosts that are worked on at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Ends with Ctrl-C or a downstream command that has enough.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Frees what the command holds.</summary>
    /// <param name="disposing">True when called by Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            Parallel.ForEach(_kept.Values, host => host.Dispose());
            _stop.Dispose();
        }
    }

    /// <summary>The hosts asked for: none where only folders that do not exist were given (reported). Both parameters together end the command.</summary>
    private protected IReadOnlyList<HostTarget> Targets()
    {
        if (HostName.Length > 0 && SysRoot.Length > 0)
        {
            ThrowTerminatingError(ErrorFactory.ParametersExclude(nameof(HostName), nameof(SysRoot), "a captured tree is on this machine"));
        }

        if (SysRoot.Length > 0)
        {
            return [.. PathResolver.Resolve(this, SysRoot, literal: true).Distinct(StringComparer.Ordinal).Select(root => new HostTarget(null, root))];
        }

        return HostName.Length > 0 ? [.. HostName.Distinct(StringComparer.Ordinal).Select(name => new HostTarget(name, null))] : [new HostTarget(null, null)];
    }

    /// <summary>Opens each target, works on it on a thread of its own, and writes what came of it on the pipeline's thread.</summary>
    /// <param name="targets">The hosts.</param>
    /// <param name="work">Runs on a thread of its own: must not touch the cmdlet but through the Action that it is given, which posts to the pipeline's thread.</param>
    /// <param name="write">Takes the result, on the pipeline's thread.</param>
    private protected void OnHosts<TResult>(IReadOnlyList<HostTarget> targets, Func<IHostAccess, Action<Action>, TResult> work, Action<TResult> write) =>
        OnTargets(
            targets,
            (target, post) =>
            {
                using IHostAccess host = HostAccessFactory.Open(target.HostName, target.SysRoot);
                return work(host, post);
            },
            write);

    /// <summary>
    /// Works on a host that stays open for the command's next step: reading, asking and writing take one connection.
    /// With more hosts than are worked on at the same time, each is closed behind its step.
    /// </summary>
    /// <exception cref="HostAccessException">It cannot be opened.</exception>
    private protected TResult With<TResult>(HostTarget target, Func<IHostAccess, TResult> work)
    {
        try
        {
            return work(_kept.GetOrAdd(target, one => HostAccessFactory.Open(one.HostName, one.SysRoot)));
        }
        finally
        {
            if (_hostCount > ThrottleLimit && _kept.TryRemove(target, out IHostAccess? host))
            {
                host.Dispose();
            }
        }
    }

    /// <summary>Works on each item, of a host of its own, on a thread of its own; the work opens the host itself.</summary>
    private protected void OnTargets<TItem, TResult>(IReadOnlyList<TItem> targets, Func<TItem, Action<Action>, TResult> work, Action<TResult> write)
    {
        _hostCount = Math.Max(_hostCount, targets.Count);
        using var posted = new BlockingCollection<Action>();
        var results = new Outcome<TResult>?[targets.Count];
        Task all = Parallel.ForEachAsync(
            Enumerable.Range(0, targets.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit, CancellationToken = Stop },
            (index, _) => new ValueTask(Task.Factory.StartNew(() => Keep(index), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Task ended = all.ContinueWith(_ => posted.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        bool isDrained = false;
        try
        {
            int next = 0;
            foreach (Action action in posted.GetConsumingEnumerable())
            {
                action();
                for (; next < results.Length && results[next] is { } outcome; next++)
                {
                    WriteResult(targets[next], outcome, write);
                }
            }

            isDrained = true;
        }
        finally
        {
            // The pipeline may have ended early (Select-Object -First): the threads end before the collection does.
            if (!isDrained)
            {
                _stop.Cancel();
            }

            ended.Wait(CancellationToken.None);
        }

        if (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        void Keep(int index)
        {
            try
            {
                results[index] = new Outcome<TResult>(work(targets[index], posted.Add), null);
            }
            catch (Exception e)
            {
                // All of them: an exception that left a thread would end the process. It is thrown again on the
                // pipeline's thread, which names what it knows and lets the rest through.
                results[index] = new Outcome<TResult>(default, ExceptionDispatchInfo.Capture(e));
            }

            posted.Add(() => { });
        }
    }

    private void WriteResult<TResult>(object? target, Outcome<TResult> outcome, Action<TResult> write)
    {
        switch (outcome.Failure?.SourceException)
        {
            case null:
                write(outcome.Result!);
                break;
            case HostAccessException e:
                WriteError(ErrorFactory.HostAccess(e));
                break;
            case LimitException e:
                WriteError(ErrorFactory.Limit(e));
                break;
            case VhostException e:
                WriteError(ErrorFactory.Vhost(e));
                break;
            case BootFileException e:
                WriteError(ErrorFactory.BootFile(e));
                break;
            case Exception e when e is IOException or UnauthorizedAccessException:
                WriteError(ErrorFactory.HostFiles(target is HostTarget host ? host.SysRoot ?? host.HostName ?? Environment.MachineName : null, e));
                break;
            case OperationCanceledException when Stop.IsCancellationRequested:
                throw new PipelineStoppedException();
            default:
                outcome.Failure.Throw();
                break;
        }
    }

    /// <summary>What came of one host.</summary>
    private sealed record Outcome<TResult>(TResult? Result, ExceptionDispatchInfo? Failure);
}
