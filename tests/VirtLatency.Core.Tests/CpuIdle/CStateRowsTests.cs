using VirtLatency.CpuIdle;
using VirtLatency.Model;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>The row of a host, from trees on disk with the tables that machines really have.</summary>
public sealed class CStateRowsTests : IDisposable
{
    private const string Unknown = "the limit of /dev/cpu_dma_latency is unknown (read live, as root only)";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Xeon_with_one_state_off_on_some_cpus()
    {
        SysTree tree = new SysTree(_folder.Path).Online("0-4");
        for (int cpu = 0; cpu < 5; cpu++)
        {
            tree.Cpu(cpu, SysTree.Xeon).Attribute(cpu, 3, "disable", cpu < 3 ? 1 : 0);
        }

        CStateConfig row = Row();

        Assert.Equal("POLL 0us, C1 1us, C1E 4us, C6 290us (off on 0-2)", row.States);
        Assert.Equal((5, "C6", 290.0, null, false), (row.CpuCount, row.DeepestEnabled, row.MaxExitLatencyUs, row.EffectiveLimitUs, row.Uniform));
        Assert.Equal("C6 is off on CPUs 0-2, not on CPUs 3-4; " + Unknown, row.Note);
        Assert.Equal(string.Empty, row.BootParameter);
    }

    [Fact]
    public void Off_everywhere_leaves_the_next_state()
    {
        new SysTree(_folder.Path).Online("0-1").Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Attribute(0, 3, "disable", 1).Attribute(1, 3, "disable", 1);

        CStateConfig row = Row();

        Assert.Equal("POLL 0us, C1 1us, C1E 4us, C6 290us (off)", row.States);
        Assert.Equal(("C1E", 4.0, true), (row.DeepestEnabled, row.MaxExitLatencyUs, row.Uniform));
        Assert.Equal(Unknown, row.Note);
    }

    public static TheoryData<string, string, string, double> Tables => new()
    {
        { "POLL 0 0 C1 2 2", "POLL 0us, C1 2us", "C1", 2 },
        { "C1 1 1 C1E 10 20 C6 133 600", "C1 1us, C1E 10us, C6 133us", "C6", 133 },
        { "POLL 0 0 C1 2 2 C1E 10 20 C3 40 100 C6 133 400", "POLL 0us, C1 2us, C1E 10us, C3 40us, C6 133us", "C6", 133 },
        { "POLL 0 0 C1 1 2 C2 400 800", "POLL 0us, C1 1us, C2 400us", "C2", 400 },
    };

    /// <summary>No deep state; C6 as state2; C3 at state3 with C6 at state4; AMD's deep state C2.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_of_other_machines(string table, string states, string deepest, double us)
    {
        (string, long, long)[] rows = [.. table.Split(' ').Chunk(3).Select(part => (part[0], long.Parse(part[1], null), long.Parse(part[2], null)))];
        new SysTree(_folder.Path).Online("0-1").Cpu(0, rows).Cpu(1, rows);

        CStateConfig row = Row();

        Assert.Equal((states, deepest, us, true), (row.States, row.DeepestEnabled, row.MaxExitLatencyUs, row.Uniform));
    }

    [Fact]
    public void One_cpu_of_four_with_another_table()
    {
        new SysTree(_folder.Path).Online("0-3").Cpu(0, SysTree.Xeon).Cpu(1, ("POLL", 0, 0), ("C1", 2, 2)).Cpu(2, SysTree.Xeon).Cpu(3, SysTree.Xeon);

        CStateConfig row = Row();

        Assert.Equal("POLL 0us, C1 1us, C1E 4us, C6 290us", row.States);
        Assert.False(row.Uniform);
        Assert.Equal("CPU 1 differs: POLL 0us, C1 2us; " + Unknown, row.Note);
    }

    [Fact]
    public void Haltpoll_enters_what_is_off()
    {
        new SysTree(_folder.Path, "haltpoll", "haltpoll").Online("0").Cpu(0, ("POLL", 0, 0), ("haltpoll idle", 1, 1)).Attribute(0, 1, "disable", 1);

        CStateConfig row = Row();

        Assert.Equal("POLL 0us, haltpoll idle 1us (off)", row.States);
        Assert.Equal(("haltpoll idle", 1.0), (row.DeepestEnabled, row.MaxExitLatencyUs));
        Assert.StartsWith("the governor haltpoll ignores which states are off; ", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_ladder_an_off_state_blocks_the_deeper_ones()
    {
        new SysTree(_folder.Path, governor: "ladder").Online("0").Cpu(0, SysTree.Xeon).Attribute(0, 2, "disable", 1);

        Assert.Equal(("C1", 1.0), (Row().DeepestEnabled, Row().MaxExitLatencyUs));
    }

    [Fact]
    public void Under_ladder_the_first_state_is_entered_although_it_is_off()
    {
        new SysTree(_folder.Path, governor: "ladder").Online("0").Cpu(0, SysTree.Xeon).Attribute(0, 1, "disable", 1);

        Assert.Equal(("C6", 290.0), (Row().DeepestEnabled, Row().MaxExitLatencyUs));
        Assert.StartsWith("the governor ladder enters C1 although it is off; ", Row().Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Haltpoll_never_enters_more_than_the_first_two()
    {
        new SysTree(_folder.Path, governor: "haltpoll").Online("0").Cpu(0, SysTree.Xeon);

        Assert.Equal(("C1", 1.0), (Row().DeepestEnabled, Row().MaxExitLatencyUs));
        Assert.StartsWith("the governor haltpoll ignores which states are off, and enters the first two only; ", Row().Note, StringComparison.Ordinal);
    }

    [Fact]
    public void None_at_all()
    {
        new SysTree(_folder.Path, "none").Online("0-1").Write("/proc/cmdline", "root=/dev/sda1 idle=poll");

        CStateConfig row = Row();

        Assert.Equal((null, null, null, 2, "idle=poll"), (row.States, row.DeepestEnabled, row.MaxExitLatencyUs, row.CpuCount, row.BootParameter));
        Assert.Equal("no idle states are published: the kernel has no cpuidle (idle=poll, idle=halt, cpuidle.off=1, many VMs)", row.Note);
    }

    [Fact]
    public void Old_kernel()
    {
        new SysTree(_folder.Path).Online("0").Cpu(0, SysTree.Xeon);
        string cpuidle = _folder.Path + "/sys/devices/system/cpu/cpuidle/";
        File.Move(cpuidle + "current_governor", cpuidle + "current_governor_ro");
        File.Delete(_folder.Path + "/sys/devices/system/cpu/cpu0/power/pm_qos_resume_latency_us");
        foreach (string file in Directory.EnumerateFiles(_folder.Path + "/sys/devices/system/cpu/cpu0/cpuidle", "*", SearchOption.AllDirectories).ToArray())
        {
            if (Path.GetFileName(file) is "default_status" or "rejected" or "above" or "below" or "residency")
            {
                File.Delete(file);
            }
        }

        CpuCState deepest = CStateRows.PerCpu(Snapshot()).Last();

        Assert.Equal(("menu", "POLL 0us, C1 1us, C1E 4us, C6 290us"), (Row().Governor, Row().States));
        Assert.Equal((null, null, null), (deepest.DefaultDisabled, deepest.TargetResidencyUs, deepest.ResumeLatencyLimitUs));
        Assert.Equal((3, 290.0, false), (deepest.Index, deepest.ExitLatencyUs, deepest.Disabled));
    }

    /// <summary>A request of 100 us lets C1E (4) in but not C6 (290); none lets all in; a CPU's own limit of 1 us leaves C1.</summary>
    [Theory]
    [InlineData(100, "0", 4.0)]
    [InlineData(290, "0", 290.0)]
    [InlineData(2_000_000_000, "0", 290.0)]
    [InlineData(2_000_000_000, "1", 1.0)]
    [InlineData(2_000_000_000, "n/a", 0.0)]
    public void Power_management_requests(long request, string resume, double expected)
    {
        new SysTree(_folder.Path).Online("0").Cpu(0, SysTree.Xeon).Write("/sys/devices/system/cpu/cpu0/power/pm_qos_resume_latency_us", resume);

        CStateConfig row = CStateRows.Of(Snapshot() with { LatencyRequestUs = request });

        Assert.Equal((290.0, expected), (row.MaxExitLatencyUs, row.EffectiveLimitUs));
    }

    [Fact]
    public void Limits_of_single_cpus_are_named()
    {
        SysTree tree = new SysTree(_folder.Path).Online("0-1").Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon);
        tree.Write("/sys/devices/system/cpu/cpu1/power/pm_qos_resume_latency_us", "n/a").Write("/sys/devices/system/cpu/present", "0-3");

        CStateConfig row = CStateRows.Of(Snapshot() with { LatencyRequestUs = 100 });

        Assert.False(row.Uniform);
        Assert.Equal("PM QoS limits CPU 1 to polling only (pm_qos_resume_latency_us); PM QoS limits every CPU to 100 us (/dev/cpu_dma_latency); CPUs 2-3 are offline", row.Note);
        Assert.Equal(("0-1", "2-3"), (row.OnlineCpu, row.OfflineCpu));
    }

    [Fact]
    public void A_drivers_veto_is_named()
    {
        new SysTree(_folder.Path).Online("0-1").Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Attribute(1, 3, "default_status", "disabled").Attribute(1, 3, "disable", 1);

        Assert.Equal("C6 is off on CPU 1, not on CPU 0; C6 is off by the driver's default on CPU 1; " + Unknown, Row().Note);
    }

    [Fact]
    public void A_cpu_that_is_not_there()
    {
        new SysTree(_folder.Path).Online("0-1").Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon);

        var error = Assert.Throws<HostAccessException>(() => Snapshot().Only([1, 7]));

        Assert.Equal(HostAccessProblem.NoSuchCpu, error.Problem);
        Assert.Equal("hv-07 has no CPU 7 that is online. It has 0-1.", error.Message);
    }

    private CpuIdleSnapshot Snapshot() => CpuIdleReader.Read(LocalHost.Captured(_folder.Path));

    private CStateConfig Row() => CStateRows.Of(Snapshot());
}
