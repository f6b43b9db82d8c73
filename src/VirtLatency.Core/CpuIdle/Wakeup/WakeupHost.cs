using System.Globalization;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>What a measurement must know of a host before it takes two of its CPUs; pure, from files.</summary>
internal sealed class WakeupHost
{
    private const string Cpus = CpuIdleReader.CpuFolder;

    private readonly HostTree _tree;
    private readonly Dictionary<int, HashSet<int>> _siblings;

    /// <summary>Makes it.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="tree">Its files, by <see cref="Patterns"/>.</param>
    public WakeupHost(string hostName, HostTree tree)
    {
        _tree = tree;
        HostName = hostName;
        Snapshot = CpuIdleReader.Of(hostName, tree);
        Online = [.. Snapshot.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number)];
        _siblings = Online.ToDictionary(cpu => cpu, cpu => ListOf(tree.TextOf(FormattableString.Invariant($"{Cpus}/cpu{cpu}/topology/thread_siblings_list"))));
        Allowed = FieldOf(tree.TextOf("/proc/self/status"), "Cpus_allowed_list") is { } own ? [.. Online.Where(ListOf(own).Contains)] : Online;
        Isolated = ListOf(tree.TextOf(Cpus + "/isolated")).Concat(ListOf(tree.TextOf(Cpus + "/nohz_full"))).Concat(BootLists(Snapshot.CommandLine)).ToHashSet();
        Threads = [.. BusyThread.AllOf(tree)];
        SeesAllThreads = tree.TextOf("/proc/2/task/2/stat")?.Contains("(kthreadd)", StringComparison.Ordinal) == true;
        VirtualMachine = VirtualMachineOf(tree);
    }

    /// <summary>All that is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. CpuIdleReader.Patterns, Cpus + "/isolated", Cpus + "/nohz_full", Cpus + "/cpu*/topology/thread_siblings_list",
        "/proc/cpuinfo", "/proc/self/status", "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name", "/sys/hypervisor/type",
        "/proc/*/task/*/stat", "/proc/*/task/*/status",
    ];

    /// <summary>The host's name.</summary>
    public string HostName { get; }

    /// <summary>Its idle states.</summary>
    public CpuIdleSnapshot Snapshot { get; }

    /// <summary>CPUs that are online.</summary>
    public IReadOnlyList<int> Online { get; }

    /// <summary>CPUs of those that this process may use.</summary>
    public IReadOnlyList<int> Allowed { get; }

    /// <summary>CPUs that are kept free of other work.</summary>
    public IReadOnlySet<int> Isolated { get; }

    /// <summary>Threads of virtual machines, and realtime threads of programs.</summary>
    public IReadOnlyList<BusyThread> Threads { get; }

    /// <summary>False in a container, and where /proc hides the threads of other users.</summary>
    public bool SeesAllThreads { get; }

    /// <summary>What says that this is a virtual machine; null on hardware.</summary>
    public string? VirtualMachine { get; }

    /// <summary>The SMT siblings of a CPU, without itself.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <returns>Their numbers; empty without; null where the kernel does not tell.</returns>
    public IReadOnlyList<int>? SiblingsOf(int cpu) => _siblings.GetValueOrDefault(cpu) is { Count: > 0 } all ? [.. all.Where(other => other != cpu).Order()] : null;

    /// <summary>Why a CPU should be left alone.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <returns>The reasons, as sentences' parts; empty when there is none in sight.</returns>
    public IEnumerable<(WakeupProblem Problem, string Reason)> ReasonsAgainst(int cpu)
    {
        if (Isolated.Contains(cpu))
        {
            yield return (WakeupProblem.CpuIsolated, FormattableString.Invariant($"CPU {cpu} is isolated (isolcpus, nohz_full or a cpuset)"));
        }

        foreach (BusyThread thread in Threads.Where(thread => thread.Cpus.Contains(cpu)))
        {
            if (thread is { IsVirtualMachine: true, Cpus.Count: 1 })
            {
                yield return (WakeupProblem.CpuHasPinnedVcpu, FormattableString.Invariant($"thread {thread.Id} ({thread.Name}) of a virtual machine is pinned to CPU {cpu}"));
            }
            else if (thread.IsRealtime && IsBound(thread))
            {
                yield return (WakeupProblem.CpuHasRealtimeThread, FormattableString.Invariant($"realtime thread {thread.Id} ({thread.Name}) is bound to CPU {cpu}"));
            }
        }
    }

    /// <summary>What holds for every row, whichever CPU sleeps.</summary>
    /// <returns>Parts of a note.</returns>
    public IEnumerable<string> Notes()
    {
        if (VirtualMachine is not null)
        {
            yield return $"virtual machine ({VirtualMachine}): this is the guest's wake-up, with the hypervisor's wake-up of the vCPU in it";
        }

        BusyThread[] free = [.. Threads.Where(thread => thread.IsRealtime && !IsBound(thread))];
        if (free.Length > 0)
        {
            yield return FormattableString.Invariant($"{free.Length} realtime threads may run on any CPU ({string.Join(", ", free.Select(thread => thread.Name).Distinct(StringComparer.Ordinal).Take(3))})");
        }

        if (!SeesAllThreads)
        {
            yield return "only some threads are in sight (a container, or not root): pinned vCPUs and realtime threads could not be looked for";
        }
    }

    private static HashSet<int> ListOf(string? text) => text is not null && CpuRange.TryParse(text, out IReadOnlyList<int> cpus) ? [.. cpus] : [];

    /// <summary>isolcpus=managed_irq,domain,2-3 and nohz_full=2-3: flags come before the list.</summary>
    private static IEnumerable<int> BootLists(string? commandLine) => (commandLine ?? string.Empty)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.StartsWith("isolcpus=", StringComparison.Ordinal) || word.StartsWith("nohz_full=", StringComparison.Ordinal))
        .SelectMany(word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(','))
        .Where(part => part.Length > 0 && char.IsAsciiDigit(part[0]))
        .SelectMany(ListOf);

    private static string? VirtualMachineOf(HostTree tree)
    {
        if (tree.TextOf("/sys/hypervisor/type") is { Length: > 0 } type)
        {
            return type;
        }

        string dmi = $"{tree.TextOf("/sys/class/dmi/id/sys_vendor")} {tree.TextOf("/sys/class/dmi/id/product_name")}".Trim();
        bool isFlagged = tree.TextOf("/proc/cpuinfo")?.Split('\n').FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ').Contains("hypervisor", StringComparer.Ordinal) == true;
        string[] makers = ["QEMU", "KVM", "VMware", "Virtual Machine", "VirtualBox", "Xen", "Bochs", "RHEV", "OpenStack", "Amazon EC2"];
        bool isNamed = makers.Any(maker => dmi.Contains(maker, StringComparison.OrdinalIgnoreCase)) && !dmi.Contains("metal", StringComparison.OrdinalIgnoreCase);
        return isFlagged ? (dmi.Length > 0 ? dmi : "CPU flag hypervisor") : isNamed ? dmi : null;
    }

    /// <summary>The value of a line "name:  value".</summary>
    internal static string? FieldOf(string? status, string name) => status?.Split('\n')
        .FirstOrDefault(line => line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.Ordinal))?[(name.Length + 1)..].Trim();

    private bool IsBound(BusyThread thread) => !Online.All(thread.Cpus.Contains);

    /// <summary>Busy and stolen time of a CPU, from /proc/stat (proc(5)), in the kernel's ticks since boot.</summary>
    /// <param name="tree">A tree that has /proc/stat.</param>
    /// <param name="cpu">The CPU.</param>
    /// <returns>Ticks; null where the kernel does not tell.</returns>
    internal static (long Busy, long Stolen, long Total)? TicksOf(HostTree tree, int cpu)
    {
        string start = FormattableString.Invariant($"cpu{cpu} ");
        string? line = tree.TextOf("/proc/stat")?.Split('\n').FirstOrDefault(candidate => candidate.StartsWith(start, StringComparison.Ordinal));
        if (line is null)
        {
            return null;
        }

        // user, nice, system, idle, iowait, irq, softirq, steal; guest time is in user already.
        long[] ticks = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0)];
        return ticks.Length < 8 ? null : (ticks.Sum() - ticks[3] - ticks[4], ticks[7], ticks.Sum());
    }
}
