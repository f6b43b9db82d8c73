using System.Globalization;

namespace VirtLatency.Tests.Ssh;

/// <summary>Plays the kernel of a tree: CPUs enter C1, and C6 where it is on, or in any case under a governor that does not look.</summary>
internal sealed class TreeTicker : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public TreeTicker(string root, int cpus, bool looksAtFlags) =>
        _running = Task.Factory.StartNew(() => Run(root, cpus, looksAtFlags), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        _stop.Cancel();
        _running.Wait();
        _stop.Dispose();
    }

    private void Run(string root, int cpus, bool looksAtFlags)
    {
        for (long tick = 1; !_stop.IsCancellationRequested; tick++)
        {
            for (int cpu = 0; cpu < cpus; cpu++)
            {
                Count(PathOf(root, cpu, 1), tick);
                if (!looksAtFlags || File.ReadAllText(Folder(root, cpu, 3) + "/disable").Trim() != "1")
                {
                    Count(PathOf(root, cpu, 3), tick);
                }
            }

            _stop.Token.WaitHandle.WaitOne(50);
        }
    }

    /// <summary>Renamed into place: a reader sees the old number or the new one.</summary>
    private static void Count(string path, long value)
    {
        File.WriteAllText(path + "-new", value.ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(path + "-new", path, overwrite: true);
    }

    private static string Folder(string root, int cpu, int index) => FormattableString.Invariant($"{root}/sys/devices/system/cpu/cpu{cpu}/cpuidle/state{index}");

    private static string PathOf(string root, int cpu, int index) => Folder(root, cpu, index) + "/usage";
}
