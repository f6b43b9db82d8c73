using VirtLatency.CpuIdle;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>Findings of hosts' idle states, from captured trees and from rows.</summary>
public sealed class CStateFindingTests
{
    private const string Deep = "POLL 0us, C1 1us, C1E 4us, C6 290us";

    private static readonly PathEnvironment Path = new("path");

    [Fact]
    public void Captured_trees_that_differ()
    {
        CStateConfig one = Captured("hv-07");
        CStateConfig other = Captured("hv-08");

        LatencyFinding finding = FindingAssert.One("CStateDiffers", Path, null, null, one, other);

        Assert.Equal("Important", finding.Severity);
        Assert.Contains("hv-07 and hv-08", finding.Finding, StringComparison.Ordinal);
        Assert.Contains("C6 290us (off on 0-2)", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains("which of them belongs to which environment is not known", finding.Caveat, StringComparison.Ordinal);
        Assert.Contains("hv-08", FindingAssert.One("CStateNotUniform", Path, null, null, one, other).Finding, StringComparison.Ordinal);
        FindingAssert.None("CStateDiffers", Path, null, null, one, one);
        FindingAssert.None("CStateDiffers", Path, null, null, one);
        FindingAssert.None("CStateNotUniform", Path, null, null, one);
    }

    /// <summary>hv-08 keeps 4 us on CPUs 0-2; max_cstate=3 lets C6 (the fourth entry) come back, and hv-07 has no parameter at all.</summary>
    [Fact]
    public void Boot_parameters_against_the_limit_in_force()
    {
        LatencyFinding[] findings = FindingAssert.Of("BootParameterDiffers", Path, null, null, Captured("hv-07"), Captured("hv-08"));

        Assert.Equal(["hv-07", "hv-08"], findings.Select(finding => finding.Finding.Split(' ')[4]));
        Assert.Contains("4 us is the limit that hv-08 keeps", findings[0].Evidence, StringComparison.Ordinal);
        Assert.Contains("advice for intel_idle: intel_idle.states_off=8 or intel_idle.max_cstate=2", findings[0].Evidence, StringComparison.Ordinal);
        Assert.Contains("running command line: intel_idle.max_cstate=3 nohz_full=2-3", findings[1].Evidence, StringComparison.Ordinal);
        Assert.Equal("Get-CStateBootParameter -HostName hv-07 -MaxExitLatencyUs 4", findings[0].NextStep);
    }

    [Theory]
    [InlineData("intel_idle", Deep + " (off)", "intel_idle.states_off=8", 0)]
    [InlineData("intel_idle", Deep + " (off)", "intel_idle.states_off=0x8", 0)]
    [InlineData("intel_idle", Deep + " (off)", "intel_idle.states_off=4", 1)]
    [InlineData("intel_idle", Deep + " (off)", "intel_idle.max_cstate=2", 0)]
    [InlineData("intel_idle", Deep + " (off)", "processor.max_cstate=1", 1)]
    [InlineData("acpi_idle", Deep + " (off)", "intel_idle.max_cstate=0 processor.max_cstate=2", 0)]
    [InlineData("intel_idle", Deep + " (off)", "", 1)]
    [InlineData("intel_idle", Deep, "", 0)]
    [InlineData("intel_idle", "POLL 0us, C1 1us, C1E 4us", "", 0)]
    public void Parameters_that_keep_a_limit(string driver, string states, string parameter, int expected) =>
        Assert.Equal(expected, FindingAssert.Of("BootParameterDiffers", Path, null, null, Host("a", states, 4, driver, parameter)).Length);

    [Fact]
    public void Hosts_of_environments_are_known_by_their_names()
    {
        PathEnvironment deep = Path with { HostName = "hv-1.lab" };
        PathEnvironment shallow = new("other") { HostName = "root@hv-2" };
        CStateConfig[] hosts = [Host("hv-1", Deep, 290), Host("hv-2.lab", "POLL 0us, C1 1us", 1, "acpi_idle")];

        LatencyFinding known = FindingAssert.One("CStateDiffers", deep, shallow, null, hosts);
        LatencyFinding unknown = FindingAssert.One("CStateDiffers", deep with { HostName = "hv-10" }, shallow, null, hosts);

        Assert.Equal("The idle states of path and other are configured differently", known.Finding);
        Assert.Contains("hv-1 of path: deepest C6, 290 us to leave", known.Evidence, StringComparison.Ordinal);
        Assert.Contains("the same number is another set", known.Caveat, StringComparison.Ordinal);
        Assert.Equal("The idle states of hv-1 and hv-2.lab are configured differently", unknown.Finding);
        Assert.StartsWith("No manifest names", unknown.Caveat, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_boot_parameters_alone_are_information() => Assert.Equal(
        "Information",
        FindingAssert.One("CStateDiffers", Path, null, null, Host("a", Deep, 290, parameter: "nohz_full=2-3"), Host("b", Deep, 290)).Severity);

    [Fact]
    public void Workers_are_looked_at_by_their_counters_once_the_configuration_is_known()
    {
        PathEnvironment slow = new("slow") { WakeupUs = 90 };

        Assert.StartsWith("Get-CStateConfig", FindingAssert.One("VhostWorkerWakeup", slow, Path).NextStep, StringComparison.Ordinal);
        Assert.StartsWith("Get-CStateUsage", FindingAssert.One("VhostWorkerWakeup", slow, Path, null, Host("a", Deep, 290)).NextStep, StringComparison.Ordinal);
    }

    private static CStateConfig Host(string name, string states, double deepest, string driver = "intel_idle", string parameter = "") => new()
    {
        HostName = name,
        Driver = driver,
        Governor = "menu",
        CpuCount = 4,
        States = states,
        DeepestEnabled = deepest > 4 ? "C6" : "C1",
        MaxExitLatencyUs = deepest,
        Uniform = true,
        BootParameter = parameter,
    };

    private static CStateConfig Captured(string name) => CStateRows.Of(CpuIdleReader.Read(LocalHost.Captured(System.IO.Path.Combine(RepositoryFolder.Root, "examples", "hosts", name))));
}
