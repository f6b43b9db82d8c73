using System.Management.Automation;
using VirtLatency.Shell;
using VirtLatency.Tests.CpuIdle;
using VirtLatency.Tests.Ssh;

namespace VirtLatency.Tests;

/// <summary>Limits on several hosts with trees of their own, over a real sshd: order, failures, questions, canary, throttle, Ctrl-C.</summary>
[Collection(SshEngine.Collection)]
public sealed class SeveralHostsTests : IDisposable
{
    private readonly TreeHosts _hosts = new();
    private readonly TemporaryFolder _state = new();

    public void Dispose()
    {
        _hosts.Dispose();
        _state.Dispose();
    }

    [TreeHostsFact]
    public void One_host_s_failure_stops_no_other()
    {
        string first = _hosts.Add("hv-a");
        string last = _hosts.Add("hv-b");

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a, refused, 'host;reboot', stranger, root@hv-b -Force -PassThru -JournalPath " + Journals);

        Assert.Equal(["hv-a", "root@hv-b"], result.Values("HostName"));
        Assert.Equal(["HostUnreachable:refused", "HostNameInvalid:host;reboot", "HostUnreachable:stranger"], Ids(result));
        Assert.Equal(["cpu0/C6=1;cpu1/C6=1", "cpu0/C6=1;cpu1/C6=1"], result.Values("After"));
        Assert.Equal((2, 2), (Limited(first), Limited(last)));
        Assert.Equal(2, Directory.GetFiles(Journals).Length);

        EngineResult restored = Run("Restore-CStateLimit -HostName root@hv-b, refused, hv-a -PassThru -JournalPath " + Journals);

        Assert.Equal(["root@hv-b", "hv-a"], restored.Values("HostName"));
        Assert.Equal(["JournalNotFound:refused"], Ids(restored));
        Assert.Equal((0, 0), (Limited(first), Limited(last)));
    }

    [TreeHostsFact]
    public void Each_host_is_asked_about()
    {
        string first = _hosts.Add("hv-a");
        string last = _hosts.Add("hv-b");
        var terminal = new TextTerminal(200, "n\ny\n");
        using (SshEngine variable = new(_hosts.ConfigFile))
        using (var session = new ShellSession(terminal, Engine.Manifest))
        {
            session.RunCommand($"Set-CStateLimit 10 -HostName hv-a, hv-b -Confirm -JournalPath {Journals}");
        }

        Assert.Equal((0, 2), (Limited(first), Limited(last)));
        Assert.Contains("\"disable C6 on CPUs 0-1\" on target \"hv-a, CPUs 0-1\"", terminal.Output.ToString()!, StringComparison.Ordinal);
    }

    [TreeHostsFact]
    public void Several_hosts_without_consent_are_not_even_reached()
    {
        string root = _hosts.Add("hv-a");

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a, refused -JournalPath " + Journals);

        Assert.Equal("SeveralHosts,VirtLatency.Commands.SetCStateLimitCommand", result.Errors[0].FullyQualifiedErrorId);
        Assert.Equal(0, Limited(root));
    }

    [TreeHostsFact]
    public void A_canary_that_keeps_the_limit_lets_the_others_follow()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b"), _hosts.Add("hv-c")];
        using TreeTicker first = new(roots[0], 2, looksAtFlags: true);
        using TreeTicker second = new(roots[1], 2, looksAtFlags: true);

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a, hv-b, hv-c -Canary -CanarySeconds 1 -Force -PassThru -JournalPath " + Journals);

        Assert.Empty(result.Errors);
        Assert.Equal(["hv-a", "hv-b", "hv-c"], result.Values("HostName"));
        Assert.Equal(["Effective", "Effective", "NotVerified"], result.Values("Effect"));
        Assert.All(roots, root => Assert.Equal(2, Limited(root)));
    }

    [TreeHostsFact]
    public void A_canary_without_effect_stops_the_others()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b")];
        using TreeTicker ticker = new(roots[0], 2, looksAtFlags: false);

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a, hv-b -Canary -CanarySeconds 1 -Force -PassThru -WarningAction Ignore -JournalPath " + Journals);

        Assert.Equal(["CanaryFailed:hv-a"], Ids(result));
        Assert.Equal(["WrittenButNotEffective"], result.Values("Effect"));
        Assert.Contains("governor menu entered limited states", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal((2, 0), (Limited(roots[0]), Limited(roots[1])));
        Assert.Empty(Run("Restore-CStateLimit -HostName hv-a -JournalPath " + Journals).Errors);
        Assert.Equal(0, Limited(roots[0]));
    }

    /// <summary>tuned, or someone else, takes the first host's limit away while it is left alone.</summary>
    [TreeHostsFact]
    public void A_canary_that_is_changed_again_stops_the_others()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b")];
        var other = Task.Run(() =>
        {
            for (long end = Environment.TickCount64 + 30_000; Limited(roots[0]) < 2 && Environment.TickCount64 < end; Thread.Sleep(20))
            {
            }

            new SysTree(roots[0]).Attribute(1, 3, "disable", 0);
        });

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a, hv-b -Canary -CanarySeconds 2 -Force -JournalPath " + Journals);

        other.Wait();
        Assert.Equal(["CanaryFailed:hv-a"], Ids(result));
        Assert.Contains("its values were changed again", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Limited(roots[1]));
    }

    [TreeHostsFact]
    public void A_canary_that_cannot_be_changed_stops_the_others()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b")];
        File.WriteAllText(roots[0] + "/read-only", string.Empty);

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a, hv-b -Canary -CanarySeconds 1 -Force -JournalPath " + Journals);

        Assert.Equal(["HostReadOnly:hv-a", "CanaryFailed:hv-a"], Ids(result));
        Assert.Equal((0, 0), (Limited(roots[0]), Limited(roots[1])));
    }

    /// <summary>Ctrl-C while the canary is left alone: it was finished and reported, so it stays; the others are untouched.</summary>
    [TreeHostsFact]
    public void Ctrl_C_in_the_wait_for_the_canary_leaves_the_others_alone()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b")];
        using SshEngine engine = new(_hosts.ConfigFile);

        IReadOnlyList<PSObject> output = engine.StopWhen(
            $"Set-CStateLimit 10 -HostName hv-a, hv-b -Canary -CanarySeconds 600 -Force -PassThru -JournalPath {Journals} | ForEach-Object {{ [System.IO.File]::WriteAllText('{_state.Path}/told', $_.HostName); $_ }}",
            () => File.Exists(_state.Path + "/told"));

        Assert.Equal("hv-a", Assert.Single(output).Properties["HostName"].Value);
        Assert.Equal((2, 0), (Limited(roots[0]), Limited(roots[1])));
        Assert.Single(Directory.GetFiles(Journals));
    }

    /// <summary>Ctrl-C while hosts are being changed: none of them was reported, so all are as before.</summary>
    [TreeHostsFact]
    public void Ctrl_C_in_the_middle_puts_every_unfinished_host_back()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b")];
        using SshEngine engine = new(_hosts.ConfigFile);

        engine.StopWhen($"Set-CStateLimit 10 -HostName hv-a, hv-b -Force -JournalPath {Journals}", () => Limited(roots[0]) == 2);

        Assert.Equal((0, 0), (Limited(roots[0]), Limited(roots[1])));
        Assert.Empty(Directory.GetFiles(Journals));
    }

    [TreeHostsFact]
    public void No_more_hosts_than_the_throttle_are_open_at_a_time()
    {
        string log = Path.Combine(_state.Path, "log");
        string force = $"echo start >>{log}; (eval \"$SSH_ORIGINAL_COMMAND\"); echo end >>{log}";
        string[] names = [.. Enumerable.Range(1, 5).Select(number => FormattableString.Invariant($"hv-{number}"))];
        string[] roots = [.. names.Select(name => _hosts.Add(name, 2, force))];
        string list = string.Join(", ", names);
        foreach (string command in (string[])["Get-CStateConfig", "Get-CStateUsage", "Test-CStateLimit 10", $"Set-CStateLimit 10 -Force -JournalPath {Journals}", $"Restore-CStateLimit -JournalPath {Journals}"])
        {
            File.WriteAllText(log, string.Empty);

            Assert.Empty(Run($"{command} -HostName {list} -ThrottleLimit 2").Errors);

            int open = 0;
            int most = File.ReadLines(log).Max(line => open += line == "start" ? 1 : -1);
            Assert.True(most is 1 or 2, $"{command}: {most} at a time");
            Assert.True(File.ReadLines(log).Count() >= 10, command);
        }

        Assert.All(roots, root => Assert.Equal(0, Limited(root)));
    }

    /// <summary>With room for all, reading, asking and writing are one login per host.</summary>
    [TreeHostsFact]
    public void A_limit_takes_one_login()
    {
        string log = _state.Write("log", string.Empty);
        _hosts.Add("hv-a", 2, $"echo start >>{log}; eval \"$SSH_ORIGINAL_COMMAND\"");

        Run($"Set-CStateLimit 10 -HostName hv-a -JournalPath {Journals} -WarningAction Ignore");

        Assert.Equal(["start"], File.ReadLines(log));
    }

    /// <summary>Two changes of each of two hosts come together: each host's last one goes first.</summary>
    [TreeHostsFact]
    public void Changes_that_come_together_are_taken_back_last_first()
    {
        string[] roots = [_hosts.Add("hv-a"), _hosts.Add("hv-b")];

        EngineResult result = Run($$"""
            $changes = @(
                Set-CStateLimit 100 -HostName hv-a, hv-b -Force -PassThru -WarningAction Ignore -JournalPath {{Journals}}
                Set-CStateLimit 1 -HostName hv-b, hv-a -Force -PassThru -WarningAction Ignore -JournalPath {{Journals}})
            $changes | Restore-CStateLimit -PassThru
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["cpu0/C1E=0;cpu1/C1E=0", "cpu0/C1E=0;cpu1/C1E=0", "cpu0/C6=0;cpu1/C6=0", "cpu0/C6=0;cpu1/C6=0"], result.Values("Before"));
        Assert.All(roots, root => Assert.Equal(0, Limited(root)));
    }

    [TreeHostsFact]
    public void A_host_that_another_session_changes_is_busy()
    {
        string root = _hosts.Add("hv-a");
        using FileStream other = new(root + "/run/virtlatency.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a -JournalPath " + Journals);

        Assert.Equal(["HostBusy:hv-a"], Ids(result));
        Assert.Equal(ErrorCategory.ResourceBusy, result.Errors[0].CategoryInfo.Category);
        Assert.Equal(0, Limited(root));
        Assert.False(Directory.Exists(Journals));
    }

    [TreeHostsFact]
    public void Without_root_there_nothing_is_changed()
    {
        string root = _hosts.Add("hv-a", 2, "exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c \"$SSH_ORIGINAL_COMMAND\"");

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a -JournalPath " + Journals);

        Assert.Equal(["HostAccessDenied:hv-a"], Ids(result));
        Assert.Contains("Connect as root@hv-a, or allow sudo", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.PermissionDenied, result.Errors[0].CategoryInfo.Category);
        Assert.Equal(0, Limited(root));
    }

    [TreeHostsFact]
    public void Without_a_place_for_the_journal_the_host_is_not_touched()
    {
        string root = _hosts.Add("hv-a");

        EngineResult result = Run("Set-CStateLimit 10 -HostName hv-a -JournalPath /proc/none/here");

        Assert.Equal(["JournalNotWritten:hv-a"], Ids(result));
        Assert.Equal(0, Limited(root));
    }

    /// <summary>A journal is kept under the name that was given: another name of the same host finds none, and the message says why.</summary>
    [TreeHostsFact]
    public void A_journal_belongs_to_the_name_that_was_given()
    {
        _hosts.Add("hv-a");
        Run("Set-CStateLimit 10 -HostName hv-a -WarningAction Ignore -JournalPath " + Journals);

        EngineResult result = Run("Restore-CStateLimit -HostName root@hv-a -JournalPath " + Journals);

        Assert.Equal(["JournalNotFound:root@hv-a"], Ids(result));
        Assert.Contains("under the name that was given to -HostName", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    private string Journals => Path.Combine(_state.Path, "journals");

    private static IEnumerable<string> Ids(EngineResult result) => result.Errors.Select(error => $"{error.FullyQualifiedErrorId.Split(',')[0]}:{error.TargetObject}");

    private static int Limited(string root) => Directory.EnumerateFiles(root + "/sys/devices/system/cpu", "disable", SearchOption.AllDirectories).Count(path => File.ReadAllText(path).Trim() == "1");

    private EngineResult Run(string script)
    {
        using SshEngine engine = new(_hosts.ConfigFile);
        return engine.Run(script);
    }
}
