using System.Diagnostics;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>Advice by driver and table; masks and indices worked out by hand.</summary>
public sealed class BootAdviceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, (string, long, long)[], double, string[]> Tables => new()
    {
        { "intel_idle", "POLL C1 C1E C6", SysTree.Xeon, 10, ["intel_idle.states_off=8", "intel_idle.max_cstate=2"] },
        { "intel_idle", "C1E off too", SysTree.Xeon, 1, ["intel_idle.states_off=12", "intel_idle.max_cstate=1"] },
        { "intel_idle", "polling only: no index does it", SysTree.Xeon, 0, ["intel_idle.states_off=14"] },
        { "intel_idle", "nothing to limit", SysTree.Xeon, 500, [] },
        { "intel_idle", "C3 before C6", [("POLL", 0, 0), ("C1", 2, 2), ("C1E", 10, 20), ("C3", 40, 100), ("C6", 133, 400)], 50, ["intel_idle.states_off=16", "intel_idle.max_cstate=3"] },
        { "acpi_idle", "C6 as state2", [("POLL", 0, 0), ("C1", 1, 1), ("C6", 290, 800)], 10, ["processor.max_cstate=1"] },
        { "acpi_idle", "AMD", [("POLL", 0, 0), ("C1", 1, 2), ("C2", 400, 800)], 100, ["processor.max_cstate=1"] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public void Parameters_by_driver(string driver, string why, (string, long, long)[] states, double limit, string[] settings)
    {
        new SysTree(_folder.Path, driver).Cpu(0, states).Online("0");

        CStateBootAdvice[] advice = [.. BootAdvice.Of("hv", BootTrees.Table(_folder.Path), limit, hasStatesOff: true)];

        Assert.True(advice[..2].All(way => !way.NeedsReboot), why);
        Assert.Equal(settings, advice[2..].Select(way => way.Setting));
        Assert.All(advice, way => Assert.True(way.EqualsWanted));
    }

    /// <summary>With latencies out of order no index leaves the same set as the limit.</summary>
    [Fact]
    public void An_index_that_takes_more_than_wanted_says_so()
    {
        new SysTree(_folder.Path).Cpu(0, ("POLL", 0, 0), ("C1", 1, 1), ("C6", 290, 800), ("C1X", 5, 5)).Online("0").Attribute(0, 2, "disable", 1);

        CStateBootAdvice[] advice = [.. BootAdvice.Of("hv", BootTrees.Table(_folder.Path), 10, hasStatesOff: true)];

        Assert.Equal(("intel_idle.states_off=4", true, true), (advice[2].Setting, advice[2].EqualsWanted, advice[2].EqualsInForce));
        Assert.Equal(("intel_idle.max_cstate=1", false, false), (advice[3].Setting, advice[3].EqualsWanted, advice[3].EqualsInForce));
    }

    [Fact]
    public void A_kernel_without_states_off_gets_the_index()
    {
        IdleTable table = BootTrees.Table(BootTrees.Xeon(_folder.Path).Root);

        Assert.Equal(("intel_idle.max_cstate", "2"), BootAdvice.ParameterOf(table, 10, hasStatesOff: false));
        Assert.Equal(("intel_idle.states_off", "8"), BootAdvice.ParameterOf(table, 10, hasStatesOff: true));
        Assert.False(BootAdvice.Of("hv", table, 10, hasStatesOff: false)[2].EqualsWanted);
    }

    [Fact]
    public void Haltpoll_ignores_the_files_and_has_no_parameter()
    {
        new SysTree(_folder.Path, "haltpoll", "haltpoll").Cpu(0, ("POLL", 0, 0), ("haltpoll idle", 1, 1)).Online("0");

        CStateBootAdvice[] advice = [.. BootAdvice.Of("vm", BootTrees.Table(_folder.Path), 0, hasStatesOff: null)];

        Assert.Equal([("SystemdUnit", false), ("TunedForceLatency", true)], advice.Select(way => (way.Method, way.EqualsWanted)));
        Assert.Null(BootAdvice.ParameterOf(BootTrees.Table(_folder.Path), 0, hasStatesOff: null));
    }

    [Fact]
    public void Cpus_that_differ_are_said()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon[..3]).Online("0-1");

        CStateBootAdvice[] advice = [.. BootAdvice.Of("hv", BootTrees.Table(_folder.Path), 10, hasStatesOff: true)];

        Assert.All(advice, way => Assert.Equal((false, null), (way.EqualsWanted, way.EqualsInForce)));
    }

    /// <summary>The unit's commands in a real shell, on a tree: C6 of every CPU off, a firmware's veto left when it stops.</summary>
    [Fact]
    public void The_units_script_does_what_it_says()
    {
        BootTrees.Xeon(_folder.Path).Attribute(1, 3, "default_status", "disabled");

        Shell(BootAdvice.ScriptOf("10", isStart: true, _folder.Path));
        Assert.Equal([("0001"), ("0001")], Disabled());

        Shell(BootAdvice.ScriptOf("10", isStart: false, _folder.Path));
        Assert.Equal([("0000"), ("0001")], Disabled());
    }

    private static void Shell(string script)
    {
        using Process shell = Process.Start("/bin/sh", ["-c", script]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private string[] Disabled()
    {
        using LocalHost host = LocalHost.Captured(_folder.Path);
        return [.. CpuIdleReader.Read(host).Cpus.Select(cpu => string.Concat(cpu.States.Select(state => state.IsDisabled == true ? '1' : '0')))];
    }
}
