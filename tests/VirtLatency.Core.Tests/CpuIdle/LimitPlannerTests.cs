using VirtLatency.CpuIdle;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Which states a limit switches off, on the tables that machines have.</summary>
public sealed class LimitPlannerTests : IDisposable
{
    private static readonly LimitRequest Ten = new() { MaxExitLatencyUs = 10 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Xeon", "cpu0/state3,cpu1/state3")]
    [InlineData("NoDeep", "")]
    [InlineData("SixAsSecond", "cpu0/state2,cpu1/state2")]
    [InlineData("WithThree", "cpu0/state3,cpu0/state4,cpu1/state3,cpu1/state4")]
    [InlineData("Amd", "cpu0/state2,cpu1/state2")]
    [InlineData("Haltpoll", "")]
    public void Ten_us_switches_off_what_is_slower(string table, string files)
    {
        Tree(LimitTrees.Table(table), LimitTrees.Table(table));

        Assert.Equal(files, FilesOf(Plan(Ten)));
    }

    [Fact]
    public void One_cpu_of_four_with_another_table_is_limited_by_its_own()
    {
        Tree(SysTree.Xeon, SysTree.Xeon, LimitTrees.SixAsSecond, SysTree.Xeon);

        Assert.Equal("cpu0/state3,cpu1/state3,cpu2/state2,cpu3/state3", FilesOf(Plan(Ten)));
    }

    [Theory]
    [InlineData("C1", "cpu0/state2,cpu0/state3,cpu0/state4")]
    [InlineData("c1e", "cpu0/state3,cpu0/state4")]
    [InlineData("C6", "")]
    public void Deepest_state_by_name(string name, string files)
    {
        Tree(LimitTrees.WithThree);

        Assert.Equal(files, FilesOf(Plan(new LimitRequest { DeepestState = name })));
    }

    [Fact]
    public void One_state_alone_by_name()
    {
        Tree(LimitTrees.WithThree);

        LimitWrite write = Assert.Single(Plan(new LimitRequest { DisableStates = ["C3"] }).Writes);

        Assert.Equal((0, 3, "C3", 40L, "0", "1"), (write.Cpu, write.Index, write.State, write.ExitLatencyUs, write.Before, write.After));
    }

    [Fact]
    public void A_limit_below_the_first_state_is_refused_by_its_name_and_latency()
    {
        Tree(LimitTrees.NoDeep);

        LimitException error = Assert.Throws<LimitException>(() => Plan(new LimitRequest { MaxExitLatencyUs = 1 }));

        Assert.Equal(LimitProblem.PollingOnly, error.Problem);
        Assert.Contains("C1 needs 2 us", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Polling_is_allowed_when_asked_for_and_POLL_stays()
    {
        Tree(LimitTrees.NoDeep);

        Assert.Equal("cpu0/state1,cpu0/state2", FilesOf(Plan(new LimitRequest { MaxExitLatencyUs = 1, AllowPolling = true })));
    }

    [Fact]
    public void One_cpu_left_polling_refuses_the_whole()
    {
        Tree(SysTree.Xeon, LimitTrees.NoDeep);

        LimitException error = Assert.Throws<LimitException>(() => Plan(new LimitRequest { MaxExitLatencyUs = 1 }));

        Assert.Contains("CPUs 1 of hv-07", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_off_before_counts_for_polling()
    {
        Tree(SysTree.Xeon).Attribute(0, 1, "disable", 1);

        Assert.Equal(LimitProblem.PollingOnly, Assert.Throws<LimitException>(() => Plan(new LimitRequest { MaxExitLatencyUs = 1 })).Problem);
    }

    [Fact]
    public void POLL_is_never_switched_off()
    {
        Tree(SysTree.Xeon);

        Assert.Equal(LimitProblem.PollingState, Assert.Throws<LimitException>(() => Plan(new LimitRequest { DisableStates = ["poll"], AllowPolling = true })).Problem);
    }

    [Fact]
    public void An_unknown_name_gives_the_names_there_are()
    {
        Tree(SysTree.Xeon);

        LimitException error = Assert.Throws<LimitException>(() => Plan(new LimitRequest { DeepestState = "C7" }));

        Assert.Equal(LimitProblem.UnknownState, error.Problem);
        Assert.EndsWith("have no state 'C7'; they have POLL, C1, C1E, C6.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_veto_is_left_alone_unless_named()
    {
        Tree(SysTree.Xeon).Attribute(0, 2, "disable", 1).Attribute(0, 2, "default_status", "disabled");

        Assert.Equal("cpu0/state3", FilesOf(Plan(Ten with { EnableShallower = true })));
        Assert.Equal("cpu0/state2,cpu0/state3", FilesOf(Plan(new LimitRequest { DeepestState = "C1E", EnableShallower = true })));
    }

    [Fact]
    public void Shallower_states_are_switched_on_only_when_asked()
    {
        Tree(SysTree.Xeon).Attribute(0, 2, "disable", 1).Attribute(0, 3, "disable", 1);

        Assert.Empty(Plan(Ten).Writes);
        LimitWrite write = Assert.Single(Plan(Ten with { EnableShallower = true }).Writes);
        Assert.Equal(("C1E", "1", "0"), (write.State, write.Before, write.After));
    }

    [Theory]
    [InlineData("haltpoll")]
    [InlineData("ladder")]
    public void Governors_that_differ_are_announced(string governor)
    {
        new SysTree(_folder.Path, governor: governor).Cpu(0, SysTree.Xeon).Online("0");

        Assert.Contains(Plan(Ten).Announcements, text => text.Contains(governor, StringComparison.Ordinal));
    }

    /// <summary>ladder never looks at the flag of the first state behind POLL.</summary>
    [Fact]
    public void Under_ladder_the_first_state_off_does_not_leave_polling_only()
    {
        new SysTree(_folder.Path, governor: "ladder").Cpu(0, SysTree.Xeon).Online("0");

        LimitPlan plan = Plan(new LimitRequest { DisableStates = ["C1"] });

        Assert.Equal("cpu0/state1", FilesOf(plan));
        Assert.Contains("entered even where it is off", Assert.Single(plan.Announcements), StringComparison.Ordinal);
    }

    /// <summary>All of them off is what another governor would go by, whichever is chosen now.</summary>
    [Theory]
    [InlineData("ladder")]
    [InlineData("haltpoll")]
    public void All_states_off_is_refused_under_every_governor(string governor)
    {
        new SysTree(_folder.Path, governor: governor).Cpu(0, SysTree.Xeon).Online("0");

        Assert.Equal(LimitProblem.PollingOnly, Assert.Throws<LimitException>(() => Plan(new LimitRequest { MaxExitLatencyUs = 0 })).Problem);
    }

    [Fact]
    public void A_cpu_with_polling_alone_is_named_as_such()
    {
        Tree([("POLL", 0, 0)], SysTree.Xeon);

        LimitException error = Assert.Throws<LimitException>(() => Plan(Ten));

        Assert.Contains("CPUs 0 of hv-07 nothing but busy waiting (POLL): they have no other state. ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The kernel shows 0 or 1; anything else is not taken for a flag.</summary>
    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("on")]
    public void A_flag_that_is_none_is_not_taken_for_off(string flag)
    {
        Tree(SysTree.Xeon, SysTree.Xeon).Attribute(1, 3, "disable", flag);

        LimitException error = Assert.Throws<LimitException>(() => Plan(Ten));

        Assert.Equal(LimitProblem.NotLimitable, error.Problem);
        Assert.Contains("State C6 of cpu1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_limit_needs_and_finds_is_kept_in_mind()
    {
        Tree(SysTree.Xeon, SysTree.Xeon).Attribute(1, 3, "disable", 1);

        LimitPlan plan = Plan(Ten);

        Assert.Equal("cpu0/state3", FilesOf(plan));
        Assert.Equal(new LimitWrite(1, 3, "C6", 290, "1", "1"), Assert.Single(plan.Kept));
    }

    [Fact]
    public void Cpus_out_of_range_and_offline()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Online("0");

        Assert.Equal(HostAccessProblem.NoSuchCpu, Assert.Throws<HostAccessException>(() => Plan(Ten with { Cpus = [7] })).Problem);
        Assert.Equal(LimitProblem.CpuOffline, Assert.Throws<LimitException>(() => Plan(Ten with { Cpus = [1] })).Problem);
        Assert.Equal("cpu0/state3", FilesOf(Plan(Ten)));
    }

    [Fact]
    public void No_cpuidle()
    {
        new SysTree(_folder.Path, driver: "none").Online("0-1");

        Assert.Equal(LimitProblem.NoCpuIdle, Assert.Throws<LimitException>(() => Plan(Ten)).Problem);
    }

    [Fact]
    public void An_old_kernel_without_default_status()
    {
        SysTree tree = Tree(SysTree.Xeon);
        foreach (string name in (string[])["default_status", "above", "below", "rejected"])
        {
            for (int index = 0; index < 4; index++)
            {
                File.Delete(tree.Root + CpuIdleReader.PathOf(0, index, name));
            }
        }

        Assert.Equal("cpu0/state3", FilesOf(Plan(Ten)));
    }

    [Theory]
    [InlineData(10, "0", "10")]
    [InlineData(10, "100", "10")]
    [InlineData(10, "5", null)]
    [InlineData(10, "n/a", "refused")]
    [InlineData(10, "10", null)]
    public void Resume_latency(int limit, string now, string? written)
    {
        Tree(SysTree.Xeon).Write(LimitWrite.ResumePathOf(0), now);
        LimitRequest request = new() { MaxExitLatencyUs = limit, Method = LimitMethod.ResumeLatency };

        if (written == "refused")
        {
            Assert.Equal(LimitProblem.PollingOnly, Assert.Throws<LimitException>(() => Plan(request)).Problem);
        }
        else
        {
            Assert.Equal(written, Plan(request).Writes.SingleOrDefault()?.After);
        }
    }

    [Fact]
    public void Resume_latency_zero_is_written_as_polling_only()
    {
        Tree(SysTree.Xeon);
        LimitRequest request = new() { MaxExitLatencyUs = 0, Method = LimitMethod.ResumeLatency };

        Assert.Equal(LimitProblem.PollingOnly, Assert.Throws<LimitException>(() => Plan(request)).Problem);
        Assert.Equal("n/a", Assert.Single(Plan(request with { AllowPolling = true }).Writes).After);
    }

    [Fact]
    public void Text_of_a_change_reads_back()
    {
        LimitWrite[] writes = [new(0, 1, "haltpoll idle", 1, "0", "1"), new(12, 2, "a=b;c/d%", 1, "1", "0"), new(3, null, null, null, "0", "n/a")];

        Assert.Equal("cpu0/haltpoll idle=0;cpu12/a%3Db%3Bc%2Fd%25=1;cpu3/resume=0", ChangeText.Of(writes, write => write.Before));
        Assert.True(ChangeText.TryParse(ChangeText.Of(writes, write => write.Before), ChangeText.Of(writes, write => write.After), out IReadOnlyList<LimitWrite> read));
        Assert.Equal(writes.Select(write => write with { Index = null, ExitLatencyUs = null }), read);
    }

    [Fact]
    public void States_of_one_name_have_their_number_in_the_text()
    {
        LimitWrite[] writes = [new(0, 2, "C6", 133, "0", "1"), new(0, 3, "C6", 290, "0", "1"), new(1, 2, "C#6", 133, "0", "1")];

        Assert.Equal("cpu0/C6#2=0;cpu0/C6#3=0;cpu1/C%236=0", ChangeText.Of(writes, write => write.Before));
        Assert.True(ChangeText.TryParse(ChangeText.Of(writes, write => write.Before), ChangeText.Of(writes, write => write.After), out IReadOnlyList<LimitWrite> read));
        Assert.Equal([(2, "C6"), (3, "C6"), (null, "C#6")], read.Select(write => (write.Index, write.State)));
    }

    [Theory]
    [InlineData("cpu0/C6=0", "cpu1/C6=1")]
    [InlineData("cpu0/C6=0", "")]
    [InlineData("cpu0/C6=0;x", "cpu0/C6=1;x")]
    [InlineData("cpu0/C6=$(reboot)", "cpu0/C6=1")]
    [InlineData("cpu-1/C6=0", "cpu-1/C6=1")]
    [InlineData("cpu0/C6=0;cpu0/C6=1", "cpu0/C6=1;cpu0/C6=0")]
    [InlineData("cpu0/C6#=0", "cpu0/C6#=1")]
    [InlineData("cpu0/C6#3=0", "cpu0/C6#2=1")]
    public void Damaged_text_of_a_change(string before, string after) => Assert.False(ChangeText.TryParse(before, after, out _));

    private LimitPlan Plan(LimitRequest request) => LimitPlanner.Of(new WritableHost(_folder.Path), request);

    private static string FilesOf(LimitPlan plan) => string.Join(',', plan.Writes.Select(write => FormattableString.Invariant($"cpu{write.Cpu}/state{write.Index}")));

    private SysTree Tree(params (string Name, long Latency, long Residency)[][] cpus)
    {
        var tree = new SysTree(_folder.Path);
        for (int number = 0; number < cpus.Length; number++)
        {
            tree.Cpu(number, cpus[number]);
        }

        return tree.Online(FormattableString.Invariant($"0-{cpus.Length - 1}"));
    }
}
