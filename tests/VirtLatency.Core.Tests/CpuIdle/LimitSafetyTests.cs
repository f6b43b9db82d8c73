using VirtLatency.CpuIdle;
using Xunit;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Limits between others' changes, forged and damaged records, and hosts that tell little.</summary>
public sealed class LimitSafetyTests : IDisposable
{
    private static readonly LimitRequest Ten = new() { MaxExitLatencyUs = 10 };

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _state = new();

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    /// <summary>C1 and C1E go off between the plan and the write: C6 off as well would leave polling only.</summary>
    [Fact]
    public void A_change_since_the_plan_that_leaves_polling_only_is_refused()
    {
        WritableHost host = Host();
        LimitPlan plan = LimitPlanner.Of(host, Ten);
        new SysTree(_folder.Path).Attribute(1, 1, "disable", 1).Attribute(1, 2, "disable", 1);

        Assert.Throws<LimitException>(() => LimitRunner.Apply(host, plan, Store()));
        Assert.Equal(0, host.WriteCount);
    }

    [Theory]
    [InlineData("cpu0/POLL=1", "cpu0/POLL=0")]
    [InlineData("cpu0/C1=1;cpu0/C1E=1;cpu0/C6=1", "cpu0/C1=0;cpu0/C1E=0;cpu0/C6=0")]
    [InlineData("cpu0/resume=n/a", "cpu0/resume=0")]
    [InlineData("cpu0/C6=0;cpu0/C6=1", "cpu0/C6=1;cpu0/C6=0")]
    public void A_forged_change_disables_nothing_by_being_taken_back(string before, string after)
    {
        WritableHost host = Host();
        _ = ChangeText.TryParse(before, after, out IReadOnlyList<LimitWrite> writes);

        Assert.Throws<LimitException>(() => LimitRestore.Of(host, writes, "a", null, null).Apply(host, force: false, disarm: false));
        Assert.Equal(0, host.WriteCount);
    }

    /// <summary>Even where it is asked for all the same, busy waiting is not switched off.</summary>
    [Fact]
    public void POLL_is_never_switched_off_by_a_restore()
    {
        WritableHost host = Host();
        LimitRestore restore = LimitRestore.Of(host, [new LimitWrite(0, 0, "POLL", 0, "1", "0"), new LimitWrite(0, 3, "C6", 290, "1", "0")], "a", null, null);

        restore.Apply(host, force: true, disarm: false);

        Assert.Equal(("0", "1"), (Flag(0, 0), Flag(0, 3)));
    }

    /// <summary>What a restore leaves is polling only by what someone else did while the question was open.</summary>
    [Fact]
    public void A_restore_that_leaves_polling_only_by_now_is_refused_under_the_lock()
    {
        WritableHost host = Host();
        LimitRestore restore = LimitRestore.Of(host, [new LimitWrite(0, 3, "C6", 290, "1", "0")], "a", null, null);
        restore.Refuse(force: false);
        new SysTree(_folder.Path).Attribute(0, 1, "disable", 1).Attribute(0, 2, "disable", 1);

        LimitException error = Assert.Throws<LimitException>(() => restore.Apply(host, force: false, disarm: false));

        Assert.Equal((LimitProblem.PollingOnly, 0), (error.Problem, host.WriteCount));
    }

    [Fact]
    public void A_restore_says_that_it_would_be_refused_before_it_is_asked_for()
    {
        WritableHost host = Host();
        File.Delete(_folder.Path + CpuIdleReader.PathOf(1, 3, "disable"));
        LimitRestore restore = LimitRestore.Of(host, [new LimitWrite(0, 3, "C6", 290, "0", "1"), new LimitWrite(1, 3, "C6", 290, "0", "1"), new LimitWrite(2, 5, "C8", 400, "0", "1")], "a", null, null);

        LimitException error = Assert.Throws<LimitException>(() => restore.Refuse(force: false));

        Assert.Equal(LimitProblem.HostChanged, error.Problem);
        Assert.Contains("cpu2 state C8 is gone; cpu1 state C6 is gone.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A name alone does not tell which of two states is meant.</summary>
    [Fact]
    public void A_shared_name_without_a_number_is_refused()
    {
        new SysTree(_folder.Path).Cpu(0, ("POLL", 0, 0), ("C1", 2, 2), ("C6", 133, 400), ("C6", 290, 800)).Online("0");
        var host = new WritableHost(_folder.Path);

        LimitException error = Assert.Throws<LimitException>(() => LimitRestore.Of(host, [new LimitWrite(0, null, "C6", null, "1", "0")], "a", null, null).Apply(host, force: false, disarm: false));

        Assert.Equal((LimitProblem.HostChanged, 0), (error.Problem, host.WriteCount));
    }

    /// <summary>An older change is not taken back in the place of one that cannot be read.</summary>
    [Fact]
    public void A_damaged_newest_journal_is_said()
    {
        WritableHost host = Host();
        LimitRunner.Apply(host, LimitPlanner.Of(host, new LimitRequest { MaxExitLatencyUs = 100 }), Store());
        (string newest, _) = LimitRunner.Apply(host, LimitPlanner.Of(host, new LimitRequest { MaxExitLatencyUs = 1 }), Store());
        File.WriteAllText(newest, File.ReadAllText(newest)[..200]);

        Assert.Equal(LimitProblem.JournalInvalid, Assert.Throws<LimitException>(() => Store().Newest("hv-07")).Problem);
    }

    [Fact]
    public void A_journal_without_a_host_is_invalid()
    {
        (string path, _) = LimitRunner.Apply(Host(), LimitPlanner.Of(Host(), Ten), Store());
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"hv-07\"", "null", StringComparison.Ordinal));

        Assert.Equal(LimitProblem.JournalInvalid, Assert.Throws<LimitException>(() => JournalStore.Read(path)).Problem);
    }

    /// <summary>State 0 without a name: the file is missing or may not be read.</summary>
    [Fact]
    public void Polling_only_is_seen_without_the_name_of_POLL()
    {
        WritableHost host = Host();
        File.Delete(_folder.Path + CpuIdleReader.PathOf(1, 0, "name"));

        Assert.Equal(LimitProblem.PollingOnly, Assert.Throws<LimitException>(() => LimitPlanner.Of(host, new LimitRequest { MaxExitLatencyUs = 0.5 } with { Cpus = [1] })).Problem);
    }

    /// <summary>States of one name are told apart by their index.</summary>
    [Fact]
    public void States_of_one_name_are_restored()
    {
        new SysTree(_folder.Path).Cpu(0, ("POLL", 0, 0), ("C1", 2, 2), ("C6", 133, 400), ("C6", 290, 800)).Online("0");
        var host = new WritableHost(_folder.Path);
        LimitJournal journal = LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store()).Journal;

        LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus).Apply(host, force: false, disarm: false);

        Assert.Equal("0", File.ReadAllText(_folder.Path + CpuIdleReader.PathOf(0, 3, "disable")).Trim());
    }

    /// <summary>The host is gone for good in the middle: the error names the journal, for values were written.</summary>
    [Fact]
    public void A_host_lost_half_way_is_said_with_its_journal()
    {
        WritableHost inner = Host();
        var host = new LostHost(inner);
        LimitPlan plan = LimitPlanner.Of(inner, Ten);

        var e = Assert.ThrowsAny<Exception>(() => LimitRunner.Apply(host, plan, Store()));

        Assert.Contains(_state.Path, e.Message, StringComparison.Ordinal);
        Assert.Contains("cpu2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_0_without_a_name_is_not_switched_off()
    {
        WritableHost host = Host();
        File.Delete(_folder.Path + CpuIdleReader.PathOf(0, 0, "name"));

        Assert.Equal(LimitProblem.PollingState, Assert.Throws<LimitException>(() => LimitPlanner.Of(host, new LimitRequest { DisableStates = ["state0"] })).Problem);
    }

    /// <summary>The default folder is made, and changed, only where it is a folder.</summary>
    [Fact]
    public void A_linked_state_folder_is_not_followed()
    {
        string target = Path.Combine(_state.Path, "target");
        string link = Path.Combine(_state.Path, "link");
        Directory.CreateDirectory(target);
        UnixFileMode mode = File.GetUnixFileMode(target);
        Directory.CreateSymbolicLink(link, target);
        WritableHost host = Host();

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), JournalStore.OwnIn(link)));

        Assert.Equal((LimitProblem.JournalNotWritten, 0), (error.Problem, host.WriteCount));
        Assert.Equal(mode, File.GetUnixFileMode(target));
    }

    /// <summary>The limited state gains nothing in the second: under a governor that does not look at the flag that is chance.</summary>
    [Theory]
    [InlineData("menu", 1, LimitEffect.Effective)]
    [InlineData("haltpoll", 1, LimitEffect.NotVerified)]
    [InlineData("ladder", 1, LimitEffect.NotVerified)]
    [InlineData("ladder", 3, LimitEffect.Effective)]
    public void A_quiet_second_under_a_governor_that_may_enter_the_state_proves_nothing(string governor, int index, LimitEffect effect)
    {
        WritableHost host = Host();
        new SysTree(_folder.Path).Write("/sys/devices/system/cpu/cpuidle/current_governor", governor);
        LimitPlan plan = LimitPlanner.Of(host, new LimitRequest { DisableStates = [SysTree.Xeon[index].Name], Cpus = [0] });

        EffectCheck check = EffectCheck.Watch(host, plan, _ => new SysTree(_folder.Path).Attribute(0, 0, "usage", 9));

        Assert.Equal(effect, check.Effect);
        if (effect == LimitEffect.NotVerified)
        {
            Assert.Equal($"governor {governor} may enter limited states all the same on CPUs 0; it did not in this second", check.Note);
        }
    }

    private string Flag(int cpu, int index) => File.ReadAllText(_folder.Path + CpuIdleReader.PathOf(cpu, index, "disable")).Trim();

    private WritableHost Host()
    {
        var tree = new SysTree(_folder.Path);
        for (int cpu = 0; cpu < 4; cpu++)
        {
            tree.Cpu(cpu, SysTree.Xeon);
        }

        tree.Online("0-3");
        return new WritableHost(_folder.Path);
    }

    private JournalStore Store() => new(_state.Path);

    /// <summary>Answers no more from the third write on.</summary>
    private sealed class LostHost(WritableHost inner) : IHostAccess
    {
        private int _writes;

        public string HostName => inner.HostName;

        public bool IsLive => true;

        public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default) => _writes < 3 ? inner.Read(patterns, cancellation) : throw Lost();

        public void Write(string path, string value)
        {
            if (++_writes >= 3)
            {
                throw Lost();
            }

            inner.Write(path, value);
        }

        public void Dispose()
        {
        }

        private HostAccessException Lost() => new(HostAccessProblem.Unreachable, HostName, "The connection was lost.");
    }
}
