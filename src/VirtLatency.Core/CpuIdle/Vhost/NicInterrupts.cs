using System.Globalization;

namespace VirtLatency.CpuIdle.Vhost;

/// <summary>The interrupts of a NIC and the CPUs that they may be sent to; pure.</summary>
internal static class NicInterrupts
{
    /// <summary>What is read of a NIC.</summary>
    /// <param name="network">The network devices.</param>
    /// <param name="nic">The NIC.</param>
    /// <returns>The patterns.</returns>
    public static IEnumerable<string> PatternsOf(NetworkDevices network, string nic) => [FolderOf(network, nic) + "/msi_irqs/*", FolderOf(network, nic) + "/irq"];

    /// <summary>The numbers of its interrupts: MSI vectors, else the line that it shares.</summary>
    /// <param name="network">The network devices.</param>
    /// <param name="tree">By <see cref="PatternsOf"/>.</param>
    /// <param name="nic">The NIC.</param>
    /// <returns>The numbers, in order.</returns>
    public static IReadOnlyList<int> NumbersOf(NetworkDevices network, HostTree tree, string nic)
    {
        string vectors = FolderOf(network, nic) + "/msi_irqs/";
        int[] numbers = [.. tree.Files.Keys.Where(path => path.StartsWith(vectors, StringComparison.Ordinal)).Select(path => int.TryParse(path.AsSpan(vectors.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1).Where(number => number >= 0).Order()];
        return numbers.Length > 0 ? numbers : tree.NumberOf(FolderOf(network, nic) + "/irq") is > 0 and < int.MaxValue and { } line ? [(int)line] : [];
    }

    /// <summary>What is read of an interrupt. actions names its handlers (kernel/irq/irqdesc.c): none for a vector that is not in use.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The patterns.</returns>
    public static IEnumerable<string> AffinityPatterns(int number) =>
    [
        FormattableString.Invariant($"/proc/irq/{number}/smp_affinity_list"), FormattableString.Invariant($"/proc/irq/{number}/effective_affinity_list"), FormattableString.Invariant($"/sys/kernel/irq/{number}/actions"),
    ];

    /// <summary>A NIC's interrupts with their CPUs.</summary>
    /// <param name="host">The host.</param>
    /// <param name="tree">By <see cref="AffinityPatterns"/>.</param>
    /// <param name="device">The tap device.</param>
    /// <param name="nic">The NIC.</param>
    /// <param name="numbers">Its interrupts.</param>
    /// <param name="remarks">Takes what is not certain.</param>
    /// <returns>Those that are in use.</returns>
    /// <exception cref="VhostException">No CPUs are known.</exception>
    public static IReadOnlyList<VhostCpuSource> SourcesOf(IHostAccess host, HostTree tree, string device, string nic, IReadOnlyList<int> numbers, ICollection<string> remarks)
    {
        int[] used = [.. numbers.Where(number => tree.TextOf(FormattableString.Invariant($"/sys/kernel/irq/{number}/actions")) is not { Length: 0 })];
        VhostCpuSource[] sources = [.. used.Select(number => SourceOf(tree, device, nic, number)).OfType<VhostCpuSource>()];
        if (used.Length == 0)
        {
            remarks.Add(numbers.Count == 0
                ? $"The interrupts of {nic} are not in /sys/class/net/{nic}/device: they are not counted."
                : $"No interrupt of {nic} is in use (the device is down): none is counted.");
        }
        else if (sources.Length == 0)
        {
            throw new VhostException(VhostProblem.IrqAffinityNotFound, device, FormattableString.Invariant($"Where the {used.Length} interrupts of {nic}, the NIC of '{device}', may run on {host.HostName} cannot be read: there is no /proc/irq/{used[0]}/smp_affinity_list. Give the CPUs with -Cpu."));
        }
        else if (sources.Length < used.Length)
        {
            remarks.Add(FormattableString.Invariant($"Of {used.Length} interrupts of {nic} the CPUs of {used.Length - sources.Length} cannot be read: they are not counted."));
        }

        return sources;
    }

    private static VhostCpuSource? SourceOf(HostTree tree, string device, string nic, int number)
    {
        IReadOnlyList<int>? allowed = ListOf(tree, FormattableString.Invariant($"/proc/irq/{number}/smp_affinity_list"));
        IReadOnlyList<int>? now = ListOf(tree, FormattableString.Invariant($"/proc/irq/{number}/effective_affinity_list"));
        string name = tree.TextOf(FormattableString.Invariant($"/sys/kernel/irq/{number}/actions")) ?? nic;
        return (allowed ?? now) is { } cpus ? new VhostCpuSource(device, "irqs of " + nic, name, number, cpus, now ?? []) : null;
    }

    /// <summary>An empty list is no answer: a vector that was never set up.</summary>
    private static IReadOnlyList<int>? ListOf(HostTree tree, string path) =>
        CpuRange.TryParse(tree.TextOf(path) ?? string.Empty, out IReadOnlyList<int> cpus) && cpus.Count > 0 ? cpus : null;

    private static string FolderOf(NetworkDevices network, string nic) => $"/sys/class/net/{nic}/device{(network.IsVirtio(nic) ? "/.." : string.Empty)}";
}
