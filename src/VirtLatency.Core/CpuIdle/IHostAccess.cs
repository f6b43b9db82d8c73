namespace VirtLatency.CpuIdle;

/// <summary>
/// A host as the C-state functions see it: small text files, by the paths they have on that host. Behind it are the live
/// machine, a captured tree, or another machine over ssh. Paths are absolute and of the host, such as /proc/cmdline.
/// </summary>
public interface IHostAccess : IDisposable
{
    /// <summary>The host's name for output: as asked for, or the machine's own.</summary>
    string HostName { get; }

    /// <summary>False for a captured tree: nothing can be changed there, and nothing changes by itself.</summary>
    bool IsLive { get; }

    /// <summary>
    /// Reads files by patterns with * within a path's component (as the shell's), all in one go.
    /// Files that are missing, vanish, or cannot be read are left out; why is in <see cref="HostTree.Denied"/>.
    /// </summary>
    /// <param name="patterns">Absolute patterns, such as <c>/sys/devices/system/cpu/cpu*/cpuidle/state*/*</c>.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="HostAccessException">The host cannot be reached.</exception>
    HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default);

    /// <summary>
    /// Reads /dev/cpu_dma_latency, the strictest limit that processes hold: a 32-bit integer in the machine's byte order.
    /// Reading opens the device, which sets no limit.
    /// </summary>
    /// <returns>Microseconds, 2000000000 = no limit; null where it cannot be read (not root, no device, a captured tree).</returns>
    /// <exception cref="HostAccessException">The host cannot be reached.</exception>
    long? ReadLatencyLimitUs() => null;

    /// <summary>Writes a value to one existing file of the kernel's, as <c>printf %s value > path</c> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="HostAccessException">The write failed; the problem says how, the message where.</exception>
    void Write(string path, string value);

    /// <summary>
    /// Writes values one after the other, each only where its file still reads as expected, and reads each back at once.
    /// Over ssh hundreds of them are one request. Nothing is put back here.
    /// </summary>
    /// <param name="writes">The values.</param>
    /// <param name="goOn">Goes on behind a write that failed; else that one is the last.</param>
    /// <param name="cancellation">Looked at between writes, over ssh between requests.</param>
    /// <returns>One result per write that was tried, in order: fewer than asked for behind a failure or a cancellation.</returns>
    /// <exception cref="HostAccessException">The host was lost: which of the values were written is not known.</exception>
    IReadOnlyList<HostWriteResult> WriteAll(IReadOnlyList<HostWrite> writes, bool goOn = false, CancellationToken cancellation = default)
    {
        var results = new List<HostWriteResult>(writes.Count);
        foreach (HostWrite write in writes)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            results.Add(WriteOne(write));
            if (results[^1].Failure is not null && !goOn)
            {
                break;
            }
        }

        return results;
    }

    /// <summary>Takes a lock of the host's own that ends with this process or connection.</summary>
    /// <param name="path">Its file on the host.</param>
    /// <returns>The lock; it locks nothing where the host cannot lock or does not let this user. Null where another session has it.</returns>
    /// <exception cref="HostAccessException">The host cannot be reached.</exception>
    IDisposable? TryLock(string path) => HostLock.Nothing;

    /// <summary>Starts a POSIX sh script on the host apart from this session, as <see cref="RevertTimer.Launcher"/> does with it as its argument.</summary>
    /// <param name="script">The script.</param>
    /// <exception cref="HostAccessException">It cannot be started.</exception>
    void StartDetached(string script) => throw new HostAccessException(HostAccessProblem.Refused, HostName, $"Nothing can be started on {HostName} that outlives the session.");

    /// <summary>Processes that hold a device open.</summary>
    /// <param name="device">Its path.</param>
    /// <returns>Each as <c>name (pid)</c>; empty where none is seen, or the host cannot tell.</returns>
    IReadOnlyList<string> HoldersOf(string device) => [];

    private HostWriteResult WriteOne(HostWrite write)
    {
        try
        {
            if (write.Expected is not null && Read([write.Path]).TextOf(write.Path) is var found && found != write.Expected)
            {
                return new HostWriteResult(found, HostAccessException.Changed(HostName, write, found));
            }

            Write(write.Path, write.Value);
            return new HostWriteResult(Read([write.Path]).TextOf(write.Path), null);
        }
        catch (HostAccessException e)
        {
            return new HostWriteResult(null, e);
        }
    }
}
