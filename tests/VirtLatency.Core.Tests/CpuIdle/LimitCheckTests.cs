using VirtLatency.CpuIdle;
using VirtLatency.Model;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>The gate of a runbook: what cannot be seen has not passed.</summary>
public sealed class LimitCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_tree_shows_nothing()
    {
        Directory.CreateDirectory(_folder.Path + "/sys");

        Assert.Equal(LimitProblem.NothingToCheck, Assert.Throws<LimitException>(() => Check(isLive: false)).Problem);
    }

    [Fact]
    public void An_empty_list_of_online_cpus_shows_nothing()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Online(string.Empty);

        Assert.Equal(LimitProblem.NothingToCheck, Assert.Throws<LimitException>(() => Check(isLive: true)).Problem);
    }

    /// <summary>A copy without the folder of cpuidle may only have left it out; the host itself has none, and passes.</summary>
    [Fact]
    public void A_copy_without_cpuidle_is_not_taken_for_a_host_without()
    {
        new SysTree(_folder.Path).Online("0-1");
        Directory.Delete(_folder.Path + "/sys/devices/system/cpu/cpuidle", recursive: true);

        Assert.Contains("neither /sys/devices/system/cpu/cpuidle", Assert.Throws<LimitException>(() => Check(isLive: false)).Message, StringComparison.Ordinal);
        Assert.Equal([(0, true, "no idle states"), (1, true, "no idle states")], Check(isLive: true).Select(row => (row.Cpu, row.Passed, row.Note!)));
    }

    [Theory]
    [InlineData("none", "ro")]
    [InlineData(null, "ro cpuidle.off=1")]
    public void A_copy_that_shows_that_there_is_none_passes(string? driver, string commandLine)
    {
        new SysTree(_folder.Path, driver ?? "none").Online("0").Write("/proc/cmdline", commandLine);
        if (driver is null)
        {
            Directory.Delete(_folder.Path + "/sys/devices/system/cpu/cpuidle", recursive: true);
        }

        Assert.True(Assert.Single(Check(isLive: false)).Passed);
    }

    /// <summary>One CPU has its states, the other's were not copied.</summary>
    [Fact]
    public void A_cpu_that_a_copy_lacks_has_not_passed()
    {
        new SysTree(_folder.Path).Cpu(0, LimitTrees.NoDeep).Online("0-1");

        Assert.Equal([(0, true), (1, false)], Check(isLive: false).Select(row => (row.Cpu, row.Passed)));
    }

    [Fact]
    public void A_latency_that_cannot_be_read_has_not_passed_even_beside_one_that_can()
    {
        new SysTree(_folder.Path).Cpu(0, LimitTrees.NoDeep).Online("0");
        File.Delete(_folder.Path + CpuIdleReader.PathOf(0, 1, "latency"));

        CStateLimitCheck row = Assert.Single(Check(isLive: true));

        Assert.Equal((false, "C1", "the exit latency cannot be read"), (row.Passed, row.DeepestState, row.Note));
    }

    [Fact]
    public void Under_ladder_a_state_that_is_off_keeps_deeper_ones_away_but_not_the_first()
    {
        SysTree tree = new SysTree(_folder.Path, governor: "ladder").Cpu(0, SysTree.Xeon).Online("0").Attribute(0, 2, "disable", 1);
        Assert.Equal((true, "C1", "disable"), Check(isLive: true).Select(row => (row.Passed, row.DeepestState, row.LimitedBy)).Single());

        tree.Attribute(0, 2, "disable", 0).Attribute(0, 1, "disable", 1);
        Assert.Equal((false, "C6", null), Check(isLive: true).Select(row => (row.Passed, row.DeepestState, row.LimitedBy)).Single());
    }

    [Fact]
    public void Cpus_that_are_offline_or_not_there()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Online("0");

        Assert.Equal(LimitProblem.CpuOffline, Assert.Throws<LimitException>(() => Check(isLive: true, 1)).Problem);
        Assert.Equal(HostAccessProblem.NoSuchCpu, Assert.Throws<HostAccessException>(() => Check(isLive: true, 7)).Problem);
    }

    private IReadOnlyList<CStateLimitCheck> Check(bool isLive, params int[] cpus) =>
        LimitCheck.Of(CpuIdleReader.Read(LocalHost.Captured(_folder.Path)), 10, null, cpus.Length == 0 ? null : cpus, isLive);
}
