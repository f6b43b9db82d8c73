using VirtLatency.CpuIdle;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Outputs of vhost_sched_config_check.sh, typed from the script's own echo lines.</summary>
public sealed class ConfigCheckTests : IDisposable
{
    private const string Head = "========================================\nvhost Worker Scheduling Configuration Check\n========================================\nTarget interface: vnet0\nTimestamp: Mon Nov  3 10:12:44 CST 2025\nHostname: hv-09\nKernel: 4.19.90\n\n";
    private const string Section = "=== 5. CPU C-state Configuration ===\nC-state status (first CPU as example):\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cpu0_only()
    {
        ConfigCheck check = Read(Head + Section
            + "  state0: name=POLL, latency=0us, disabled=0\n  state1: name=C1, latency=2us, disabled=0\n  state2: name=C6, latency=290us, disabled=1\n\n"
            + "Kernel cmdline (idle/cstate related):\nintel_idle.max_cstate=9\nnohz=on\n\n"
            + "=== 6. CPU Frequency / P-state ===\nCPU frequency governor:\nstate7: performance\n\n"
            + "=== 9. CPU Isolation ===\nKernel cmdline (isolation related):\nisolcpus=2-3\n\n");

        CStateConfig row = CStateRows.Of(check.Snapshot);

        Assert.Equal(("hv-09", "4.19.90", "POLL 0us, C1 2us, C6 290us (off)"), (row.HostName, row.KernelRelease, row.States));
        Assert.Equal(("C1", 2.0, "intel_idle.max_cstate=9 isolcpus=2-3"), (row.DeepestEnabled, row.MaxExitLatencyUs, row.BootParameter));
        Assert.Equal((null, null, null, null), (row.CpuCount, row.Uniform, row.EffectiveLimitUs, row.Driver));
        Assert.StartsWith("cpu0 only: the other CPUs may differ", row.Note, StringComparison.Ordinal);

        // 2 of the header, 3 states, 3 parameters; 6 of the header, 3 headings of sections, 1 + 2 of labels, 2 of section 6, 4 blank.
        Assert.Equal((8, 18, 0), (check.ParsedLineCount, check.NoiseLineCount, check.Issues.Count));
    }

    [Fact]
    public void Names_with_blanks_values_not_available_and_the_shells_order()
    {
        ConfigCheck check = Read(Head + Section + "  state0: name=POLL, latency=0us, disabled=0\n  state10: name=C10, latency=900us, disabled=0\n  state1: name=haltpoll idle, latency=N/Aus, disabled=N/A\n");

        CpuCState[] rows = [.. CStateRows.PerCpu(check.Snapshot)];

        Assert.Equal(["POLL", "haltpoll idle", "C10"], rows.Select(row => row.State));
        Assert.Equal((null, null), (rows[1].ExitLatencyUs, rows[1].Disabled));
        Assert.Null(CStateRows.Of(check.Snapshot).BootParameter);
    }

    [Fact]
    public void No_cpuidle_and_no_parameter()
    {
        ConfigCheck check = Read(Head + Section + "cpuidle not available in sysfs\n\nKernel cmdline (idle/cstate related):\nNo idle-related parameters found\n");

        CStateConfig row = CStateRows.Of(check.Snapshot);

        Assert.Equal((null, string.Empty), (row.States, row.BootParameter));
        Assert.Contains("no idle states are published", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_state_leaves_its_neighbours()
    {
        ConfigCheck check = Read(Head + Section + "  state0: name=POLL, latency=0us, disabled=0\n  state1: name=C1, laten\n  state2: name=C6, latency=290us, disabled=0\n");

        ParseIssue issue = Assert.Single(check.Issues);
        Assert.Equal(12, issue.Line);
        Assert.Equal("POLL 0us, C6 290us", CStateRows.Of(check.Snapshot).States);
    }

    [Theory]
    [InlineData("", LogFileProblem.Empty)]
    [InlineData("PING 10.0.0.1\n", LogFileProblem.WrongTool)]
    [InlineData(Head, LogFileProblem.WrongTool)]
    public void Other_files(string text, LogFileProblem problem) => Assert.Equal(problem, Assert.Throws<LogFileException>(() => Read(text)).Problem);

    private ConfigCheck Read(string text)
    {
        string path = Path.Combine(_folder.Path, "check.txt");
        File.WriteAllText(path, text);
        return ConfigCheckReader.Read(path);
    }
}
