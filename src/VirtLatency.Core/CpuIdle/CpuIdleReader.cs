using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>Makes a snapshot of the files of a host; pure, so that a live machine and a captured tree give the same.</summary>
public static class CpuIdleReader
{
    /// <summary>Where the kernel has the CPUs.</summary>
    public const string CpuFolder = "/sys/devices/system/cpu";

    /// <summary>The CPUs that are online.</summary>
    internal const string OnlineFile = CpuFolder + "/online";

    /// <summary>All that a snapshot needs.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        OnlineFile, CpuFolder + "/possible", CpuFolder + "/present", CpuFolder + "/smt/active",
        CpuFolder + "/cpuidle/*", CpuFolder + "/cpu*/cpuidle/state*/*", CpuFolder + "/cpu*/power/pm_qos_resume_latency_us",
        "/proc/cmdline", "/proc/sys/kernel/osrelease", "/proc/sys/kernel/random/boot_id", "/proc/uptime",
    ];

    /// <summary>What a limit needs: a host of a thousand CPUs is read once more while it is locked.</summary>
    internal static IReadOnlyList<string> LimitPatterns { get; } =
    [
        OnlineFile, CpuFolder + "/cpuidle/current_*",
        .. new[] { "name", "desc", "latency", "disable", "default_status" }.Select(name => $"{CpuFolder}/cpu*/cpuidle/state*/{name}"),
        CpuFolder + "/cpu*/power/pm_qos_resume_latency_us", "/proc/sys/kernel/osrelease", "/proc/sys/kernel/random/boot_id",
    ];

    /// <summary>Reads a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The snapshot; without cpuidle its CPUs have no states.</returns>
    /// <exception cref="HostAccessException">The host cannot be reached.</exception>
    public static CpuIdleSnapshot Read(IHostAccess host, CancellationToken cancellation = default) =>
        Of(host.HostName, host.Read(Patterns, cancellation)) with { LatencyRequestUs = host.ReadLatencyLimitUs() };

    /// <summary>Makes the snapshot.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="tree">Its files, by <see cref="Patterns"/>.</param>
    /// <returns>The snapshot.</returns>
    public static CpuIdleSnapshot Of(string hostName, HostTree tree)
    {
        ILookup<int, int> states = StatesOf(tree);
        HashSet<int>? online = tree.TextOf(OnlineFile) is { } text && CpuRange.TryParse(text, out IReadOnlyList<int> numbers) ? [.. numbers] : null;
        IEnumerable<int> known = states.Select(group => group.Key).Concat(online ?? []).Distinct().Order();
        return new CpuIdleSnapshot
        {
            HostName = hostName,
            IsCpuIdleShown = tree.TextOf(CpuFolder + "/cpuidle/current_driver") is not null || states.Count > 0,
            Driver = NullIfNone(tree.NameOf(CpuFolder + "/cpuidle/current_driver")),
            Governor = NullIfNone(tree.NameOf(CpuFolder + "/cpuidle/current_governor") ?? tree.NameOf(CpuFolder + "/cpuidle/current_governor_ro")),
            KernelRelease = tree.NameOf("/proc/sys/kernel/osrelease"),
            BootId = tree.NameOf("/proc/sys/kernel/random/boot_id"),
            CommandLine = tree.TextOf("/proc/cmdline"),
            IsSmtActive = IdleState.FlagOf(tree.TextOf(CpuFolder + "/smt/active")),
            Cpus = [.. known.Select(number => new IdleCpu(
                number,
                online?.Contains(number) ?? true,
                [.. states[number].Order().Select(index => StateOf(tree, number, index))],
                tree.NameOf(FormattableString.Invariant($"{CpuFolder}/cpu{number}/power/pm_qos_resume_latency_us"))))],
            Present = tree.TextOf(CpuFolder + "/present") is { } present && CpuRange.TryParse(present, out IReadOnlyList<int> all) ? all : null,
            UptimeSeconds = UptimeOf(tree),
            ClockSeconds = tree.ClockSeconds,
            Denied = tree.Denied,
        };
    }

    /// <summary>The file of a state's attribute.</summary>
    /// <param name="cpu">The CPU's number.</param>
    /// <param name="index">The state's index.</param>
    /// <param name="attribute">The file's name, such as disable.</param>
    /// <returns>Its absolute path.</returns>
    public static string PathOf(int cpu, int index, string attribute) => FormattableString.Invariant($"{CpuFolder}/cpu{cpu}/cpuidle/state{index}/{attribute}");

    /// <summary>States by CPU, each once: from .../cpuN/cpuidle/stateM/attribute.</summary>
    private static ILookup<int, int> StatesOf(HostTree tree)
    {
        const string start = CpuFolder + "/cpu";
        const string middle = "/cpuidle/state";
        var found = new HashSet<(int Cpu, int State)>();
        foreach (string path in tree.Files.Keys)
        {
            int behind = path.IndexOf(middle, StringComparison.Ordinal);
            int end = path.LastIndexOf('/');
            if (path.StartsWith(start, StringComparison.Ordinal) && behind > start.Length && end > behind + middle.Length
                && int.TryParse(path.AsSpan(start.Length, behind - start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int cpu)
                && int.TryParse(path.AsSpan((behind + middle.Length)..end), NumberStyles.None, CultureInfo.InvariantCulture, out int state))
            {
                found.Add((cpu, state));
            }
        }

        return found.ToLookup(pair => pair.Cpu, pair => pair.State);
    }

    private static IdleState StateOf(HostTree tree, int cpu, int index)
    {
        string folder = PathOf(cpu, index, string.Empty);
        string Path(string attribute) => folder + attribute;
        return new IdleState(
            index,
            tree.NameOf(Path("name")) ?? IdleState.NameOf(index),
            tree.NameOf(Path("desc")),
            tree.NumberOf(Path("latency")),
            tree.NumberOf(Path("residency")),
            IdleState.FlagOf(tree.TextOf(Path("disable"))),
            tree.TextOf(Path("default_status")) switch { "disabled" => true, "enabled" => false, _ => null },
            tree.NumberOf(Path("usage")),
            tree.NumberOf(Path("time")),
            tree.NumberOf(Path("above")),
            tree.NumberOf(Path("below")),
            tree.NumberOf(Path("rejected")));
    }

    /// <summary>The first number of /proc/uptime; the second is idle time.</summary>
    private static double? UptimeOf(HostTree tree) =>
        double.TryParse(tree.TextOf("/proc/uptime")?.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) ? seconds : null;

    private static string? NullIfNone(string? text) => string.IsNullOrWhiteSpace(text) || text == "none" ? null : text;
}
