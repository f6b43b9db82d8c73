using VirtLatency.CpuIdle;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Limits that are stopped, disturbed, locked out or without a place for their journal.</summary>
public sealed class LimitFaultTests : IDisposable
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
    public void A_stop_half_way_puts_back_what_was_written()
    {
        using CancellationTokenSource stop = new();
        WritableHost host = Host((number, _) =>
        {
            if (number == 20)
            {
                stop.Cancel();
            }
        });
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);

        Assert.Throws<OperationCanceledException>(() => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store(), null, stop.Token));

        Assert.Equal(40, host.WriteCount);
        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
        Assert.Empty(Store().List());
    }

    [Fact]
    public void A_whole_change_can_be_taken_back_before_its_effect_is_known()
    {
        WritableHost host = Host();
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);
        (string path, LimitJournal journal) = Apply(host);

        new LimitRollback(host, journal, path).TakeBack();

        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
        Assert.Empty(Store().List());
    }

    /// <summary>What someone else wrote in the middle is left as it is; what this limit wrote before is put back.</summary>
    [Fact]
    public void A_value_that_someone_else_changes_half_way_stops_it()
    {
        string theirs = CpuIdleReader.PathOf(40, 3, "disable");
        WritableHost host = Host((number, _) =>
        {
            if (number == 40)
            {
                File.WriteAllText(_folder.Path + theirs, "1\n");
            }
        });

        LimitException error = Assert.Throws<LimitException>(() => Apply(host));

        Assert.Equal(LimitProblem.HostChanged, error.Problem);
        Assert.Contains("cpu40 state C6", error.Message, StringComparison.Ordinal);
        Assert.Contains("All 40 values that were changed are put back. Run the command again.", error.Message, StringComparison.Ordinal);
        Assert.Equal([40], Enumerable.Range(0, CpuCount).Where(cpu => Disable(cpu, 3) == "1"));
        Assert.Empty(Store().List());
    }

    [Fact]
    public void A_cpu_that_goes_offline_before_the_first_write_stops_it()
    {
        WritableHost host = Host();
        LimitPlan plan = LimitPlanner.Of(host, Ten);
        new SysTree(_folder.Path).Online("0-19,21-63");

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(host, plan, Store()));

        Assert.Equal((LimitProblem.CpuOffline, 0), (error.Problem, host.WriteCount));
        Assert.Contains("CPU 20 of hv-07 went offline", error.Message, StringComparison.Ordinal);
        Assert.Empty(Store().List());
    }

    [Fact]
    public void While_another_session_has_the_host_nothing_is_written()
    {
        WritableHost host = Host(takeLock: () => null);

        HostAccessException error = Assert.Throws<HostAccessException>(() => HostLock.Take(host, TimeSpan.Zero));

        Assert.Equal(HostAccessProblem.Busy, error.Problem);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(200));
        Assert.Throws<OperationCanceledException>(() => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store(), null, stop.Token));
        Assert.Equal(0, host.WriteCount);
        Assert.Empty(Store().List());
    }

    [Fact]
    public void The_lock_is_held_from_the_last_look_to_the_last_write_and_no_longer()
    {
        var log = new List<string>();
        WritableHost host = Host((_, _) => log.Add("write"), () =>
        {
            log.Add("lock");
            return new Ending(() => log.Add("free"));
        });
        LimitJournal journal = Apply(host).Journal;
        Assert.Equal(["lock", .. Enumerable.Repeat("write", CpuCount), "free"], log);
        log.Clear();

        Restore(host, journal);

        Assert.Equal(["lock", .. Enumerable.Repeat("write", CpuCount), "free"], log);
    }

    /// <summary>The limit stands, so the change must come out: its owner takes it back with it.</summary>
    [Fact]
    public void A_host_that_is_lost_while_its_counters_are_watched_is_not_verified()
    {
        WritableHost host = Host();
        LimitPlan plan = LimitPlanner.Of(host, Ten);

        EffectCheck check = EffectCheck.Watch(host, plan, _ => host.OnRead = () => throw new HostAccessException(HostAccessProblem.Unreachable, "hv-07", "gone."));

        Assert.Equal(new EffectCheck(LimitEffect.NotVerified, "the counters could not be read: gone."), check);
    }

    [Fact]
    public void Resume_latencies_are_written_and_taken_back()
    {
        WritableHost host = Host();
        var tree = new SysTree(_folder.Path);
        tree.Write(LimitWrite.ResumePathOf(0), "0").Write(LimitWrite.ResumePathOf(1), "500");
        SortedDictionary<string, string> before = LimitTrees.Contents(_folder.Path);

        LimitJournal journal = LimitRunner.Apply(host, LimitPlanner.Of(host, Ten with { Method = LimitMethod.ResumeLatency, Cpus = [0, 1] }), Store()).Journal;

        Assert.Equal("cpu0/resume=0;cpu1/resume=500", ChangeText.Of(journal.Writes, write => write.Before));
        Assert.Equal(("10", "10"), (File.ReadAllText(_folder.Path + LimitWrite.ResumePathOf(0)).Trim(), File.ReadAllText(_folder.Path + LimitWrite.ResumePathOf(1)).Trim()));
        Restore(host, Store().Newest("hv-07").Journal);
        Assert.Equal(before, LimitTrees.Contents(_folder.Path));
    }

    [Fact]
    public void What_changes_while_the_question_is_open_is_not_overwritten()
    {
        WritableHost host = Host();
        new SysTree(_folder.Path).Write(LimitWrite.ResumePathOf(0), "0");
        LimitJournal journal = LimitRunner.Apply(host, LimitPlanner.Of(host, Ten with { Method = LimitMethod.ResumeLatency, Cpus = [0] }), Store()).Journal;
        LimitRestore restore = LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus);
        new SysTree(_folder.Path).Write(LimitWrite.ResumePathOf(0), "77");

        Assert.Equal(LimitProblem.HostChanged, Assert.Throws<LimitException>(() => restore.Apply(host, force: false, disarm: false)).Problem);

        Assert.Equal("77", File.ReadAllText(_folder.Path + LimitWrite.ResumePathOf(0)).Trim());
    }

    [TinyDiskFact]
    public void On_a_full_disk_there_is_no_journal_and_no_limit()
    {
        WritableHost host = Host();
        using TinyDisk disk = new();

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), new JournalStore(disk.Path)));

        Assert.Equal((LimitProblem.JournalNotWritten, 0), (error.Problem, host.WriteCount));
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [OtherUserFact]
    public void Another_local_user_is_denied_and_changes_nothing()
    {
        using MachineIdle turn = new();
        string flag = CpuIdleReader.PathOf(0, 1, "disable");
        string before = File.ReadAllText(flag);
        using TemporaryFolder state = new();
        File.SetUnixFileMode(state.Path, (UnixFileMode)0x1FF);

        (int code, string said) = ChildProgram.RunAs(OtherUserFactAttribute.User, "limit-live", state.Path);

        Assert.Equal((1, "Denied"), (code, said.Split(':')[0]));
        Assert.Contains("Run as root: the same command in sudo pwsh.", said, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(flag));
        Assert.Empty(Directory.EnumerateFileSystemEntries(state.Path));
    }

    private static void Restore(WritableHost host, LimitJournal journal) =>
        LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus).Apply(host, force: false, disarm: false);

    private JournalStore Store() => new(_state.Path);

    private (string Path, LimitJournal Journal) Apply(WritableHost host) => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store());

    private string Disable(int cpu, int index) => File.ReadAllText(_folder.Path + CpuIdleReader.PathOf(cpu, index, "disable")).Trim();

    private WritableHost Host(Action<int, string>? onWrite = null, Func<IDisposable?>? takeLock = null) => LimitTrees.Host(_folder.Path, CpuCount, onWrite, null, takeLock);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
