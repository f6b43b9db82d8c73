using System.Management.Automation;
using System.Text.Json.Nodes;
using VirtLatency.Tests.CpuIdle;
using VirtLatency.Tests.Ssh;

namespace VirtLatency.Tests;

/// <summary>
/// Limits on this machine's own idle states: cpu0's first state behind POLL is switched off and on, directly and over a real
/// sshd, and both must come to the same.
/// </summary>
[Collection(SshEngine.Collection)]
public sealed class LiveLimitTests(SshServer server) : IClassFixture<SshServer>, IDisposable
{
    private const string Remote = "root@127.0.0.1";

    private readonly TemporaryFolder _folder = new();
    private readonly MachineIdle? _turn = MachineIdle.WhyNot is null ? new MachineIdle() : null;

    public void Dispose()
    {
        _turn?.Dispose();
        _folder.Dispose();
    }

    [LiveFact]
    public void A_limit_over_ssh_is_the_same_as_on_this_machine()
    {
        Dictionary<string, string> before = MachineIdle.Values();
        using SshEngine engine = new(server.ConfigFile);

        string local = LimitAndRestore(engine, string.Empty, Environment.MachineName);
        Assert.Equal(before, MachineIdle.Values());
        string remote = LimitAndRestore(engine, "-HostName " + Remote, Remote);

        Assert.Equal(before, MachineIdle.Values());
        Assert.Contains("\"before\": \"0\"", local, StringComparison.Ordinal);
        Assert.Contains("LimitedBy=", local, StringComparison.Ordinal);
        Assert.Equal(local, remote);
    }

    /// <summary>
    /// A CPU that is busy for the whole second shows nothing: then it is asked again, and on a machine that never idles both
    /// must say so. On trees whose counters a test turns, the verdicts are certain: see SeveralHostsTests.
    /// </summary>
    [LiveFact]
    public void The_effect_over_ssh_is_the_same_as_on_this_machine()
    {
        using SshEngine engine = new(server.ConfigFile);
        string[] effects = [];
        for (int attempt = 0; attempt < 5 && (effects.Length == 0 || effects.Contains("NotVerified")); attempt++)
        {
            effects = [EffectOf(engine, string.Empty), EffectOf(engine, "-HostName " + Remote)];
        }

        bool looksAtFlags = File.ReadAllText("/sys/devices/system/cpu/cpuidle/current_governor").Trim() != "haltpoll";
        Assert.All(effects, effect => Assert.Contains(effect, (string[])[looksAtFlags ? "Effective" : "WrittenButNotEffective", "NotVerified"]));
    }

    [LiveFact]
    public void A_resume_latency_is_set_and_taken_back_here_and_over_ssh()
    {
        string before = File.ReadAllText(MachineIdle.ResumeLatency);
        using SshEngine engine = new(server.ConfigFile);
        foreach (string host in (string[])[string.Empty, "-HostName " + Remote])
        {
            EngineResult set = engine.Run($"Set-CStateLimit -MaxExitLatencyUs 77 -Method ResumeLatency -Cpu 0 {host} -JournalPath {_folder.Path}/latency -PassThru -WarningAction Ignore");
            Assert.Empty(set.Errors);
            Assert.Equal("77", File.ReadAllText(MachineIdle.ResumeLatency).Trim());
            Assert.Equal(["cpu0/resume=" + before.Trim()], set.Values("Before"));
            Assert.Empty(engine.Run($"Restore-CStateLimit {host} -JournalPath {_folder.Path}/latency").Errors);
            Assert.Equal(before, File.ReadAllText(MachineIdle.ResumeLatency));
        }
    }

    [LiveFact]
    public void A_change_over_ssh_is_taken_back_after_a_serialization()
    {
        using SshEngine engine = new(server.ConfigFile);
        EngineResult set = engine.Run($"[System.Management.Automation.PSSerializer]::Serialize(({Set("-HostName " + Remote)}))");
        Assert.Equal("1", MachineIdle.Flag);
        string text = _folder.Write("undo.xml", (string)set.Output[0].BaseObject);

        EngineResult restored = engine.Run($"[System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText('{text}')) | Restore-CStateLimit -PassThru");

        Assert.Empty(restored.Errors);
        Assert.Equal(["taken back"], restored.Values("Note"));
        Assert.Equal("0", MachineIdle.Flag);
    }

    /// <summary>Ctrl-C while the effect is watched: no object reached the user, so the host is as it was.</summary>
    [LiveFact]
    public void Ctrl_C_puts_back_what_is_not_finished()
    {
        using SshEngine engine = new(server.ConfigFile);
        foreach (string host in (string[])[string.Empty, "-HostName " + Remote])
        {
            Assert.Empty(engine.StopWhen(Set(host + " -RevertAfter 01:00:00"), () => MachineIdle.Flag == "1"));

            Assert.Equal("0", MachineIdle.Flag);
            Assert.Empty(Directory.EnumerateFiles(_folder.Path + "/journal"));
        }
    }

    [LiveFact]
    public void Ctrl_C_ends_a_limit_for_a_script()
    {
        using SshEngine engine = new(server.ConfigFile);
        int before = DeviceLimit();

        engine.StopWhen("Use-CStateLimit 123 { while ($true) { [System.Threading.Thread]::Sleep(20) } } -WarningAction Ignore", () => DeviceLimit() == 123);

        Assert.Equal(before, DeviceLimit());
    }

    /// <summary>The session ends as soon as the limit stands; nobody asks for it back.</summary>
    [LiveFact]
    public void A_lost_session_undoes_itself_here_and_over_ssh()
    {
        foreach (string host in (string[])[string.Empty, "-HostName " + Remote])
        {
            using (SshEngine engine = new(server.ConfigFile))
            {
                Assert.Empty(engine.Run(Set(host + " -RevertAfter 00:00:04")).Errors);
                Assert.Equal("1", MachineIdle.Flag);
            }

            for (long end = Environment.TickCount64 + 30_000; MachineIdle.Flag == "1"; Thread.Sleep(50))
            {
                Assert.True(Environment.TickCount64 < end, "The timer did not take the limit back.");
            }
        }
    }

    private static int DeviceLimit() => BitConverter.ToInt32(File.ReadAllBytes("/dev/cpu_dma_latency").AsSpan(0, 4));

    private string Set(string arguments) =>
        $"Set-CStateLimit -DisableState '{MachineIdle.StateName}' -AllowPolling -Cpu 0 {arguments} -JournalPath {_folder.Path}/journal -PassThru -WarningAction Ignore";

    private string EffectOf(SshEngine engine, string host)
    {
        EngineResult set = engine.Run(Set(host));
        Assert.Empty(set.Errors);
        Assert.Empty(engine.Run($"Restore-CStateLimit {host} -JournalPath {_folder.Path}/journal").Errors);
        return (string)set.Values("Effect").Single()!;
    }

    /// <summary>All that a limit shows on the way, as text without what differs by nature: name, id and time.</summary>
    private string LimitAndRestore(SshEngine engine, string host, string name)
    {
        EngineResult set = engine.Run(Set(host).Replace("Ignore", "Continue", StringComparison.Ordinal));
        Assert.Empty(set.Errors);
        Assert.Equal("1", MachineIdle.Flag);
        Assert.Equal([name], set.Values("HostName"));
        EngineResult config = engine.Run($"Get-CStateConfig -Cpu 0 {host} -PerCpu; Get-CStateConfig {host}");
        EngineResult check = engine.Run($"Test-CStateLimit 0 -Cpu 0 {host} -Detail; Test-CStateLimit 0 {host}");
        EngineResult listed = engine.Run($"Restore-CStateLimit -ListAvailable -JournalPath {_folder.Path}/journal");
        EngineResult restored = engine.Run($"Restore-CStateLimit {host} -JournalPath {_folder.Path}/journal -PassThru");
        Assert.Empty((ErrorRecord[])[.. config.Errors, .. check.Errors, .. listed.Errors, .. restored.Errors]);
        JsonNode journal = JsonNode.Parse(File.ReadAllText((string)set.Values("JournalPath").Single()!))!;
        foreach (string own in (string[])["changeId", "created", "hostName", "used"])
        {
            Assert.NotNull(journal[own]);
            ((JsonObject)journal).Remove(own);
        }

        string[] shown = [.. set.Warnings.Where(warning => !warning.Contains("not effective", StringComparison.Ordinal)), .. Rows(set), .. Rows(config), .. Rows(check), .. Rows(listed), .. Rows(restored), journal.ToString()];
        Directory.Delete(_folder.Path + "/journal", recursive: true);
        return string.Join('\n', shown).Replace(name, "NAME", StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Rows(EngineResult result)
    {
        string[] differing = ["ChangeId", "JournalPath", "Created", "UsageCount", "TimeUs", "Effect", "HostName", "Note"];
        return result.Output.Select(row => row.BaseObject is bool answer ? answer.ToString() : string.Join("; ", row.Properties.Where(property => !differing.Contains(property.Name)).Select(property => $"{property.Name}={property.Value}")));
    }
}
