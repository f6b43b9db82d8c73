using VirtLatency.CpuIdle;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Tables of idle states as machines have them.</summary>
internal static class LimitTrees
{
    public static (string Name, long Latency, long Residency)[] NoDeep { get; } = [("POLL", 0, 0), ("C1", 2, 2), ("C1E", 10, 20)];

    public static (string Name, long Latency, long Residency)[] SixAsSecond { get; } = [("POLL", 0, 0), ("C1", 1, 1), ("C6", 133, 600)];

    public static (string Name, long Latency, long Residency)[] WithThree { get; } = [("POLL", 0, 0), ("C1", 2, 2), ("C1E", 10, 20), ("C3", 40, 100), ("C6", 133, 400)];

    public static (string Name, long Latency, long Residency)[] Amd { get; } = [("POLL", 0, 0), ("C1", 1, 2), ("C2", 400, 800)];

    public static (string Name, long Latency, long Residency)[] Haltpoll { get; } = [("POLL", 0, 0), ("haltpoll idle", 1, 1)];

    public static (string Name, long Latency, long Residency)[] Table(string name) => name switch
    {
        "Xeon" => SysTree.Xeon,
        "NoDeep" => NoDeep,
        "SixAsSecond" => SixAsSecond,
        "WithThree" => WithThree,
        "Amd" => Amd,
        _ => Haltpoll,
    };

    /// <summary>A host with POLL, C1, C1E and C6 290 us on each CPU: only the files that a limit reads.</summary>
    public static WritableHost Host(string root, int cpus, Action<int, string>? onWrite = null, Func<string, bool>? ignores = null, Func<IDisposable?>? takeLock = null)
    {
        var tree = new SysTree(root);
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            tree.Needed(cpu, SysTree.Xeon);
        }

        tree.Online(FormattableString.Invariant($"0-{cpus - 1}"));
        return new WritableHost(root) { OnWrite = onWrite, Ignores = ignores ?? (_ => false), Lock = takeLock ?? (() => HostLock.Nothing) };
    }

    /// <summary>The bytes of every file below a tree, by path.</summary>
    public static SortedDictionary<string, string> Contents(string root) => new(
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)), StringComparer.Ordinal),
        StringComparer.Ordinal);
}
