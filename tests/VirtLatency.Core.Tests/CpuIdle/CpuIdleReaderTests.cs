using VirtLatency.CpuIdle;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Snapshots of trees on disk.</summary>
public sealed class CpuIdleReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Xeon_every_value()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(10, SysTree.Xeon).Online("0,10").Attribute(10, 3, "disable", 1).Attribute(10, 3, "usage", 4711);

        CpuIdleSnapshot snapshot = CpuIdleReader.Read(LocalHost.Captured(_folder.Path));

        Assert.Equal(("hv-07", "intel_idle", "menu", "5.10.0-136.el8.x86_64"), (snapshot.HostName, snapshot.Driver, snapshot.Governor, snapshot.KernelRelease));
        Assert.Equal([0, 10], snapshot.Cpus.Select(cpu => cpu.Number));
        IdleState deepest = snapshot.Cpus[1].States[3];
        Assert.Equal((3, "C6", 290L, 800L, true, 4711L), (deepest.Index, deepest.Name, deepest.ExitLatencyUs, deepest.TargetResidencyUs, deepest.IsDisabled, deepest.UsageCount));
        Assert.Equal([true, false, false, false], snapshot.Cpus[0].States.Select(state => state.IsPolling));
        Assert.Equal("0", snapshot.Cpus[0].ResumeLatencyLimit);
    }

    [Fact]
    public void Missing_files_are_null()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Online("0");
        foreach (string name in (string[])["rejected", "above", "default_status", "residency"])
        {
            File.Delete(_folder.Path + CpuIdleReader.PathOf(0, 3, name));
        }

        IdleState state = CpuIdleReader.Read(LocalHost.Captured(_folder.Path)).Cpus[0].States[3];

        Assert.Equal((null, null, null, null), (state.RejectedCount, state.AboveCount, state.IsDefaultDisabled, state.TargetResidencyUs));
        Assert.Equal(0, state.BelowCount);
    }

    [Fact]
    public void No_cpuidle_is_an_answer()
    {
        new SysTree(_folder.Path, driver: "none").Online("0-1");

        CpuIdleSnapshot snapshot = CpuIdleReader.Read(LocalHost.Captured(_folder.Path));

        Assert.False(snapshot.HasCpuIdle);
        Assert.Null(snapshot.Driver);
        Assert.Equal(2, snapshot.Cpus.Count);
    }

    [Theory]
    [InlineData("0-3,8", new[] { 0, 1, 2, 3, 8 }, "0-3;8")]
    [InlineData("5", new[] { 5 }, "5")]
    [InlineData("2,1,2", new[] { 1, 2 }, "1-2")]
    [InlineData("", new int[0], "")]
    public void Ranges(string text, int[] cpus, string written)
    {
        Assert.True(CpuRange.TryParse(text, out IReadOnlyList<int> read));
        Assert.Equal(cpus, read);
        Assert.Equal(written, CpuRange.TextOf(read));
    }

    [Theory]
    [InlineData("3-1")]
    [InlineData("x")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("99999999")]
    public void Bad_ranges(string text) => Assert.False(CpuRange.TryParse(text, out _));
}
