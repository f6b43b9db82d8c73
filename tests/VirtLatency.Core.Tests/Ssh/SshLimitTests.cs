using VirtLatency.CpuIdle;
using VirtLatency.Ssh;
using VirtLatency.Tests.CpuIdle;

namespace VirtLatency.Tests.Ssh;

/// <summary>Limits over ssh on hosts with 64 CPUs, and what can fail between here and there.</summary>
public sealed class SshLimitTests : IDisposable
{
    private const int CpuCount = 64;
    private static readonly LimitRequest Ten = new() { MaxExitLatencyUs = 10 };

    private readonly TreeHosts _hosts = new();
    private readonly TemporaryFolder _state = new();

    public void Dispose()
    {
        _hosts.Dispose();
        _state.Dispose();
    }

    [TreeHostsFact]
    public void A_limit_over_ssh_is_the_same_as_here_and_is_taken_back()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        SortedDictionary<string, string> before = Contents(root);
        using TemporaryFolder here = new(inMemory: true);
        TreeHosts.Fill(here.Path, CpuCount);
        var local = new WritableHost(here.Path);
        LimitJournal expected = LimitRunner.Apply(local, LimitPlanner.Of(local, Ten), new JournalStore(here.Path + "/journal")).Journal;
        using SshHost host = Open("hv-07");

        (string path, LimitJournal journal) = Apply(host);

        Assert.Equal(expected.Writes, journal.Writes);
        Assert.Equal((expected.Driver, expected.Governor, expected.OnlineCpus, "hv-07"), (journal.Driver, journal.Governor, journal.OnlineCpus, journal.HostName));
        Assert.Equal(File.ReadAllText(root + "/boot_id").Trim(), journal.BootId);
        Assert.Equal(CpuCount, Limited(root));
        Assert.Equal(Disables(here.Path), Disables(root));
        Assert.Equal(journal.Writes, JournalStore.Read(path).Writes);
        LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus).Apply(host, force: false, disarm: false);
        Assert.Equal(before, Contents(root));
    }

    [TreeHostsFact]
    public void Resume_latencies_over_ssh()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        SortedDictionary<string, string> before = Contents(root);
        using SshHost host = Open("hv-07");

        LimitJournal journal = LimitRunner.Apply(host, LimitPlanner.Of(host, Ten with { Method = LimitMethod.ResumeLatency }), Store()).Journal;

        Assert.Equal("10", File.ReadAllText(root + LimitWrite.ResumePathOf(63)).Trim());
        LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus).Apply(host, force: false, disarm: false);
        Assert.Equal(before, Contents(root));
    }

    [TreeHostsFact]
    public void A_file_system_that_is_read_only_is_said_as_such()
    {
        string root = _hosts.Add("hv-07");
        File.WriteAllText(root + "/read-only", string.Empty);
        SortedDictionary<string, string> before = Contents(root);
        using SshHost host = Open("hv-07");

        HostAccessException error = Assert.Throws<HostAccessException>(() => Apply(host));

        Assert.Equal(HostAccessProblem.ReadOnly, error.Problem);
        Assert.Contains("Read-only file system", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents(root));
        Assert.Empty(Store().List());
    }

    [TreeHostsTheory]
    [InlineData("state", LimitProblem.HostChanged)]
    [InlineData("file", LimitProblem.NotLimitable)]
    [InlineData("cpu", LimitProblem.CpuOffline)]
    [InlineData("value", LimitProblem.HostChanged)]
    public void What_goes_away_between_reading_and_writing_stops_it(string what, LimitProblem problem)
    {
        string root = _hosts.Add("hv-07", CpuCount);
        using SshHost host = Open("hv-07");
        LimitPlan plan = LimitPlanner.Of(host, Ten);
        string file = root + CpuIdleReader.PathOf(20, 3, "disable");
        if (what == "state")
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
        else if (what == "file")
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllText(what == "cpu" ? root + CpuIdleReader.CpuFolder + "/online" : file, what == "cpu" ? "0-19,21-63\n" : "1\n");
        }

        SortedDictionary<string, string> before = Contents(root);

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(host, plan, Store()));

        Assert.Equal(problem, error.Problem);
        Assert.Contains(what switch { "cpu" => "CPU 20 of hv-07", "file" => "State C6 of cpu20", _ => "cpu20 state C6" }, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents(root));
        Assert.Empty(Store().List());
    }

    /// <summary>A folder in the place of a file: the shell there cannot write it, root or not.</summary>
    [TreeHostsFact]
    public void A_write_that_fails_half_way_puts_the_rest_back()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        using SshHost host = Open("hv-07");
        var failing = new Interposed(host) { BeforeWriting = () => ToFolder(root + CpuIdleReader.PathOf(40, 3, "disable")) };

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(failing, LimitPlanner.Of(host, Ten), Store()));

        Assert.Equal(LimitProblem.LimitNotWritten, error.Problem);
        Assert.Contains("cpu40 state C6", error.Message, StringComparison.Ordinal);
        Assert.Contains("All 40 values that were changed are put back", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Limited(root));
        Assert.Empty(Store().List());
    }

    /// <summary>
    /// A pipe that nobody reads holds the host's shell in the middle of the batch until the client has given up. Then the
    /// shell goes on behind the lost connection: the values are put back after it, not before.
    /// </summary>
    [TreeHostsFact]
    public void A_host_that_is_lost_half_way_is_reached_again_and_put_back()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        string pipe = root + CpuIdleReader.PathOf(40, 3, "disable");
        using SshHost host = Open("hv-07", TimeSpan.FromSeconds(2));
        Task release = Task.CompletedTask;
        var failing = new Interposed(host)
        {
            BeforeWriting = () =>
            {
                ToPipe(pipe);
                int client = host.ProcessId!.Value;
                release = Task.Run(() => Release(pipe, client));
            },
        };

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(failing, LimitPlanner.Of(host, Ten), Store()));

        release.Wait();
        Assert.Equal(LimitProblem.LimitNotWritten, error.Problem);
        Assert.Contains("no answer within 2 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Limited(root));
        Assert.Empty(Store().List());
    }

    [TreeHostsFact]
    public void A_host_that_stays_lost_keeps_its_journal_and_says_so()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        string pipe = root + CpuIdleReader.PathOf(40, 3, "disable");
        int client = 0;
        using SshHost host = Open("hv-07", TimeSpan.FromSeconds(2));
        var failing = new Interposed(host)
        {
            BeforeWriting = () =>
            {
                ToPipe(pipe);
                client = host.ProcessId!.Value;
                File.WriteAllText(_hosts.ConfigFile, "Host *\n  ProxyCommand false\n");
            },
        };

        LimitException error = Assert.Throws<LimitException>(() => LimitRunner.Apply(failing, LimitPlanner.Of(host, Ten), Store()));

        Assert.Equal(LimitProblem.RollbackFailed, error.Problem);
        (string path, LimitJournal journal) = Assert.Single(Store().List());
        Assert.Contains($"Restore-CStateLimit -JournalPath '{path}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(CpuCount, journal.Writes.Count);
        Assert.Equal(40, Limited(root));
        Release(pipe, client);
    }

    [TreeHostsFact]
    public void A_session_that_holds_the_host_lets_no_other_in()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        using SshHost one = Open("hv-07");
        using SshHost other = Open("hv-07");
        SortedDictionary<string, string> before = Contents(root);
        using IDisposable? held = one.TryLock(HostLock.Path);

        HostAccessException error = Assert.Throws<HostAccessException>(() => Apply(other));

        Assert.Equal(HostAccessProblem.Busy, error.Problem);
        Assert.Contains("sh (", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents(root));
        Assert.Empty(Store().List());
        held!.Dispose();
        Apply(other);
        Assert.Equal(CpuCount, Limited(root));
    }

    [TreeHostsFact]
    public void Without_root_and_with_a_sudo_that_refuses_nothing_is_changed()
    {
        using TemporaryFolder bin = new();
        string sudo = bin.Write("sudo", "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
        SshServer.Run("/usr/bin/env", "chmod", "755", bin.Path, sudo);
        string root = _hosts.Add("hv-07", CpuCount, $"PATH={bin.Path}:$PATH exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c \"$SSH_ORIGINAL_COMMAND\"");
        SortedDictionary<string, string> before = Contents(root);
        using SshHost host = Open("hv-07");

        HostAccessException error = Assert.Throws<HostAccessException>(() => Apply(host));

        Assert.Equal(HostAccessProblem.Denied, error.Problem);
        Assert.Contains("Connect as root@hv-07, or allow sudo without a password there. sudo -n said: sudo: a password is required", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents(root));
        Assert.Empty(Store().List());
    }

    [TreeHostsFact]
    public void A_login_that_prints_is_passed_over()
    {
        string root = _hosts.Add("hv-07", CpuCount, "echo 'Welcome to $HOME'; echo W; echo '{'; echo careful >&2; eval \"$SSH_ORIGINAL_COMMAND\"");
        using SshHost host = Open("hv-07");

        Apply(host);

        Assert.Equal(CpuCount, Limited(root));
    }

    /// <summary>The session is gone as soon as the limit stands; the host takes it back all the same.</summary>
    [TreeHostsFact]
    public void A_lost_session_undoes_itself()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        SortedDictionary<string, string> before = Contents(root);
        LimitJournal journal;
        using (SshHost host = Open("hv-07"))
        {
            journal = LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store(), TimeSpan.FromSeconds(3)).Journal;
            Assert.Equal(CpuCount, Limited(root));
        }

        Until(() => !File.Exists(root + journal.RevertMark));

        Assert.Equal(before, Contents(root));
    }

    [TreeHostsFact]
    public void Restore_disarms_the_timer()
    {
        string root = _hosts.Add("hv-07", CpuCount);
        using SshHost host = Open("hv-07");
        LimitJournal journal = LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store(), TimeSpan.FromSeconds(3)).Journal;
        LimitRestore.Of(host, journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus).Apply(host, force: false, disarm: true);
        Assert.Equal(0, Limited(root));
        Apply(host);

        Until(() => !File.Exists(root + journal.RevertMark));

        Assert.Equal(CpuCount, Limited(root));
    }

    private static void ToFolder(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
    }

    private static void ToPipe(string path)
    {
        File.Delete(path);
        SshServer.Run("/usr/bin/env", "mkfifo", path);
    }

    /// <summary>Once the client is gone, opens the pipe for both sides, so that neither write nor read of the shell waits any more.</summary>
    private static void Release(string pipe, int client)
    {
        Until(() => !Directory.Exists(FormattableString.Invariant($"/proc/{client}")));
        using FileStream both = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        File.Delete(pipe);
        Thread.Sleep(500);
    }

    private static void Until(Func<bool> isSo)
    {
        for (long end = Environment.TickCount64 + 30_000; !isSo(); Thread.Sleep(50))
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to pass.");
        }
    }

    private static int Limited(string root) => Disables(root).Count(text => text == "1");

    private static string[] Disables(string root) => [.. Enumerable.Range(0, CpuCount)
        .SelectMany(cpu => Enumerable.Range(0, 4).Select(index => root + CpuIdleReader.PathOf(cpu, index, "disable")))
        .Select(path => File.Exists(path) && new FileInfo(path).Length > 0 ? File.ReadAllText(path).Trim() : string.Empty)];

    /// <summary>Contents without line ends, which the shell's writes leave out.</summary>
    private static SortedDictionary<string, string> Contents(string root) => new(
        Directory.EnumerateFiles(root + "/sys", "*", SearchOption.AllDirectories).ToDictionary(path => path, path => File.ReadAllText(path).Trim(), StringComparer.Ordinal),
        StringComparer.Ordinal);

    private JournalStore Store() => new(_state.Path);

    private (string Path, LimitJournal Journal) Apply(SshHost host) => LimitRunner.Apply(host, LimitPlanner.Of(host, Ten), Store());

    private SshHost Open(string name, TimeSpan? allowed = null) =>
        new(name, new SshSettings { ConfigFile = _hosts.ConfigFile, RequestLimit = allowed ?? TimeSpan.FromSeconds(60) });

    /// <summary>A host where something happens between the last look and the first write.</summary>
    private sealed class Interposed(SshHost host) : IHostAccess
    {
        public required Action BeforeWriting { get; init; }

        public string HostName => host.HostName;

        public bool IsLive => true;

        private bool _isWriting;

        public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default) => host.Read(patterns, cancellation);

        public void Write(string path, string value) => host.Write(path, value);

        IReadOnlyList<HostWriteResult> IHostAccess.WriteAll(IReadOnlyList<HostWrite> writes, bool goOn, CancellationToken cancellation)
        {
            if (!_isWriting)
            {
                _isWriting = true;
                BeforeWriting();
            }

            // The last look was before: a value that is not expected any more is not what is tested here.
            return host.WriteAll([.. writes.Select(write => write with { Expected = null })], goOn, cancellation);
        }

        IDisposable? IHostAccess.TryLock(string path) => host.TryLock(path);

        public void Dispose()
        {
        }
    }
}
