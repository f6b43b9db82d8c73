using System.Diagnostics;
using System.Globalization;
using VirtLatency.CpuIdle;
using VirtLatency.Ssh;
using VirtLatency.Tests.CpuIdle;
using Xunit.Abstractions;

namespace VirtLatency.Tests.Ssh;

/// <summary>All against a real sshd, with this machine as the host: what ssh gives is compared with what the same files give without it.</summary>
public sealed class SshHostTests(SshServer server, ITestOutputHelper output) : IClassFixture<SshServer>
{
    [SshdFact]
    public void This_machine_is_the_same_over_ssh()
    {
        using MachineIdle turn = new();
        using SshHost host = Open("127.0.0.1");
        CpuIdleSnapshot remote = CpuIdleReader.Read(host);
        CpuIdleSnapshot local = CpuIdleReader.Read(LocalHost.Live());
        Assert.Equal("127.0.0.1", remote.HostName);
        Assert.True(remote.Cpus.Count > 0);
        Assert.Equal((local.Driver, local.Governor, local.KernelRelease, local.BootId, local.CommandLine, local.IsSmtActive), (remote.Driver, remote.Governor, remote.KernelRelease, remote.BootId, remote.CommandLine, remote.IsSmtActive));
        Assert.Equal(local.Cpus.Select(TableOf), remote.Cpus.Select(TableOf));
        Assert.Equal(LocalHost.Live().ReadLatencyLimitUs(), host.ReadLatencyLimitUs());
    }

    public static TheoryData<string> Shells { get; } = new(((string[])["sh", "dash", "busybox sh", "bash", "bash --posix", "ksh", "mksh"]).Where(shell => SshServer.WhyNot is not null || Exists(shell.Split(' ')[0])));

    [SshdTheory]
    [MemberData(nameof(Shells))]
    public void Any_file_is_the_same_over_ssh(string shell)
    {
        using TemporaryFolder folder = new();
        WriteOddFiles(folder);
        string[] patterns = [folder.Path + "/*", folder.Path + "/a b/*", folder.Path + "/not-there", folder.Path + "/none*/x", "/proc/sys/kernel/pid_max", "/proc/version", "/proc/self/nothing"];
        HostTree local = LocalHost.Live().Read(patterns);
        using SshHost host = Open("127.0.0.1", shell);
        HostTree remote = host.Read(patterns);
        Assert.Equal(11, local.Files.Count);
        Assert.Equal(local.Files.OrderBy(pair => pair.Key, StringComparer.Ordinal), remote.Files.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal("one", remote.TextOf(folder.Path + "/no-end"));
        Assert.Equal(string.Empty, remote.TextOf(folder.Path + "/empty"));
        Assert.Equal(" -F!\\n\t x ", remote.TextOf(folder.Path + "/a b/blanks"));
        Assert.Equal(remote.Files.Keys.Order(StringComparer.Ordinal), host.Read(patterns).Files.Keys.Order(StringComparer.Ordinal));
    }

    [SshdTheory]
    [MemberData(nameof(Shells))]
    public void A_write_takes_path_and_value_as_they_are(string shell)
    {
        using TemporaryFolder folder = new();
        const string odd = "$(touch x) 'q' \"d\" `w` \\n %s *";
        string path = folder.Write("it's $HOME `id`; %s", "0");
        string other = folder.Write("number", "0\n");
        using SshHost host = Open("127.0.0.1", shell);
        host.Write(path, odd);
        host.Write(other, "1");
        Assert.Equal(odd, File.ReadAllText(path));
        Assert.Equal("1", File.ReadAllText(other).TrimEnd());
        Assert.Equal("1", host.Read([other]).TextOf(other));
        Assert.Equal(HostAccessProblem.Missing, Assert.Throws<HostAccessException>(() => host.Write(folder.Path + "/gone", "1")).Problem);
        Assert.False(File.Exists(folder.Path + "/gone"));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [SshdFact]
    public void A_write_that_the_kernel_refuses_says_so()
    {
        using SshHost host = Open("127.0.0.1");
        HostAccessException refused = Assert.Throws<HostAccessException>(() => host.Write("/proc/sys/kernel/pid_max", "many"));
        Assert.Equal(HostAccessProblem.Refused, refused.Problem);
        Assert.Contains("Invalid argument", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HostAccessProblem.Denied, Assert.Throws<HostAccessException>(() => host.Write("/proc/sys/kernel/osrelease", "x")).Problem);
    }

    [SshdFact]
    public void Without_root_and_sudo_reads_go_on_and_a_write_says_what_to_do()
    {
        using TemporaryFolder folder = new();
        string secret = folder.Write("secret", "s\n");
        string open = folder.Write("open", "o\n");
        SshServer.Run("/usr/bin/env", "chmod", "600", secret);
        SshServer.Run("/usr/bin/env", "chmod", "755", folder.Path);
        string shell = folder.Write("bin/sh", "#!/bin/sh\nif [ \"$(id -u)\" = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups sh \"$@\"; fi\nexec sh \"$@\"\n");
        SshServer.Run("/usr/bin/env", "chmod", "755", shell);
        using SshHost host = Open("root@127.0.0.1", shell);
        HostTree tree = host.Read([folder.Path + "/*"]);
        Assert.Equal(["o"], tree.Files.Values);
        Assert.Equal([secret], tree.Denied);
        HostAccessException e = Assert.Throws<HostAccessException>(() => host.Write(open, "1"));
        Assert.Equal(HostAccessProblem.Denied, e.Problem);
        Assert.Contains("root@127.0.0.1", e.Message, StringComparison.Ordinal);
        Assert.Contains("sudo -n said: ", e.Message, StringComparison.Ordinal);
        Assert.Equal("o\n", File.ReadAllText(open));
    }

    [SshdTheory]
    [InlineData("refused", HostAccessProblem.Unreachable, "refuses the connection")]
    [InlineData("stranger", HostAccessProblem.Unreachable, "host key is not known")]
    [InlineData("changed", HostAccessProblem.Unreachable, "not the one that known_hosts has")]
    [InlineData("nobody-here@127.0.0.1", HostAccessProblem.Denied, "refuses the login")]
    [InlineData("silent", HostAccessProblem.TimedOut, "in time")]
    public void Failures_have_names(string name, HostAccessProblem problem, string part)
    {
        using SshHost host = new(name, Settings with { ConnectSeconds = 1 });
        HostAccessException e = Assert.Throws<HostAccessException>(() => host.Read(["/proc/version"]));
        Assert.Equal(problem, e.Problem);
        Assert.Equal(name, e.HostName);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [SshdFact]
    public void A_name_that_nobody_knows()
    {
        using TemporaryFolder folder = new();
        using SshHost host = new("no-such-host.invalid", new SshSettings { ConfigFile = folder.Write("config", "UserKnownHostsFile /dev/null\n") });
        HostAccessException e = Assert.Throws<HostAccessException>(() => host.Read(["/proc/version"]));
        Assert.Equal(HostAccessProblem.Unreachable, e.Problem);
        Assert.Contains("name is not known", e.Message, StringComparison.Ordinal);
    }

    [SshdFact]
    public void A_host_that_is_silent_beyond_ssh_s_own_limit_is_given_up()
    {
        using SshHost host = new("silent", Settings with { StartLimit = TimeSpan.FromMilliseconds(300) });
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(HostAccessProblem.TimedOut, Assert.Throws<HostAccessException>(() => host.Read(["/proc/version"])).Problem);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    [SshdFact]
    public void A_request_that_hangs_is_given_up_and_the_next_one_connects_anew()
    {
        using TemporaryFolder folder = new();
        using SshHost host = new("127.0.0.1", Settings with { RequestLimit = TimeSpan.FromMilliseconds(700) });
        Assert.NotNull(host.Read(["/proc/version"]).TextOf("/proc/version"));
        int first = host.ProcessId!.Value;
        Assert.Equal(HostAccessProblem.TimedOut, Assert.Throws<HostAccessException>(() => host.Run("sleep 5")).Problem);
        Assert.NotNull(host.Read(["/proc/version"]).TextOf("/proc/version"));
        Assert.NotEqual(first, host.ProcessId);
    }

    [SshdFact]
    public void Cancelling_ends_the_client()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));
        using SshHost host = new("silent", Settings);
        Assert.ThrowsAny<OperationCanceledException>(() => host.Read(["/proc/version"], stop.Token));
        Assert.Null(host.ProcessId);
    }

    [SshdFact]
    public void The_client_has_a_session_of_its_own_and_ends_with_the_host()
    {
        string stat;
        int id;
        using (SshHost host = Open("127.0.0.1"))
        {
            host.Read(["/proc/version"]);
            id = host.ProcessId!.Value;
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            host.Read(["/proc/version"]);
            Assert.Equal(id, host.ProcessId);
        }

        // Behind the name in brackets: state, parent, process group, session, terminal.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        string text = id.ToString(CultureInfo.InvariantCulture);
        Assert.Equal([text, text, "0"], fields[2..5]);
        Assert.False(Directory.Exists("/proc/" + text));
    }

    [SshdFact]
    public void What_is_started_outlives_the_connection()
    {
        using TemporaryFolder folder = new();
        string mark = Path.Combine(folder.Path, "it's \"done\"");
        using (SshHost host = Open("127.0.0.1"))
        {
            host.StartDetached($"sleep 1; printf after >{ShellText.Quote(mark)}");
        }

        Assert.False(File.Exists(mark));
        for (long end = Environment.TickCount64 + 15_000; !(File.Exists(mark) && File.ReadAllText(mark) == "after"); Thread.Sleep(50))
        {
            Assert.True(Environment.TickCount64 < end, "The script did not run.");
        }
    }

    [SshdFact]
    public void Holders_of_a_file_are_named()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("held device", "x");
        using FileStream held = File.OpenRead(path);
        using SshHost host = Open("127.0.0.1");
        string self = string.Create(CultureInfo.InvariantCulture, $"{File.ReadAllText("/proc/self/comm").TrimEnd()} ({Environment.ProcessId})");
        Assert.Equal([self], host.HoldersOf(path));
        Assert.Empty(host.HoldersOf(path + "2"));
    }

    [SshdFact]
    public void A_jump_host_works()
    {
        using SshHost host = Open("jumped");
        Assert.Equal(File.ReadAllText("/proc/version").TrimEnd(), host.Read(["/proc/version"]).TextOf("/proc/version"));
    }

    [SshdFact]
    public void A_host_of_128_CPUs_takes_one_process_there()
    {
        using TemporaryFolder folder = new(inMemory: true);
        var tree = new SysTree(folder.Path);
        for (int cpu = 0; cpu < 128; cpu++)
        {
            tree.Cpu(cpu, [.. SysTree.Xeon, ("C10", 900, 2000)]);
        }

        string[] patterns = [.. CpuIdleReader.Patterns.Select(pattern => folder.Path + pattern)];
        using SshHost host = Open("127.0.0.1");
        host.Read(["/proc/version"]);
        long start = Stopwatch.GetTimestamp();
        HostTree remote = host.Read(patterns);
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        HostTree local = LocalHost.Live().Read(patterns);
        Assert.Equal((128 * ((5 * 11) + 1)) + 5, remote.Files.Count);
        Assert.Equal(local.Files.OrderBy(pair => pair.Key, StringComparer.Ordinal), remote.Files.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        output.WriteLine($"{taken.TotalMilliseconds:0} ms over ssh");
        Assert.True(taken < TimeSpan.FromSeconds(10), $"It took {taken}.");
    }

    [SshdFact]
    public void More_paths_than_a_pipe_holds_do_not_block()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(new string('n', 200), new string('x', 500) + "\n");
        using SshHost host = Open("127.0.0.1");
        HostTree tree = host.Read([.. Enumerable.Repeat(path, 2000)]);
        Assert.Equal(500, tree.TextOf(path)!.Length);
    }

    private static (int, bool, string?, string) TableOf(IdleCpu cpu) =>
        (cpu.Number, cpu.IsOnline, cpu.ResumeLatencyLimit, string.Join(';', cpu.States.Select(state => state with { UsageCount = 0, TimeUs = 0, AboveCount = 0, BelowCount = 0, RejectedCount = 0 })));

    private static bool Exists(string program) => ((string[])["/bin/", "/usr/bin/"]).Any(folder => File.Exists(folder + program));

    private static void WriteOddFiles(TemporaryFolder folder)
    {
        folder.Write("one-line", "1\n");
        folder.Write("no-end", "one");
        folder.Write("empty", string.Empty);
        folder.Write("only-ends", "\n\n");
        folder.Write("lines", "a\n\n-b\n=c\nF/x\n!d\n\n");
        folder.Write("no-end-lines", "a\nb");
        folder.Write("backslash", "a\\b\\\n\\\n");
        folder.Write("a b/blanks", " -F!\\n\t x ");
        folder.Write("it's $HOME [x] `id` ü", "ü\n");
    }

    private SshSettings Settings => new() { ConfigFile = server.ConfigFile };

    private SshHost Open(string name, string shell = "sh") => new(name, Settings with { Shell = shell });
}
