using System.Globalization;

namespace VirtLatency.CpuIdle.Hardware;

/// <summary>
/// Counts residencies through perf's PMUs cstate_core and cstate_pkg (arch/x86/events/intel/cstate.c): no MSR is opened. The
/// counters run at the time-stamp counter's rate, which is counted beside them (PMU msr, event tsc): their ratio is the share.
/// One CPU of each core, and of each package, counts for all of its CPUs.
/// </summary>
internal sealed class HardwareProbe : IDisposable
{
    private const string Core = "cstate_core";
    private const string Package = "cstate_pkg";
    private const string Msr = "msr";
    private const string Tsc = "tsc";
    private const string Paranoid = "/proc/sys/kernel/perf_event_paranoid";

    // asm-generic/errno-base.h.
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int TooManyFiles = 24;

    private readonly CpuIdleSnapshot _snapshot;
    private readonly List<Running> _running = [];
    private string? _reason;

    private HardwareProbe(CpuIdleSnapshot snapshot, string? reason) => (_snapshot, _reason) = (snapshot, reason);

    /// <summary>All that is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. PerfUnit.PatternsOf(Core), .. PerfUnit.PatternsOf(Package), .. PerfUnit.PatternsOf(Msr), Paranoid,
        CpuIdleReader.CpuFolder + "/cpu*/topology/thread_siblings_list", CpuIdleReader.CpuFolder + "/cpu*/topology/core_siblings_list",
    ];

    /// <summary>Begins to count.</summary>
    /// <param name="tree">The host's files, by <see cref="Patterns"/>.</param>
    /// <param name="snapshot">The CPUs to count on.</param>
    /// <param name="events">The kernel's counters.</param>
    /// <returns>The counters that run; none where the host has none, or does not let them be read.</returns>
    public static HardwareProbe Begin(HostTree tree, CpuIdleSnapshot snapshot, IPerfEvents events)
    {
        PerfUnit? core = PerfUnit.Of(tree, Core);
        PerfUnit? package = PerfUnit.Of(tree, Package);
        PerfUnit? msr = PerfUnit.Of(tree, Msr);
        string? reason = core is null && package is null ? "no cstate PMU (a virtual machine, an AMD CPU, or a kernel without intel_cstate)"
            : msr is null || !msr.Events.ContainsKey(Tsc) ? "the PMU msr has no event tsc, to which the share is taken"
            : null;
        var probe = new HardwareProbe(snapshot, reason);
        if (reason is null)
        {
            probe.Open(tree, events, msr!.Type, msr.Events[Tsc], Tsc, snapshot.Cpus.FirstOrDefault(cpu => cpu.IsOnline)?.Number ?? 0, []);
            probe.OpenUnit(tree, events, core, "thread_siblings_list");
            probe.OpenUnit(tree, events, package, "core_siblings_list");
            probe._running.ForEach(running => running.Begin = running.Counter.Read());
        }

        return probe;
    }

    /// <summary>Ends the counting.</summary>
    /// <returns>The shares, or why there are none.</returns>
    public HardwareResidency End()
    {
        if (_reason is not null)
        {
            return HardwareResidency.None(_reason);
        }

        long?[] gains = [.. _running.Select(running => running.Counter.Read() - running.Begin)];
        if (gains[0] is not > 0)
        {
            return HardwareResidency.None("the time-stamp counter could not be read");
        }

        double? ShareAt(int index) => gains[index] >= 0 ? 100.0 * gains[index] / gains[0] : null;
        var byCpu = new Dictionary<(int Cpu, string Event), double?>();
        var packages = new List<PackageResidency>();
        for (int i = 1; i < _running.Count; i++)
        {
            Running running = _running[i];
            if (running.IsPackage)
            {
                packages.Add(new PackageResidency("package " + running.Event.Split('-')[0].ToUpperInvariant(), running.Cpus, ShareAt(i)));
                continue;
            }

            foreach (int cpu in running.Cpus)
            {
                byCpu[(cpu, running.Event)] = ShareAt(i);
            }
        }

        return HardwareResidency.Of(_snapshot, (cpu, name) => byCpu.GetValueOrDefault((cpu, name)), packages);
    }

    /// <inheritdoc/>
    public void Dispose() => _running.ForEach(running => running.Counter.Dispose());

    private void OpenUnit(HostTree tree, IPerfEvents events, PerfUnit? unit, string siblings)
    {
        foreach ((string name, long number) in (unit?.Events ?? new Dictionary<string, long>(StringComparer.Ordinal)).OrderBy(item => item.Value))
        {
            foreach (int counting in unit!.Cpus)
            {
                string path = FormattableString.Invariant($"{CpuIdleReader.CpuFolder}/cpu{counting}/topology/{siblings}");
                IReadOnlyList<int> group = CpuRange.TryParse(tree.TextOf(path) ?? string.Empty, out IReadOnlyList<int> known) && known.Count > 0 ? known : [counting];
                if (_reason is null && _snapshot.Cpus.Any(cpu => group.Contains(cpu.Number)))
                {
                    Open(tree, events, unit.Type, number, name, counting, group, siblings.StartsWith("core", StringComparison.Ordinal));
                }
            }
        }
    }

    private void Open(HostTree tree, IPerfEvents events, int type, long number, string name, int on, IReadOnlyList<int> group, bool isPackage = false)
    {
        if (_reason is not null)
        {
            return;
        }

        if (events.Open(type, number, on, out int error) is { } counter)
        {
            _running.Add(new Running(counter, name, group, isPackage));
        }
        else if (error is AccessDenied or NotPermitted)
        {
            _reason = $"counters of whole CPUs are for root, or for all where {Paranoid} is 0 or less (it is {tree.TextOf(Paranoid) ?? "not readable"})";
        }
        else if (error == TooManyFiles || name == Tsc)
        {
            _reason = error == TooManyFiles ? "this process may not have that many open files (ulimit -n)" : string.Create(CultureInfo.InvariantCulture, $"the kernel gives no counter (errno {error})");
        }
    }

    /// <summary>A counter that was opened. One that the kernel refuses for itself alone has none, and its states have no share.</summary>
    private sealed class Running(IPerfCounter counter, string name, IReadOnlyList<int> cpus, bool isPackage)
    {
        public IPerfCounter Counter { get; } = counter;

        public string Event { get; } = name;

        public IReadOnlyList<int> Cpus { get; } = cpus;

        public bool IsPackage { get; } = isPackage;

        public long? Begin { get; set; }
    }
}
