using VirtLatency.Environments;
using VirtLatency.Findings;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;
using VirtLatency.Tests.Parsing;

namespace VirtLatency.Tests.Findings;

/// <summary>What findings need of a log beside its samples: printed totals and drops, read, kept and brought back.</summary>
public sealed class LogFactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Two chains, 39 and 123 us as the tool adds them up: 81 us on average.</summary>
    [Fact]
    public void Printed_totals_of_a_log()
    {
        _folder.Write("env/a.log", TunIrqText.Q1Chain + "  -> Total(S1->S5): 0.039ms\n" + TunIrqText.Q0Chain + "  -> Total(S1->S5): 0.123ms\n  -> Total(S1->S5): 0.1x3ms\n");

        EnvironmentLog log = Assert.Single(TestEnvironments.Read(Path.Combine(_folder.Path, "env")).Logs);

        Assert.Equal((2L, 81.0), (log.PrintedTotalCount, log.PrintedTotalUs!.Value));
        Assert.Null(TestEnvironments.Example("zbs").Logs.Single(other => other.RoleValue == LogRole.SenderTunIrq).PrintedTotalUs);
    }

    /// <summary>The example's own chains with the line that a later build prints below each: 120 us as stages 2 to 5 add up, where E is 111.</summary>
    [Fact]
    public void Double_counting_where_a_log_prints_the_total()
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryFolder.ExampleData, "zbs", "zbshost-vhost-recv-request.log"));
        string plain = _folder.Write("plain/tun.log", string.Join('\n', lines) + "\n");
        _folder.Write("total/tun.log", string.Concat(lines.Select(line => line + "\n" + (line.Contains("Stage 5 [posted_int]", StringComparison.Ordinal) ? "  -> Total(S1->S5): 0.120ms\n" : string.Empty))));

        LatencyFinding finding = Assert.Single(Findings("total"));
        Assert.StartsWith("16 printed totals average 120.0 us; stages 2, 4 and 5 give S1 to S5 as 111.3 us (n 16)", finding.Evidence, StringComparison.Ordinal);
        Assert.Empty(Findings(Path.GetFileName(Path.GetDirectoryName(plain)!)));

        IEnumerable<LatencyFinding> Findings(string folder) =>
            FindingRules.Of(new FindingInput(TestEnvironments.Read(Path.Combine(_folder.Path, folder)))).Where(found => found.Rule == "DoubleCounting");
    }

    [Fact]
    public void Drops_of_a_host_log_survive_an_export()
    {
        _folder.Write("env/host.log", IcmpPathText.First + IcmpPathText.Drop + IcmpPathText.Drop + IcmpPathText.Second);
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(_folder.Path, "env"));
        string file = Path.Combine(_folder.Path, "a.vlenv");

        EnvironmentFile.Write(file, [environment], overwrite: false);
        EnvironmentLog back = Assert.Single(Assert.Single(EnvironmentFile.Read(file, new LogReadOptions())).Logs);

        Assert.Equal(2, Assert.Single(environment.Logs).DropCount);
        Assert.Equal(2, back.DropCount);
        Assert.Equal("PacketLoss", Assert.Single(FindingRules.Of(new FindingInput(environment)), finding => finding.Rule == "PacketLoss").Rule);
        Assert.All(TestEnvironments.Example("zbs").Logs, log => Assert.Equal(log.ToolValue == LogTool.IcmpDropDetector ? 0 : null, log.DropCount));
    }
}
