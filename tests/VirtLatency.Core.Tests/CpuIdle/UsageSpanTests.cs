using VirtLatency.CpuIdle;
using VirtLatency.Model;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Gains of counters between two trees of a host, ten seconds apart.</summary>
public sealed class UsageSpanTests : IDisposable
{
    private static readonly (string, long, long)[] Two = [("POLL", 0, 0), ("C6", 290, 800)];

    private readonly TemporaryFolder _before = new();
    private readonly TemporaryFolder _after = new();

    public UsageSpanTests()
    {
        foreach ((string root, string uptime) in ((string, string)[])[(_before.Path, "100.00 150.00"), (_after.Path, "110.00 165.00")])
        {
            new SysTree(root).Online("0-1").Cpu(0, Two).Cpu(1, Two).Write("/proc/uptime", uptime);
        }
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }

    /// <summary>CPU 0: 200 entries and 4 s of 10; CPU 1: 100 entries and 8 s. Together 30 per s, 60 %, 12 s / 300 = 40 ms.</summary>
    [Fact]
    public void Gains_of_two_cpus()
    {
        Counters(_before, 0, usage: 1000, time: 5_000_000);
        Counters(_after, 0, usage: 1200, time: 9_000_000);
        Counters(_before, 1, usage: 50, time: 0);
        Counters(_after, 1, usage: 150, time: 8_000_000);

        CStateUsage row = Span().PerState().Last();

        Assert.Equal(("C6", null, "0-1", 10.0), (row.State, row.Cpu, row.CpuRange, row.DurationSeconds));
        Assert.Equal((30.0, 60.0, 40.0, 80.0), (row.EntriesPerSecond, row.ResidencyPercent, row.MinResidencyPercent, row.MaxResidencyPercent));
        Assert.Equal((300L, 40_000.0, null), (row.EntryCount, row.MeanStayUs, row.Note));
        Assert.Equal([40.0, 80.0], Span().PerCpu().Where(cpu => cpu.State == "C6").Select(cpu => cpu.ResidencyPercent));
    }

    /// <summary>The uptime of 110 s divides what was counted since boot.</summary>
    [Fact]
    public void Since_boot()
    {
        Counters(_after, 0, usage: 2200, time: 11_000_000);

        CStateUsage row = UsageSpan.SinceBoot(Snapshot(_after)).PerCpu().First(cpu => cpu is { State: "C6", Cpu: 0 });

        Assert.Equal((20.0, 10.0, 110.0, 5000.0), (row.EntriesPerSecond, row.ResidencyPercent, row.DurationSeconds, row.MeanStayUs));
    }

    [Fact]
    public void Backwards_is_no_number()
    {
        Counters(_before, 0, usage: 1000, time: 5_000_000);
        Counters(_after, 0, usage: 10, time: 6_000_000);
        Counters(_after, 1, usage: 100, time: 2_000_000);

        CStateUsage single = Span().PerCpu().First(cpu => cpu is { State: "C6", Cpu: 0 });
        CStateUsage both = Span().PerState().Last();

        Assert.Equal((null, null, null, "the counters went backwards"), (single.EntriesPerSecond, single.ResidencyPercent, single.EntryCount, single.Note));
        Assert.Equal((10.0, 20.0, "the counters went backwards: CPU 0, left out"), (both.EntriesPerSecond, both.ResidencyPercent, both.Note));
    }

    [Theory]
    [InlineData(true, "the CPU went offline in between")]
    [InlineData(false, "the CPU came online in between")]
    public void A_cpu_that_goes_or_comes(bool goes, string note)
    {
        TemporaryFolder without = goes ? _after : _before;
        Directory.Delete(without.Path + "/sys/devices/system/cpu/cpu1", recursive: true);
        new SysTree(without.Path).Online("0");

        CStateUsage row = Span().PerCpu().Last();

        Assert.Equal((1, "C6", null, null, note), (row.Cpu, row.State, row.EntryCount, row.ResidencyPercent, row.Note));
    }

    [Fact]
    public void Another_boot_has_no_gains()
    {
        new SysTree(_after.Path).Write("/proc/sys/kernel/random/boot_id", "another");

        Assert.All(Span().PerCpu(), row => Assert.Equal((null, "the host was booted in between"), (row.EntryCount, row.Note)));
    }

    [Fact]
    public void Without_uptime_there_is_no_rate()
    {
        Counters(_after, 0, usage: 10, time: 1000);
        File.Delete(_before.Path + "/proc/uptime");

        CStateUsage row = Span().PerCpu().First(cpu => cpu is { State: "C6", Cpu: 0 });

        Assert.Equal((10L, null, null, null), (row.EntryCount, row.EntriesPerSecond, row.ResidencyPercent, row.DurationSeconds));
        Assert.StartsWith("the time between is unknown", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_that_the_kernel_lacks_is_null()
    {
        File.Delete(_after.Path + CpuIdleReader.PathOf(0, 1, "rejected"));

        CStateUsage[] rows = [.. Span().PerState()];

        Assert.Equal((null, 0L), (rows[1].RejectedCount, rows[0].RejectedCount));
        Assert.Equal(0, rows[1].EntryCount);
    }

    private static void Counters(TemporaryFolder tree, int cpu, long usage, long time) =>
        new SysTree(tree.Path).Attribute(cpu, 1, "usage", usage).Attribute(cpu, 1, "time", time);

    private static CpuIdleSnapshot Snapshot(TemporaryFolder tree) => CpuIdleReader.Read(LocalHost.Captured(tree.Path));

    private UsageSpan Span() => UsageSpan.Between(Snapshot(_before), Snapshot(_after));
}
