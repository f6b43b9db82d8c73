using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Hardware;
using VirtLatency.Model;

namespace VirtLatency.Tests.CpuIdle.Hardware;

/// <summary>
/// Residency counters: found on trees, read through a fake of the kernel's call. No machine of the tests has the PMUs; the call
/// itself is tried with an event that every x86 kernel has.
/// </summary>
public sealed class HardwareProbeTests : IDisposable
{
    private const string Units = "/sys/bus/event_source/devices/";
    private const int Core = 18;
    private const int Package = 19;
    private const int Msr = 9;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Two cores of two threads (0 and 2, 1 and 3). The time-stamp counter gains 3000; C6 of the cores 1500 and 2700, which are 50
    /// and 90 %, 70 % on average; C1 with C1E 300 and 0, 10 and 0 %; the package's C6 750, 25 %.
    /// </summary>
    [Fact]
    public void Shares_of_cores_and_of_the_package()
    {
        Host();
        FakeEvents events = Events();

        UsageSpan span = Measure(events);

        CStateUsage[] rows = [.. span.PerState()];
        Assert.Equal(["POLL", "C1", "C1E", "C6", "package C2", "package C6"], rows.Select(row => row.State));
        Assert.Equal([null, 5.0, null, 70.0, 0.0, 25.0], rows.Select(row => row.HardwareResidencyPercent));
        Assert.Equal([null, "hardware residency: with C1E", "hardware residency: counted with C1", null, null, null], rows.Select(row => row.Note));
        Assert.Equal((null, "0-3", null, null), (rows[5].Cpu, rows[5].CpuRange, rows[5].ResidencyPercent, rows[5].EntryCount));
        Assert.Equal([(0, 50.0), (1, 90.0), (2, 50.0), (3, 90.0)], span.PerCpu().Where(row => row.State == "C6").Select(row => (row.Cpu!.Value, row.HardwareResidencyPercent!.Value)));
        Assert.True(events.AllDisposed);
    }

    /// <summary>Only the core of the CPUs asked for is opened.</summary>
    [Fact]
    public void Only_cores_that_were_asked_for()
    {
        Host();
        FakeEvents events = Events();

        CStateUsage[] rows = [.. Measure(events, 3).PerState()];

        Assert.Equal([null, 0.0, null, 90.0, 0.0, 25.0], rows.Select(row => row.HardwareResidencyPercent));
        Assert.DoesNotContain((Core, 2L, 0), events.Opened);
        Assert.Contains((Core, 2L, 1), events.Opened);
    }

    [Fact]
    public void No_pmu_is_said()
    {
        Cpus();

        CStateUsage[] rows = [.. Measure(Events()).PerState()];

        Assert.All(rows, row => Assert.Null(row.HardwareResidencyPercent));
        Assert.All(rows, row => Assert.Equal("hardware residency: no cstate PMU (a virtual machine, an AMD CPU, or a kernel without intel_cstate)", row.Note));
    }

    [Theory]
    [InlineData(13, "hardware residency: counters of whole CPUs are for root, or for all where /proc/sys/kernel/perf_event_paranoid is 0 or less (it is 2)")]
    [InlineData(1, "hardware residency: counters of whole CPUs are for root, or for all where /proc/sys/kernel/perf_event_paranoid is 0 or less (it is 2)")]
    [InlineData(24, "hardware residency: this process may not have that many open files (ulimit -n)")]
    [InlineData(38, "hardware residency: the kernel gives no counter (errno 38)")]
    public void A_refusal_is_said(int error, string note)
    {
        Host();

        CStateUsage[] rows = [.. Measure(new FakeEvents { Error = error }).PerState()];

        Assert.All(rows, row => Assert.Equal((null, note), (row.HardwareResidencyPercent, row.Note)));
        Assert.Equal(4, rows.Length);
    }

    [Fact]
    public void Without_the_time_stamp_counter_there_is_no_share()
    {
        Host();
        Directory.Delete(_folder.Path + Units + "msr", recursive: true);

        Assert.Equal("hardware residency: the PMU msr has no event tsc, to which the share is taken", Measure(Events()).PerState().First().Note);
    }

    /// <summary>The second core's C6 is refused, for instance because the core went offline: only its share is missing.</summary>
    [Fact]
    public void A_core_that_is_refused_alone_has_no_share()
    {
        Host();
        FakeEvents events = Events();
        events.Refused.Add((Core, 2, 1));

        CStateUsage[] rows = [.. Measure(events).PerCpu()];

        Assert.Equal([50.0, null, 50.0, null], rows.Where(row => row.State == "C6").Select(row => row.HardwareResidencyPercent));
        Assert.Equal("hardware residency: no counter of this CPU counts the state", rows.Single(row => row is { State: "C6", Cpu: 1 }).Note);
    }

    [Theory]
    [InlineData("intel_idle", "C6", "MWAIT 0x20", "c6-residency")]
    [InlineData("intel_idle", "C6P", "MWAIT 0x21", "c6-residency")]
    [InlineData("intel_idle", "C1", "MWAIT 0x00", "c1-residency")]
    [InlineData("intel_idle", "C1E", "MWAIT 0x01", "c1-residency")]
    [InlineData("intel_idle", "C3", "MWAIT 0x10", "c3-residency")]
    [InlineData("intel_idle", "C7s", "MWAIT 0x33", "c7-residency")]
    [InlineData("intel_idle", "C8", "MWAIT 0x40", null)]
    [InlineData("intel_idle", "C10", "MWAIT 0x60", null)]
    [InlineData("intel_idle", "C2_ACPI", "ACPI FFH MWAIT 0x20", "c6-residency")]
    [InlineData("intel_idle", "POLL", "CPUIDLE CORE POLL IDLE", null)]
    [InlineData("acpi_idle", "C2", "ACPI FFH MWAIT 0x10", "c3-residency")]
    [InlineData("acpi_idle", "C3", "ACPI FFH INTEL MWAIT 0x20", "c6-residency")]
    [InlineData("acpi_idle", "C3", "ACPI IOPORT 0x415", null)]
    [InlineData("acpi_idle", "C1", "ACPI HLT", null)]
    public void States_and_their_counters(string driver, string name, string description, string? counter) =>
        Assert.Equal(counter, ResidencyCounter.EventOf(driver, new IdleState(1, name, description, null, null, null, null, null, null, null, null, null)));

    /// <summary>The kernel's clock event (type 1, event 0) on CPU 0: it runs, or the kernel refuses it with one of the errors that are told apart.</summary>
    [Fact]
    public void The_kernels_own_call()
    {
        using IPerfCounter? counter = new PerfEvents().Open(1, 0, 0, out int error);

        if (counter is null)
        {
            Assert.Contains(error, (int[])[1, 13, 38]);
            return;
        }

        Assert.Equal(0, error);
        long first = counter.Read()!.Value;
        Thread.Sleep(20);
        Assert.True(counter.Read() > first);
        Assert.Null(new PerfEvents().Open(1, 0, 60_000, out error));
        Assert.NotEqual(0, error);
    }

    private static FakeEvents Events() => new()
    {
        Counts =
        {
            [(Msr, 0, 0)] = (1000, 4000),
            [(Msr, 0, 3)] = (1000, 4000),
            [(Core, 0, 0)] = (50, 350),
            [(Core, 0, 1)] = (70, 70),
            [(Core, 2, 0)] = (100, 1600),
            [(Core, 2, 1)] = (0, 2700),
            [(Package, 0, 0)] = (5, 5),
            [(Package, 2, 0)] = (250, 1000),
        },
    };

    private UsageSpan Measure(FakeEvents events, params int[] cpus)
    {
        using LocalHost host = LocalHost.Captured(_folder.Path);
        CpuIdleSnapshot snapshot = CpuIdleReader.Read(host).Only(cpus);
        using HardwareProbe probe = HardwareProbe.Begin(host.Read(HardwareProbe.Patterns), snapshot, events);
        return UsageSpan.Between(snapshot with { UptimeSeconds = 1 }, snapshot with { UptimeSeconds = 2 }).With(probe.End());
    }

    private SysTree Cpus()
    {
        SysTree tree = new SysTree(_folder.Path).Online("0-3").Write("/proc/sys/kernel/perf_event_paranoid", "2");
        for (int cpu = 0; cpu < 4; cpu++)
        {
            string topology = FormattableString.Invariant($"/sys/devices/system/cpu/cpu{cpu}/topology");
            tree.Cpu(cpu, SysTree.Xeon).Write(topology + "/thread_siblings_list", cpu % 2 == 0 ? "0,2" : "1,3").Write(topology + "/core_siblings_list", "0-3");
        }

        return tree;
    }

    private void Host() => Cpus()
        .Write(Units + "cstate_core/type", "18").Write(Units + "cstate_core/cpumask", "0-1").Write(Units + "cstate_core/events/c1-residency", "event=0x00").Write(Units + "cstate_core/events/c6-residency", "event=0x02")
        .Write(Units + "cstate_pkg/type", "19").Write(Units + "cstate_pkg/cpumask", "0").Write(Units + "cstate_pkg/events/c2-residency", "event=0x00").Write(Units + "cstate_pkg/events/c6-residency", "event=0x02")
        .Write(Units + "msr/type", "9").Write(Units + "msr/events/tsc", "event=0x00").Write(Units + "msr/events/aperf", "event=0x01");

    /// <summary>Counters that give a value at the beginning and another at the end.</summary>
    private sealed class FakeEvents : IPerfEvents
    {
        private int _living;

        public Dictionary<(int Type, long Config, int Cpu), (long Begin, long End)> Counts { get; } = [];

        public HashSet<(int Type, long Config, int Cpu)> Refused { get; } = [];

        public List<(int Type, long Config, int Cpu)> Opened { get; } = [];

        public int Error { get; init; }

        public bool AllDisposed => _living == 0 && Opened.Count > 0;

        public IPerfCounter? Open(int type, long config, int cpu, out int error)
        {
            error = Refused.Contains((type, config, cpu)) ? 22 : Error;
            if (error != 0)
            {
                return null;
            }

            Opened.Add((type, config, cpu));
            _living++;
            (long begin, long end) = Counts[(type, config, cpu)];
            return new FakeCounter(begin, end, () => _living--);
        }
    }

    private sealed class FakeCounter(long begin, long end, Action disposed) : IPerfCounter
    {
        private bool _isBegun;

        public long? Read()
        {
            long value = _isBegun ? end : begin;
            _isBegun = true;
            return value;
        }

        public void Dispose() => disposed();
    }
}
