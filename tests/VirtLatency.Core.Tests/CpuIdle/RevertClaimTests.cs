using System.Diagnostics;
using VirtLatency.CpuIdle;
using Xunit;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Timers beside later changes: the script runs on a tree, with the mark that later changes write to.</summary>
public sealed class RevertClaimTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _state = new();
    private readonly WritableHost _host;

    public RevertClaimTests()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Online("0-1");
        Directory.CreateDirectory(_folder.Path + "/run");
        _host = new WritableHost(_folder.Path);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    /// <summary>The first limit's timer comes while a second, stricter one stands, which needs C6 off on CPU 1.</summary>
    [Fact]
    public void A_timer_leaves_what_a_later_change_needs()
    {
        LimitJournal first = Apply(100);
        using Process timer = Start(first, seconds: 2);
        LimitJournal second = Apply(3, [1]);
        Assert.Equal($"armed + {second.ChangeId} 1/2 1/3", Mark(first));

        timer.WaitForExit();

        Assert.Equal(("0000", "0011"), (Flags(0), Flags(1)));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path + "/run", "virtlatency-*"));
    }

    [Fact]
    public void A_timer_takes_all_back_when_the_later_change_is_over()
    {
        LimitJournal first = Apply(100);
        using Process timer = Start(first, seconds: 3);
        LimitJournal second = Apply(3);
        Assert.Equal($"armed + {second.ChangeId} all/2 all/3", Mark(first));

        LimitRestore.Of(_host, LimitUndo.Of(second)).Apply(_host, force: false, disarm: true);

        Assert.Equal("armed", Mark(first));
        timer.WaitForExit();
        Assert.Equal(("0000", "0000"), (Flags(0), Flags(1)));
    }

    /// <summary>Both sessions are lost: the first timer waits for the second, and all is as before in the end.</summary>
    [Fact]
    public void A_timer_waits_for_that_of_a_later_change()
    {
        LimitJournal first = Apply(100);
        LimitPlan plan = LimitPlanner.Of(_host, new LimitRequest { MaxExitLatencyUs = 3 });
        LimitJournal second = LimitJournal.Of(plan, DateTime.UtcNow, withRevert: true);
        using Process later = Start(second, seconds: 4);
        using Process timer = Start(first, seconds: 1);
        RevertTimer.Claim(_host, second);
        foreach (LimitWrite write in plan.Writes)
        {
            _host.Write(write.Path, write.After);
        }

        Assert.Equal($"armed @ {second.ChangeId} all/2 all/3", Mark(first));

        later.WaitForExit();
        timer.WaitForExit();

        Assert.Equal(("0000", "0000"), (Flags(0), Flags(1)));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path + "/run", "virtlatency-*"));
    }

    /// <summary>The limit fails behind its claim: the earlier timer gets its values again.</summary>
    [Fact]
    public void A_limit_that_fails_needs_nothing()
    {
        LimitJournal first = Apply(100);
        File.WriteAllText(_folder.Path + first.RevertMark, "armed\n");
        var failing = new WritableHost(_folder.Path)
        {
            OnWrite = (_, path) =>
            {
                if (path == CpuIdleReader.PathOf(1, 2, "disable"))
                {
                    throw new HostAccessException(HostAccessProblem.Refused, "hv-07", "no.");
                }
            },
        };

        Assert.Throws<LimitException>(() => LimitRunner.Apply(failing, LimitPlanner.Of(failing, new LimitRequest { MaxExitLatencyUs = 3 }), new JournalStore(_state.Path)));

        Assert.Equal("armed", Mark(first));
    }

    /// <summary>Behind its time the script makes no mark and changes nothing, however late it starts.</summary>
    [Fact]
    public void A_timer_that_starts_too_late_does_nothing()
    {
        LimitJournal journal = Apply(100);

        using Process shell = Process.Start("/bin/sh", ["-c", RevertTimer.ScriptOf(journal, TimeSpan.FromSeconds(1), _folder.Path, startBy: 0)]);
        shell.WaitForExit();

        Assert.Equal((1, "0001"), (shell.ExitCode, Flags(0)));
        Assert.False(File.Exists(_folder.Path + journal.RevertMark));
    }

    [Fact]
    public void A_timer_that_starts_in_time_works()
    {
        LimitJournal journal = Apply(100);

        using Process shell = Process.Start("/bin/sh", ["-c", RevertTimer.ScriptOf(journal, TimeSpan.FromSeconds(1), _folder.Path, startBy: long.MaxValue)]);
        shell.WaitForExit();

        Assert.Equal("0000", Flags(0));
    }

    /// <summary>A session that is writing has the host's lock: the timer puts nothing back in the middle of it.</summary>
    [Fact]
    public void A_timer_waits_for_a_session_that_writes()
    {
        LimitJournal journal = Apply(100);
        Process timer;
        string file = _folder.Path + HostLock.Path;
        using (new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None }))
        {
            timer = Start(journal, seconds: 1);
            Thread.Sleep(3000);
            Assert.Equal("0001", Flags(0));
        }

        using (timer)
        {
            timer.WaitForExit();
            Assert.Equal("0000", Flags(0));
        }
    }

    [Theory]
    [InlineData("armed + aa all/3", "aa", "armed           ")]
    [InlineData("armed + aa all/3 @ bb 0/2 1/2", "aa", "armed @ bb 0/2 1/2           ")]
    [InlineData("armed + aa all/3 @ bb 0/2 1/2", "bb", "armed + aa all/3             ")]
    [InlineData("armed + aa all/3", "cc", null)]
    [InlineData("armed", "armed", null)]
    [InlineData("disarmed", "aa", null)]
    public void A_mark_without_a_change(string text, string changeId, string? without) => Assert.Equal(without, RevertMark.Without(text, changeId));

    private Process Start(LimitJournal journal, int seconds)
    {
        var timer = Process.Start("/bin/sh", ["-c", RevertTimer.ScriptOf(journal, TimeSpan.FromSeconds(seconds), _folder.Path)]);
        for (long end = Environment.TickCount64 + 30_000; !File.Exists(_folder.Path + journal.RevertMark) || Mark(journal).Length == 0; Thread.Sleep(10))
        {
            Assert.True(Environment.TickCount64 < end && !timer.HasExited, "The timer showed no mark.");
        }

        return timer;
    }

    private LimitJournal Apply(double most, int[]? cpus = null)
    {
        LimitJournal journal = LimitRunner.Apply(_host, LimitPlanner.Of(_host, new LimitRequest { MaxExitLatencyUs = most, Cpus = cpus }), new JournalStore(_state.Path)).Journal;
        return journal with { RevertMark = RevertTimer.MarkOf(journal.ChangeId) };
    }

    private string Mark(LimitJournal journal) => File.ReadAllText(_folder.Path + journal.RevertMark).TrimEnd();

    private string Flags(int cpu) => string.Concat(Enumerable.Range(0, 4).Select(index => File.ReadAllText(_folder.Path + CpuIdleReader.PathOf(cpu, index, "disable")).Trim()));
}
