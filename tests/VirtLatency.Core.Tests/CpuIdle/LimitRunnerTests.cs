using System.Diagnostics;
using VirtLatency.CpuIdle;
using Xunit;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Setting a limit and taking it back, on trees that take writes, with everything that can fail half way.</summary>
public sealed class LimitRunnerTests : IDisposable
{
    private const int CpuCount = 64;
    private static readonly LimitRequest Ten = new() { MaxExitLatencyUs = 10 };

    private readonly TemporaryFolder _folder = new(inMemory: true);
    private readonly TemporaryFolder _state = new();

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    [Fact]
    public void Limit_and_restore_from_the_newest_journal()
    {
        WritableHost host = Host();
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);

        (string path, LimitJournal journal) = Apply(host);

        Assert.Equal("1", Disable(63, 3));
        Assert.Equal("0", Disable(63, 2));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        (string newest, LimitJournal read) = Store().Newest("hv-07");
        Assert.Equal((path, journal.ChangeId, CpuCount), (newest, read.ChangeId, read.Writes.Count));
        Assert.Equal(("6f8a1c1e-0000-4000-8000-000000000001", "intel_idle", "menu", "5.10.0-136.el8.x86_64", "0-63"), (read.BootId, read.Driver, read.Governor, read.KernelRelease, read.OnlineCpus));
        Assert.Equal(new LimitWrite(63, 3, "C6", 290, "0", "1"), read.Writes[63]);

        Restore(host, read);

        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
    }

    [Fact]
    public void The_state_folder_is_private()
    {
        string folder = Path.Combine(_state.Path, "new");
        LimitRunner.Apply(Host(), LimitPlanner.Of(Host(), Ten), new JournalStore(folder));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Restore_is_idempotent()
    {
        WritableHost host = Host();
        LimitJournal journal = Apply(host).Journal;
        Restore(host, journal);
        int writes = host.WriteCount;

        Restore(host, journal);

        Assert.Equal(writes, host.WriteCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_state_that_goes_away_puts_the_rest_back(int at)
    {
        WritableHost host = Host((number, path) =>
        {
            if (number == at)
            {
                File.Delete(_folder.Path + path);
            }
        });
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);
        before.Remove(_folder.Path + CpuIdleReader.PathOf(at - 1, 3, "disable"));

        LimitException error = Assert.Throws<LimitException>(() => Apply(host));

        Assert.Equal(LimitProblem.LimitNotWritten, error.Problem);
        Assert.Contains(FormattableString.Invariant($"cpu{at - 1} state C6"), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
        Assert.Empty(Store().List());
    }

    [Theory]
    [InlineData(HostAccessProblem.ReadOnly)]
    [InlineData(HostAccessProblem.Refused)]
    [InlineData(HostAccessProblem.TimedOut)]
    public void A_write_that_fails_puts_the_rest_back(HostAccessProblem problem)
    {
        WritableHost host = Host((number, _) =>
        {
            if (number == 20)
            {
                throw new HostAccessException(problem, "hv-07", "no.");
            }
        });
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);

        LimitException error = Assert.Throws<LimitException>(() => Apply(host));

        Assert.Equal(LimitProblem.LimitNotWritten, error.Problem);
        Assert.Contains("cpu19 state C6", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
    }

    [Fact]
    public void A_value_that_does_not_stay_is_found_by_reading_back()
    {
        string stubborn = CpuIdleReader.PathOf(40, 3, "disable");
        WritableHost host = Host(ignores: path => path == stubborn);
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);

        LimitException error = Assert.Throws<LimitException>(() => Apply(host));

        Assert.Contains("cpu40 state C6", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
    }

    [Fact]
    public void No_permission_is_said_as_such_and_changes_nothing()
    {
        WritableHost host = Host((_, _) => throw new HostAccessException(HostAccessProblem.Denied, "hv-07", "No permission. Run as root (sudo)."));
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);

        Assert.Equal(HostAccessProblem.Denied, Assert.Throws<HostAccessException>(() => Apply(host)).Problem);
        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
        Assert.Empty(Store().List());
    }

    [Fact]
    public void What_cannot_be_put_back_is_named_and_the_journal_stays()
    {
        WritableHost host = Host((number, path) =>
        {
            if (number >= 20 && path.Contains("/cpu1", StringComparison.Ordinal))
            {
                throw new HostAccessException(HostAccessProblem.ReadOnly, "hv-07", "read-only.");
            }
        });

        LimitException error = Assert.Throws<LimitException>(() => Apply(host));

        Assert.Equal(LimitProblem.RollbackFailed, error.Problem);
        Assert.Contains("cpu1 state C6", error.Message, StringComparison.Ordinal);
        (string path, LimitJournal journal) = Assert.Single(Store().List());
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Restore(new WritableHost(_folder.Path), journal);
        Assert.Equal("0", Disable(1, 3));
    }

    [Theory]
    [InlineData("/dev/full/journal")]
    [InlineData("/proc/virtlatency-none")]
    [InlineData("/sys/virtlatency-none")]
    public void Without_a_journal_the_host_is_not_touched(string folder)
    {
        WritableHost host = Host();

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), new JournalStore(folder)));

        Assert.Equal(LimitProblem.JournalNotWritten, error.Problem);
        Assert.Equal(0, host.WriteCount);
    }

    [Fact]
    public void A_captured_tree_is_refused()
    {
        _ = Host();
        LocalHost tree = LocalHost.Captured(_folder.Path);

        Assert.Equal(LimitProblem.HostNotLive, Assert.Throws<LimitException>(() => LimitRunner.Apply(tree, LimitPlanner.Of(tree, Ten), Store())).Problem);
        Assert.Empty(Store().List());
    }

    [Fact]
    public void A_host_that_changed_since_the_plan_is_not_written()
    {
        WritableHost host = Host();
        LimitPlan plan = LimitPlanner.Of(host, Ten);
        new SysTree(_folder.Path).Attribute(5, 3, "name", "C7");

        Assert.Equal(LimitProblem.HostChanged, Assert.Throws<LimitException>(() => LimitRunner.Apply(host, plan, Store())).Problem);
        Assert.Equal(0, host.WriteCount);
    }

    [Fact]
    public void Restore_says_what_differs_and_goes_on_with_force()
    {
        WritableHost host = Host();
        LimitJournal journal = Apply(host).Journal;
        SysTree tree = new SysTree(_folder.Path).Attribute(5, 3, "name", "C7").Write("/proc/sys/kernel/random/boot_id", "other");
        tree.Cpu(64, SysTree.Xeon).Online("0-64");

        LimitRestore restore = LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus);
        LimitException error = Assert.Throws<LimitException>(() => restore.Apply(host, force: false, disarm: false));

        Assert.Equal(LimitProblem.HostChanged, error.Problem);
        Assert.Contains("started again", error.Message, StringComparison.Ordinal);
        Assert.Contains("cpu5 state C6 is gone", error.Message, StringComparison.Ordinal);
        Assert.Equal([64], restore.LaterCpus);
        Assert.Equal("1", Disable(6, 3));

        restore.Apply(host, force: true, disarm: false);
        Assert.Equal(("0", "1"), (Disable(6, 3), Disable(5, 3)));
    }

    [Fact]
    public void From_the_texts_of_a_change_alone()
    {
        WritableHost host = Host();
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);
        LimitJournal journal = Apply(host).Journal;
        Assert.True(ChangeText.TryParse(ChangeText.Of(journal.Writes, write => write.Before), ChangeText.Of(journal.Writes, write => write.After), out IReadOnlyList<LimitWrite> writes));

        LimitRestore.Of(host, writes, journal.ChangeId, journal.BootId, null).Apply(host, force: false, disarm: false);

        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"formatVersion\":2,\"changeId\":\"a\",\"created\":\"2026-01-01T00:00:00Z\",\"hostName\":\"h\",\"onlineCpus\":\"0\",\"writes\":[]}")]
    [InlineData("{\"formatVersion\":1,\"changeId\":\"a\",\"created\":\"2026-01-01T00:00:00Z\",\"hostName\":\"h\",\"onlineCpus\":\"0\",\"writes\":[{\"cpu\":0,\"index\":1,\"state\":\"C1\",\"before\":\"../x\",\"after\":\"1\"}]}")]
    public void Damaged_journals(string content)
    {
        string path = Path.Combine(_state.Path, "a.json");
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal(LimitProblem.JournalInvalid, Assert.Throws<LimitException>(() => JournalStore.Read(path)).Problem);
        Assert.Empty(Store().List());
    }

    /// <summary>Killed before the first write, before each other, and after the last: the journal gives every byte back.</summary>
    [Fact]
    public void Killed_at_every_write_of_64_cpus()
    {
        WritableHost host = Host();
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);
        for (int at = 1; at <= CpuCount + 1; at++)
        {
            Assert.Equal(137, ChildProgram.Run("limit", _folder.Path, _state.Path, at.ToString(System.Globalization.CultureInfo.InvariantCulture)));

            Assert.Equal(at - 1, Enumerable.Range(0, CpuCount).Count(cpu => Disable(cpu, 3) == "1"));
            Restore(host, Store().Newest("hv-07").Journal);
            Assert.Equal(before, LimitTrees.Contents(_folder.Path));
        }

        Assert.Equal(CpuCount + 1, Store().List().Count());
    }

    [Theory]
    [InlineData(0, LimitEffect.Effective)]
    [InlineData(1, LimitEffect.Effective)]
    [InlineData(2, LimitEffect.WrittenButNotEffective)]
    public void Effect_from_the_counters(int entries, LimitEffect effect)
    {
        WritableHost host = Host();
        LimitPlan plan = LimitPlanner.Of(host, Ten with { Cpus = [0, 1] });

        EffectCheck check = EffectCheck.Watch(host, plan, _ => new SysTree(_folder.Path).Attribute(0, 3, "usage", entries).Attribute(0, 1, "usage", 500).Attribute(1, 1, "usage", 7));

        Assert.Equal(effect, check.Effect);
        Assert.Equal(effect == LimitEffect.WrittenButNotEffective ? "governor menu entered limited states 2 times in a second on CPUs 0" : null, check.Note);
    }

    [Fact]
    public void No_entries_anywhere_and_no_counters_show_nothing()
    {
        WritableHost host = Host();
        LimitPlan plan = LimitPlanner.Of(host, Ten with { Cpus = [0, 1] });

        Assert.Equal(LimitEffect.NotVerified, EffectCheck.Watch(host, plan, _ => { }).Effect);
        Assert.Equal("not seen on CPUs 1, which entered no idle state in a second", EffectCheck.Watch(host, plan, _ => new SysTree(_folder.Path).Attribute(0, 1, "usage", 9)).Note);
        File.Delete(_folder.Path + CpuIdleReader.PathOf(1, 3, "usage"));
        Assert.Equal(new EffectCheck(LimitEffect.NotVerified, "no usage counters on CPUs 1"), EffectCheck.Watch(host, plan, _ => { }));
    }

    /// <summary>The script itself, run by sh on the tree: only what is still as written goes back.</summary>
    [Fact]
    public void The_timer_puts_back_what_is_still_as_written()
    {
        WritableHost host = Host();
        LimitJournal journal = Apply(host).Journal;
        new SysTree(_folder.Path).Attribute(7, 3, "disable", 5);
        Directory.CreateDirectory(_folder.Path + "/run");

        using Process shell = Process.Start("/bin/sh", ["-c", RevertTimer.ScriptOf(journal, TimeSpan.FromSeconds(1), _folder.Path)]);
        shell.WaitForExit();

        Assert.Equal(("0", "5", "0"), (Disable(0, 3), Disable(7, 3), Disable(63, 3)));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path + "/run"));
    }

    [Fact]
    public void A_timer_that_is_not_armed_stops_the_limit()
    {
        WritableHost host = Host();

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store(), TimeSpan.FromMinutes(30)));

        Assert.Equal(LimitProblem.RevertNotArmed, error.Problem);
        Assert.Equal(0, host.WriteCount);
        Assert.Contains("left=1800\n", host.Scripts[0], StringComparison.Ordinal);
        Assert.Empty(Store().List());
    }

    [Fact]
    public void Conflicts_and_costs_are_named()
    {
        WritableHost host = Host();
        new SysTree(_folder.Path).Write("/etc/tuned/active_profile", "latency-performance").Write("/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "3");

        IReadOnlyList<string> found = LimitConflicts.Of(host, LimitPlanner.Of(host, Ten));

        Assert.Contains("latency-performance", found[0], StringComparison.Ordinal);
        Assert.Contains("3 core throttles since boot", found[1], StringComparison.Ordinal);
        Assert.Single(LimitConflicts.Of(host, LimitPlanner.Of(host, Ten with { Cpus = [1] })));
    }

    [Fact]
    public void The_device_takes_four_native_bytes()
    {
        string device = Path.Combine(_state.Path, "device");
        File.WriteAllText(device, string.Empty);

        LatencyHold.Take("here", 10, device).Dispose();

        Assert.Equal(BitConverter.IsLittleEndian ? [10, 0, 0, 0] : new byte[] { 0, 0, 0, 10 }, File.ReadAllBytes(device));
        Assert.Equal(HostAccessProblem.Missing, Assert.Throws<HostAccessException>(() => LatencyHold.Take("here", 10, device + "x")).Problem);
    }

    [Fact]
    public void A_check_knows_flags_resume_latency_the_device_and_haltpoll()
    {
        WritableHost host = Host();
        SysTree tree = new SysTree(_folder.Path).Attribute(1, 3, "disable", 1).Write(LimitWrite.ResumePathOf(2), "20");

        var rows = LimitCheck.Of(CpuIdleReader.Read(host), 10, null, [0, 1, 2]).Select(row => (row.DeepestState, row.ExitLatencyUs, row.Passed, row.LimitedBy)).ToArray();

        Assert.Equal([("C6", 290d, false, null), ("C1E", 4d, true, "disable"), ("C1E", 4d, true, "pm_qos_resume_latency_us")], rows);
        Assert.Equal("cpu_dma_latency", LimitCheck.Of(CpuIdleReader.Read(host), 10, 5, [0]).Single().LimitedBy);
        tree.Write("/sys/devices/system/cpu/cpuidle/current_governor", "haltpoll");
        Assert.Equal((true, "C1"), LimitCheck.Of(CpuIdleReader.Read(host), 10, 5, [0]).Select(row => (row.Passed, row.DeepestState)).Single());
        Assert.False(LimitCheck.Of(CpuIdleReader.Read(host), 0.5, 1, [1]).Single().Passed);
        Assert.Equal((true, "POLL", "cpu_dma_latency"), LimitCheck.Of(CpuIdleReader.Read(host), 0.5, 0, [0]).Select(row => (row.Passed, row.DeepestState, row.LimitedBy)).Single());
    }

    private static void Restore(WritableHost host, LimitJournal journal) =>
        LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus).Apply(host, force: false, disarm: false);

    private JournalStore Store() => new(_state.Path);

    private (string Path, LimitJournal Journal) Apply(WritableHost host) => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store());

    private string Disable(int cpu, int index) => File.ReadAllText(_folder.Path + CpuIdleReader.PathOf(cpu, index, "disable")).Trim();

    private WritableHost Host(Action<int, string>? onWrite = null, Func<string, bool>? ignores = null) => LimitTrees.Host(_folder.Path, CpuCount, onWrite, ignores);
}
