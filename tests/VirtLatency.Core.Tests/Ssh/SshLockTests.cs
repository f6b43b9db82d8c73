using System.Diagnostics;
using VirtLatency.CpuIdle;
using VirtLatency.Ssh;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.Ssh;

/// <summary>One lock for all ways to a host: this process and every shell over ssh see each other's.</summary>
public sealed class SshLockTests(SshServer server) : IClassFixture<SshServer>
{
    public static TheoryData<string> Shells => SshHostTests.Shells;

    [SshdTheory]
    [MemberData(nameof(Shells))]
    public void Two_sessions_do_not_hold_it_at_once(string shell)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "lock");
        LocalHost local = LocalHost.Live();
        using SshHost one = Open(shell);
        using SshHost other = Open();

        using (IDisposable? held = one.TryLock(path))
        {
            Assert.True(held is not null && held != HostLock.Nothing);
            Assert.Null(other.TryLock(path));
            Assert.Null(local.TryLock(path));
            HostAccessException busy = Assert.Throws<HostAccessException>(() => HostLock.Take(new Locked(path, other), TimeSpan.Zero));
            Assert.Equal(HostAccessProblem.Busy, busy.Problem);
            Assert.Matches(@"\([a-z]+ \([0-9]+\) on 127\.0\.0\.1\), so nothing was changed", busy.Message);
        }

        using (IDisposable? held = local.TryLock(path))
        {
            Assert.IsType<FileStream>(held);
            Assert.Null(one.TryLock(path));
        }

        using (IDisposable? again = one.TryLock(path))
        {
            Assert.NotNull(again);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [SshdTheory]
    [MemberData(nameof(Shells))]
    public void It_ends_with_a_lost_connection_and_what_was_started_does_not_keep_it(string shell)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "lock");
        using SshHost lost = Open(shell);
        using IDisposable? held = lost.TryLock(path);
        lost.StartDetached($"echo $$ >{folder.Path}/pid; exec sleep 60");
        string pid = string.Empty;
        Until(() => File.Exists(folder.Path + "/pid") && (pid = File.ReadAllText(folder.Path + "/pid").Trim()).Length > 0);
        using (Process client = Process.GetProcessById(lost.ProcessId!.Value))
        {
            client.Kill();
        }

        try
        {
            Until(() =>
            {
                using IDisposable? free = LocalHost.Live().TryLock(path);
                return free is not null;
            });
            Assert.True(Directory.Exists("/proc/" + pid));
        }
        finally
        {
            SshServer.Run("/usr/bin/env", "kill", pid);
        }
    }

    /// <summary>The connection is lost while nothing is asked; with a lock it must not come back silently without it.</summary>
    [SshdFact]
    public void A_connection_that_was_lost_in_between_is_made_anew_unless_it_held_the_lock()
    {
        using TemporaryFolder folder = new();
        using SshHost host = Open();
        host.Read(["/proc/version"]);
        KillClient(host);

        Assert.NotNull(host.Read(["/proc/version"]).TextOf("/proc/version"));

        using IDisposable? held = host.TryLock(Path.Combine(folder.Path, "lock"));
        KillClient(host);

        Assert.Equal(HostAccessProblem.Unreachable, Assert.Throws<HostAccessException>(() => host.Read(["/proc/version"])).Problem);
    }

    [SshdFact]
    public void Where_a_user_may_not_lock_nothing_is_locked()
    {
        using SshHost host = Open();

        Assert.Same(HostLock.Nothing, host.TryLock("/proc/virtlatency.lock"));
        Assert.Same(HostLock.Nothing, LocalHost.Live().TryLock("/proc/virtlatency.lock"));
    }

    private static void KillClient(SshHost host)
    {
        using Process client = Process.GetProcessById(host.ProcessId!.Value);
        client.Kill();
        client.WaitForExit();
    }

    private static void Until(Func<bool> isSo)
    {
        for (long end = Environment.TickCount64 + 15_000; !isSo(); Thread.Sleep(20))
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to pass.");
        }
    }

    private SshHost Open(string shell = "sh") => new("127.0.0.1", new SshSettings { ConfigFile = server.ConfigFile, Shell = shell });

    /// <summary>The lock under another path, so that no real session of this machine is in the way.</summary>
    private sealed class Locked(string path, SshHost host) : IHostAccess
    {
        public string HostName => host.HostName;

        public bool IsLive => true;

        public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default) => host.Read(patterns, cancellation);

        public void Write(string path, string value) => host.Write(path, value);

        IDisposable? IHostAccess.TryLock(string lockPath) => host.TryLock(path);

        IReadOnlyList<string> IHostAccess.HoldersOf(string device) => host.HoldersOf(path);

        public void Dispose()
        {
        }
    }
}
