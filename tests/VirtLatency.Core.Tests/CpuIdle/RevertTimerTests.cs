using System.Diagnostics;
using VirtLatency.CpuIdle;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>The timer by its effect: every way to start it, on a tree, with the script that hosts run.</summary>
public sealed class RevertTimerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _programs = new();
    private readonly WritableHost _host;

    public RevertTimerTests()
    {
        new SysTree(_folder.Path).Cpu(0, SysTree.Xeon).Cpu(1, SysTree.Xeon).Online("0-1");
        Directory.CreateDirectory(_folder.Path + "/run");
        _host = new WritableHost(_folder.Path);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _programs.Dispose();
    }

    /// <summary>Stand-ins for systemd-run: one that runs its command apart, an old one without --collect, one that fails.</summary>
    [Theory]
    [InlineData("record \"$@\"; shift 2; setsid \"$@\" &", "--quiet --collect /bin/sh -c")]
    [InlineData("record \"$@\"; if [ \"$2\" = --collect ]; then exit 1; fi; shift; setsid \"$@\" &", "--quiet /bin/sh -c")]
    [InlineData("record \"$@\"; exit 1", "--quiet /bin/sh -c")]
    public void Systemd_starts_it_and_setsid_where_systemd_does_not(string standIn, string arguments)
    {
        string record = Path.Combine(_programs.Path, "record");
        Program("systemd-run", $"record() {{ shown=; for word do case $word in *mark=*) ;; *) shown=\"$shown $word\";; esac; done; echo \"$shown\" >{record}; }}\n{standIn}");

        Assert.Equal(("0", "0"), AfterTimer(_programs.Path, ["systemd-run"]));

        Assert.Equal(arguments, File.ReadAllText(record).Trim());
    }

    [Fact]
    public void Without_systemd_setsid_starts_it()
    {
        Program("systemd-run", "exit 9");

        Assert.Equal(("0", "0"), AfterTimer("/no/systemd", ["systemd-run"]));
    }

    [Fact]
    public void Without_setsid_nohup_starts_it() => Assert.Equal(("0", "0"), AfterTimer("/no/systemd", []));

    /// <summary>systemd takes ${ } and $$ as its own within a command, and units take a percent sign.</summary>
    [Fact]
    public void The_script_holds_nothing_that_systemd_expands_and_stays_short()
    {
        LimitWrite[] writes = [.. Enumerable.Range(0, 2048).SelectMany(cpu => Enumerable.Range(2, 3).Select(index => new LimitWrite(cpu, index, "C" + index, 100, "0", "1")))];
        string script = RevertTimer.ScriptOf(Apply() with { Writes = writes }, TimeSpan.FromMinutes(30));

        Assert.DoesNotContain("${", script, StringComparison.Ordinal);
        Assert.DoesNotContain("$$", script, StringComparison.Ordinal);
        Assert.DoesNotContain("%", script, StringComparison.Ordinal);
        Assert.True(script.Length < 128 * 1024);
        Assert.Contains("left=1800\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resume_latency_and_states_of_other_values_are_put_back_too()
    {
        LimitJournal journal = Apply() with
        {
            Writes = [new LimitWrite(0, null, null, null, "0", "10"), new LimitWrite(1, null, null, null, "n/a", "10"), new LimitWrite(1, 1, "C1", 1, "1", "0"), new LimitWrite(0, 3, "C6", 290, "0", "1")],
        };
        new SysTree(_folder.Path).Write(LimitWrite.ResumePathOf(0), "10").Write(LimitWrite.ResumePathOf(1), "10").Attribute(1, 1, "disable", 0);

        using Process shell = Process.Start("/bin/sh", ["-c", RevertTimer.ScriptOf(journal, TimeSpan.FromSeconds(1), _folder.Path)]);
        shell.WaitForExit();

        Assert.Equal(("0", "n/a", "1", "0"), (Text(LimitWrite.ResumePathOf(0)), Text(LimitWrite.ResumePathOf(1)), Text(CpuIdleReader.PathOf(1, 1, "disable")), Text(CpuIdleReader.PathOf(0, 3, "disable"))));
    }

    /// <summary>A timer that was disarmed does not wait for its time: it looks at its mark every few seconds.</summary>
    [Fact]
    public void A_disarmed_timer_ends_and_changes_nothing()
    {
        LimitJournal journal = Apply();
        using Process shell = Process.Start("/bin/sh", ["-c", RevertTimer.ScriptOf(journal, TimeSpan.FromHours(8), _folder.Path)]);
        // The shell makes the file before it writes the word; Arm waits for the word, too.
        Until(() => RevertMark.IsArmed(_host.Read([journal.RevertMark!]).TextOf(journal.RevertMark!)?.TrimEnd()));

        RevertTimer.Disarm(_host, journal.ChangeId);
        shell.WaitForExit();

        Assert.Equal("1", Text(CpuIdleReader.PathOf(1, 3, "disable")));
        Assert.False(File.Exists(_folder.Path + journal.RevertMark));
        RevertTimer.Disarm(_host, journal.ChangeId);
    }

    private (string, string) AfterTimer(string systemd, string[] own)
    {
        LimitJournal journal = Apply();
        string[] needed = own.Length == 0 ? ["sh", "sleep", "rm", "nohup"] : ["sh", "sleep", "rm", "nohup", "setsid"];
        foreach (string program in needed)
        {
            File.CreateSymbolicLink(Path.Combine(_programs.Path, program), "/bin/" + program is var path && File.Exists(path) ? path : "/usr/bin/" + program);
        }

        Assert.Equal("1", Text(CpuIdleReader.PathOf(1, 3, "disable")));
        var start = new ProcessStartInfo("/bin/sh", ["-c", RevertTimer.LauncherOf(systemd), "sh", RevertTimer.ScriptOf(journal, TimeSpan.FromSeconds(1), _folder.Path)]) { UseShellExecute = false };
        start.Environment["PATH"] = _programs.Path;
        using (Process launcher = Process.Start(start)!)
        {
            launcher.WaitForExit();
            Assert.Equal(0, launcher.ExitCode);
        }

        Until(() => File.Exists(_folder.Path + journal.RevertMark) || Text(CpuIdleReader.PathOf(1, 3, "disable")) == "0");
        Until(() => !File.Exists(_folder.Path + journal.RevertMark));
        return (Text(CpuIdleReader.PathOf(0, 3, "disable")), Text(CpuIdleReader.PathOf(1, 3, "disable")));
    }

    private static void Until(Func<bool> isSo)
    {
        for (long end = Environment.TickCount64 + 30_000; !isSo(); Thread.Sleep(20))
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to pass.");
        }
    }

    private void Program(string name, string script) =>
        File.SetUnixFileMode(_programs.Write(name, "#!/bin/sh\n" + script + "\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

    private LimitJournal Apply()
    {
        LimitPlan plan = LimitPlanner.Of(_host, new LimitRequest { MaxExitLatencyUs = 10 });
        foreach (LimitWrite write in plan.Writes)
        {
            _host.Write(write.Path, write.After);
        }

        return LimitJournal.Of(plan, DateTime.UtcNow, withRevert: true);
    }

    private string Text(string path) => File.ReadAllText(_folder.Path + path).Trim();
}
