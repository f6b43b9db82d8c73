using VirtLatency.CpuIdle;
using Xunit;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Which journal is taken, and which is not believed.</summary>
public sealed class JournalStoreTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _state = new();
    private readonly WritableHost _host;

    public JournalStoreTests()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Online("0-1");
        _host = new WritableHost(_folder.Path);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    /// <summary>100 us, then 3 us on top: taken back one after the other, and then there is nothing more to take.</summary>
    [Fact]
    public void Stacked_limits_are_taken_back_one_after_the_other()
    {
        Apply(100);
        Apply(3);
        Assert.Equal("0011", Flags(0));

        RestoreNewest();
        Assert.Equal("0001", Flags(0));
        RestoreNewest();
        Assert.Equal("0000", Flags(0));
        RestoreNewest();
        Assert.Equal("0000", Flags(0));
    }

    /// <summary>Someone switches C6 off by hand after the limit was taken back: that is not the limit's to undo.</summary>
    [Fact]
    public void A_change_that_was_taken_back_does_not_take_back_what_came_later()
    {
        Apply(100);
        RestoreNewest();
        new SysTree(_folder.Path).Attribute(0, 3, "disable", 1);

        LimitException error = Assert.Throws<LimitException>(RestoreNewest);

        Assert.Equal(LimitProblem.HostChanged, error.Problem);
        Assert.Contains("was taken back already", error.Message, StringComparison.Ordinal);
        Assert.Equal("0001", Flags(0));
    }

    /// <summary>The later, stricter limit found C6 off already and needs it so.</summary>
    [Fact]
    public void What_a_later_limit_needs_is_not_taken_away()
    {
        (string path, LimitJournal first) = Apply(100);
        LimitJournal second = Apply(3).Journal;
        Assert.Equal([(0, 3), (1, 3)], second.Kept.Select(write => (write.Cpu, write.Index!.Value)));
        LimitUndo undo = LimitUndo.Of(first) with { Later = JournalStore.Later(path, first.HostName, first.ChangeId, first.BootId, first.Created) };
        LimitRestore restore = LimitRestore.Of(_host, undo);

        LimitException error = Assert.Throws<LimitException>(() => restore.Apply(_host, force: false, disarm: true));

        Assert.Equal(LimitProblem.HostChanged, error.Problem);
        Assert.Contains($"cpu0 state C6 is needed by a later change that still stands ({second.ChangeId}", error.Message, StringComparison.Ordinal);
        Assert.Equal("0011", Flags(0));
        restore.Apply(_host, force: true, disarm: true);
        Assert.Equal("0010", Flags(0));
    }

    [Fact]
    public void Later_changes_are_those_of_the_same_boot_that_still_stand()
    {
        (string path, LimitJournal first) = Apply(100);
        (string laterPath, LimitJournal later) = Apply(3);

        Assert.Equal([later.ChangeId], Later("other", first.BootId));
        Assert.Empty(Later("hv-07", "other"));
        Assert.Empty(JournalStore.Later(laterPath, "hv-07", later.ChangeId, later.BootId, later.Created));
        Assert.True(JournalStore.MarkUsed(laterPath, later.ChangeId));
        Assert.Empty(Later("hv-07", first.BootId));

        IEnumerable<string> Later(string host, string? boot) => JournalStore.Later(path, host, first.ChangeId, boot, first.Created).Select(journal => journal.ChangeId);
    }

    [Fact]
    public void A_journal_is_marked_for_its_own_change_only()
    {
        (string path, LimitJournal journal) = Apply(100);

        Assert.False(JournalStore.MarkUsed(path, "other"));
        Assert.False(JournalStore.MarkUsed(path + "x", journal.ChangeId));
        Assert.Null(JournalStore.Read(path).Used);
        Assert.True(JournalStore.MarkUsed(path, journal.ChangeId));
        DateTime? used = JournalStore.Read(path).Used;
        Assert.NotNull(used);
        Assert.True(JournalStore.MarkUsed(path, journal.ChangeId));
        Assert.Equal(used, JournalStore.Read(path).Used);
        Assert.Equal(Private, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Damaged_journals_are_told_and_other_files_are_not()
    {
        (string path, _) = Apply(100);
        string cut = Path.Combine(_state.Path, "20990101T000000.0000000-0123456789abcdef0123456789abcdef.json");
        Write(cut, File.ReadAllText(path)[..300]);
        Write(Path.Combine(_state.Path, "own.json"), "{\"changeId\": \"a\"");
        Write(Path.Combine(_state.Path, "package.json"), "{}");
        var told = new List<LimitException>();

        Assert.Equal([path], Store().List(told.Add).Select(item => item.Path));

        Assert.Equal(2, told.Count);
        Assert.All(told, error => Assert.Equal(LimitProblem.JournalInvalid, error.Problem));
        Assert.Contains(told, error => error.Message.Contains(cut, StringComparison.Ordinal));
    }

    /// <summary>What a damaged journal still says of its host counts; its time is in its name.</summary>
    [Theory]
    [InlineData("20990101T000000.0000000", "hv-07", true)]
    [InlineData("20990101T000000.0000000", "hv-08", false)]
    [InlineData("20200101T000000.0000000", "hv-07", false)]
    public void A_damaged_journal_stands_in_the_way_of_older_ones_of_its_host(string stamp, string host, bool stands)
    {
        (string path, _) = Apply(100);
        Write(Path.Combine(_state.Path, stamp + "-a.json"), $"{{ \"hostName\": \"{host}\", \"writes\": [");

        if (stands)
        {
            Assert.Equal(LimitProblem.JournalInvalid, Assert.Throws<LimitException>(() => Store().Newest("hv-07")).Problem);
        }
        else
        {
            Assert.Equal(path, Store().Newest("hv-07").Path);
        }
    }

    [Theory]
    [InlineData("\"hostName\": \"hv-07\"", "\"hostName\": null")]
    [InlineData("\"onlineCpus\": \"0-1\"", "\"onlineCpus\": null")]
    [InlineData("\"before\": \"0\"", "\"before\": null")]
    [InlineData("\"after\": \"1\"", "\"after\": null")]
    [InlineData("\"kept\": []", "\"kept\": null")]
    [InlineData("\"kept\": []", "\"kept\": [null]")]
    [InlineData("\"state\": \"C6\"", "\"state\": null")]
    [InlineData("\"changeId\": \"", "\"changeId\": \"../")]
    [InlineData("\"cpu\": 1,", "\"cpu\": 0,")]
    public void A_journal_that_no_limit_writes(string good, string bad)
    {
        (string path, _) = Apply(100);
        string text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(LimitProblem.JournalInvalid, Assert.Throws<LimitException>(() => JournalStore.Read(path)).Problem);
        Assert.Empty(Store().List());
    }

    [Fact]
    public void Journals_of_versions_without_the_newer_parts_are_read()
    {
        (string path, LimitJournal journal) = Apply(100);
        string text = File.ReadAllText(path).Replace("\"kept\": []", "\"x\": 0", StringComparison.Ordinal).Replace("\"used\": null", "\"y\": 0", StringComparison.Ordinal);
        File.WriteAllText(path, text);

        Assert.Equal((journal.ChangeId, 0, null), (JournalStore.Read(path).ChangeId, JournalStore.Read(path).Kept.Count, JournalStore.Read(path).Used));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_journal_that_others_may_write_is_not_trusted(UnixFileMode others)
    {
        (string path, _) = Apply(100);
        File.SetUnixFileMode(path, Private | others);

        Assert.Equal(LimitProblem.JournalNotTrusted, Assert.Throws<LimitException>(() => JournalStore.Read(path)).Problem);
        Assert.Equal(LimitProblem.JournalNotTrusted, Assert.Throws<LimitException>(() => Store().Newest("hv-07")).Problem);
    }

    [RootFact]
    public void A_planted_journal_of_another_user_is_not_trusted()
    {
        (string path, LimitJournal journal) = Apply(100);
        string planted = Path.Combine(_state.Path, "20990101T000000.0000000-b.json");
        File.Copy(path, planted);
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", planted]))
        {
            chown.WaitForExit();
            Assert.Equal(0, chown.ExitCode);
        }

        LimitException error = Assert.Throws<LimitException>(() => Store().Newest(journal.HostName));

        Assert.Equal(LimitProblem.JournalNotTrusted, error.Problem);
        Assert.Contains("belongs to user 65534", error.Message, StringComparison.Ordinal);
        Assert.Contains(planted, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_in_the_folder_is_not_waited_for()
    {
        (string path, _) = Apply(100);
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_state.Path, "20990101T000000.0000000-a.json")]))
        {
            make.WaitForExit();
            Assert.Equal(0, make.ExitCode);
        }

        Assert.Equal([path], Store().List().Select(item => item.Path));
    }

    /// <summary>A user who may not write leaves nothing behind, not even the folder.</summary>
    [Fact]
    public void A_folder_that_was_made_for_nothing_is_taken_away()
    {
        string folder = Path.Combine(_state.Path, "made");
        var denied = new WritableHost(_folder.Path) { OnWrite = (_, _) => throw new HostAccessException(HostAccessProblem.Denied, "hv-07", "no.") };

        Assert.Throws<HostAccessException>(() => LimitRunner.Apply(denied, LimitPlanner.Of(denied, Limit(10)), new JournalStore(folder)));
        Assert.False(Directory.Exists(folder));

        Directory.CreateDirectory(folder);
        Assert.Throws<HostAccessException>(() => LimitRunner.Apply(denied, LimitPlanner.Of(denied, Limit(10)), new JournalStore(folder)));
        Assert.True(Directory.Exists(folder));
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Private);
    }

    private static LimitRequest Limit(double most) => new() { MaxExitLatencyUs = most };

    private (string Path, LimitJournal Journal) Apply(double most) => LimitRunner.Apply(_host, LimitPlanner.Of(_host, Limit(most)), Store());

    private void RestoreNewest()
    {
        (string path, LimitJournal journal) = Store().Newest("hv-07");
        LimitRestore.Of(_host, LimitUndo.Of(journal)).Apply(_host, force: false, disarm: true);
        JournalStore.MarkUsed(path, journal.ChangeId);
    }

    private string Flags(int cpu) => string.Concat(Enumerable.Range(0, 4).Select(index => File.ReadAllText(_folder.Path + CpuIdleReader.PathOf(cpu, index, "disable")).Trim()));

    private JournalStore Store() => new(_state.Path);
}
