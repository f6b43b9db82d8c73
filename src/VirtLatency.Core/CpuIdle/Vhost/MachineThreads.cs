using System.Globalization;

namespace VirtLatency.CpuIdle.Vhost;

/// <summary>The threads of one virtual machine, and where they may run; pure.</summary>
internal sealed class MachineThreads
{
    private readonly List<MachineThread> _threads;
    private readonly (int Id, int Owner)[] _kernelWorkers;

    private MachineThreads(int processId, List<MachineThread> threads, (int Id, int Owner)[] kernelWorkers) =>
        (ProcessId, _threads, _kernelWorkers) = (processId, threads, kernelWorkers);

    /// <summary>The process.</summary>
    public int ProcessId { get; }

    /// <summary>Workers that are threads of the process (kernels from 6.4 on).</summary>
    public IEnumerable<MachineThread> Workers => _threads.Where(IsWorker);

    /// <summary>Whether it has workers of either kind.</summary>
    public bool HasWorkers => _kernelWorkers.Length > 0 || Workers.Any();

    /// <summary>QEMU names its threads where debug-threads is on, as libvirt sets it.</summary>
    public bool HasVcpuNames => _threads.Exists(thread => IsVcpu(thread.Name));

    /// <summary>vCPUs by their names; all threads where they have none.</summary>
    public IEnumerable<MachineThread> Vcpus => _threads.Where(thread => HasVcpuNames ? IsVcpu(thread.Name) : !IsWorker(thread));

    /// <summary>The first thread, in which QEMU's main loop runs.</summary>
    public IEnumerable<MachineThread> Main => _threads.Where(thread => thread.Id == ProcessId);

    /// <summary>What is read of the kernel's threads.</summary>
    public IEnumerable<string> KernelPatterns => _kernelWorkers.Select(worker => StatusOf(worker.Id));

    /// <summary>What is read of a process.</summary>
    /// <param name="process">Its id.</param>
    /// <returns>The patterns.</returns>
    public static IEnumerable<string> Patterns(int process) => [FormattableString.Invariant($"/proc/{process}/task/*/comm"), FormattableString.Invariant($"/proc/{process}/task/*/status")];

    /// <summary>Makes it.</summary>
    /// <param name="tree">By <see cref="Patterns"/>.</param>
    /// <param name="processes">All processes.</param>
    /// <param name="process">The process.</param>
    /// <returns>Its threads.</returns>
    public static MachineThreads Of(HostTree tree, TapProcesses processes, int process)
    {
        string folder = FormattableString.Invariant($"/proc/{process}/task/");
        var threads = new List<MachineThread>();
        HashSet<int> ids = [process];
        foreach ((string path, string name) in tree.Files)
        {
            string[] parts = path.Split('/');
            if (path.StartsWith(folder, StringComparison.Ordinal) && parts is [.., _, "comm"] && int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                ids.Add(id);

                // A thread that ended meanwhile has no status.
                if (VhostCpuReader.AllowedOf(tree, folder + parts[4] + "/status") is { } cpus)
                {
                    threads.Add(new MachineThread(id, name, cpus));
                }
            }
        }

        threads.Sort((a, b) => a.Id.CompareTo(b.Id));
        return new MachineThreads(process, threads, [.. processes.KernelWorkers.Where(worker => ids.Contains(worker.Owner) && !ids.Contains(worker.Id)).OrderBy(worker => worker.Id)]);
    }

    /// <summary>Workers that are threads of the kernel (before 6.4): each looks like a process.</summary>
    /// <param name="tree">By <see cref="KernelPatterns"/>.</param>
    /// <returns>The workers.</returns>
    public IEnumerable<MachineThread> KernelWorkersOf(HostTree tree)
    {
        foreach ((int id, int owner) in _kernelWorkers)
        {
            if (VhostCpuReader.AllowedOf(tree, StatusOf(id)) is { } cpus)
            {
                yield return new MachineThread(id, FormattableString.Invariant($"vhost-{owner}"), cpus);
            }
        }
    }

    private static string StatusOf(int id) => FormattableString.Invariant($"/proc/{id}/status");

    private static bool IsWorker(MachineThread thread) => TapProcesses.OwnerOf(thread.Name) is not null;

    /// <summary>QEMU calls a vCPU's thread "CPU 3/KVM" (accel/kvm).</summary>
    private static bool IsVcpu(string name) => name.StartsWith("CPU ", StringComparison.Ordinal) && name.EndsWith("/KVM", StringComparison.Ordinal);
}
