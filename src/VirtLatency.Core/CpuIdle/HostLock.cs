using System.Diagnostics;

namespace VirtLatency.CpuIdle;

/// <summary>
/// One session at a time changes a host's idle states. The lock is the host's own, whoever reaches it in whatever way: a
/// file below /run with flock(2), which the kernel frees when the process or the connection ends.
/// </summary>
internal static class HostLock
{
    /// <summary>The lock's file on the host.</summary>
    public const string Path = "/run/virtlatency.lock";

    /// <summary>A change takes a second or two.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Locks nothing.</summary>
    public static IDisposable Nothing { get; } = new NoLock();

    /// <summary>Takes the lock, or waits for it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="patience">How long; null for <see cref="Patience"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Frees the lock.</returns>
    /// <exception cref="HostAccessException">Another session keeps it, or the host cannot be reached.</exception>
    public static IDisposable Take(IHostAccess host, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        long start = Stopwatch.GetTimestamp();
        IDisposable? taken;
        while ((taken = host.TryLock(Path)) is null)
        {
            if (Stopwatch.GetElapsedTime(start) > (patience ?? Patience))
            {
                IReadOnlyList<string> holders = host.HoldersOf(Path);
                string who = holders.Count == 0 ? string.Empty : $" ({string.Join(", ", holders)} on {host.HostName})";
                throw new HostAccessException(HostAccessProblem.Busy, host.HostName, $"Another session is changing the idle states of {host.HostName}{who}, so nothing was changed. Run the command again when that one has ended.");
            }

            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }

        return taken;
    }

    private sealed class NoLock : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
