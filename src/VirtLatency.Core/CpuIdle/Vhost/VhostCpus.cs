namespace VirtLatency.CpuIdle.Vhost;

/// <summary>The CPUs on which a packet of tap devices can wait for a wake-up: those of workers, vCPUs and the NIC's interrupts.</summary>
/// <param name="HostName">The host.</param>
/// <param name="Sources">What they come from.</param>
/// <param name="Online">The host's CPUs that are online; empty where that is not known.</param>
/// <param name="Remarks">What was not certain, one sentence each.</param>
public sealed record VhostCpus(string HostName, IReadOnlyList<VhostCpuSource> Sources, IReadOnlyList<int> Online, IReadOnlyList<string> Remarks)
{
    /// <summary>The CPUs, in order; only such as are online.</summary>
    public IReadOnlyList<int> Cpus { get; } =
        [.. Sources.SelectMany(source => source.Cpus).Distinct().Order().Where(cpu => Online.Count == 0 || Online.Contains(cpu))];

    /// <summary>True where no online CPU is left out.</summary>
    public bool IsWholeHost => Online.Count > 0 && Cpus.Count == Online.Count;

    /// <summary>Which CPUs come from what: <c>vnet0: vhost worker 2-3, vCPUs 4-7, irqs of eth0 0-1</c>.</summary>
    public string Summary => string.Join("; ", Sources.GroupBy(source => source.Device, StringComparer.Ordinal).Select(device =>
        $"{device.Key}: " + string.Join(", ", device.GroupBy(source => source.Part, StringComparer.Ordinal).Select(part => $"{part.Key} {TextOf(part)}"))));

    /// <summary>The summary for a row.</summary>
    public string Note => $"CPUs chosen by {Summary}{(IsWholeHost ? ": all CPUs of the host" : string.Empty)}";

    /// <summary>What holds for the whole, as sentences: the remarks, and where it is all of the host's CPUs.</summary>
    public IEnumerable<string> Warnings => IsWholeHost
        ? Remarks.Append($"These are all {Online.Count} online CPUs of {HostName} ({CpuRange.TextOf(Online)}): nothing is spared. Pin the threads and interrupts first, or give the CPUs with -Cpu.")
        : Remarks;

    /// <summary>One line for each thread, and for interrupts of a NIC with the same CPUs.</summary>
    public IEnumerable<string> Details => Sources
        .GroupBy(source => (source.Device, source.Part, Name: source.NowOn is null ? source.Name + FormattableString.Invariant($" ({source.Id})") : string.Empty, Cpus: CpuRange.TextOf(source.Cpus)))
        .Select(group => $"{group.Key.Device}: {group.Key.Part} {(group.Key.Name.Length > 0 ? group.Key.Name : CpuRange.TextOf(group.Select(source => source.Id)))} may run on CPUs {group.Key.Cpus}{Now(group)}.");

    private static string TextOf(IEnumerable<VhostCpuSource> sources) => CpuRange.TextOf(sources.SelectMany(source => source.Cpus));

    private static string Now(IEnumerable<VhostCpuSource> sources)
    {
        string now = CpuRange.TextOf(sources.SelectMany(source => source.NowOn ?? []));
        return now.Length == 0 ? string.Empty : ", now on " + now;
    }
}
