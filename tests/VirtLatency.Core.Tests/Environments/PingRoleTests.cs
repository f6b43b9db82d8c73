using VirtLatency.Analysis;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;
using VirtLatency.Tests.Parsing;

namespace VirtLatency.Tests.Environments;

/// <summary>Output of ping beside the tools' logs: role SenderPing, container PingRtt.</summary>
public sealed class PingRoleTests : IDisposable
{
    /// <summary>Answers 400, 500, 600 us; one duplicate of 9000 us; packet 3 of 4 is lost.</summary>
    private const string Log = PingLogs.Banner
        + "64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.400 ms\n64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.500 ms\n"
        + "64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=9.00 ms (DUP!)\n64 bytes from 10.0.0.2: icmp_seq=4 ttl=64 time=0.600 ms\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ping_log_in_the_folder_is_PingRtt()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.Write("ping.txt", Log);
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, report);
        SegmentLatency row = PingRow(environment);

        Assert.Equal(["SenderVm", "SenderPing"], environment.Logs.Select(log => log.Role));
        Assert.Equal((500.0, 3L, 2L), (row.MeanUs, row.SampleCount, row.ExcludedCount));
        Assert.Equal((400.0, 500.0, 600.0), (row.MinUs, row.P50Us, row.MaxUs));
        Assert.Equal(("Measured", "ping.txt"), (row.Basis, row.Source));
        Assert.Equal("1 of 4 packets lost; the tool prints no ICMP id: not shown to be RoundTrip's packets", row.Note);
        Assert.Equal(500 / 226.79125 * 100, row.SharePercent!.Value, 6);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Flagged_samples_can_be_let_in()
    {
        _folder.Write("ping.txt", Log);

        SegmentLatency row = PingRow(TestEnvironments.Read(_folder.Path, selection: new SampleSelection(IncludeFlagged: true, ExcludeFirst: true)));

        Assert.Equal((3L, 2L), (row.SampleCount, row.ExcludedCount));
        Assert.Equal((500.0 + 9000 + 600) / 3, row.MeanUs!.Value, 9);
    }

    /// <summary>Slower than the interval of 1 ms, packet 2 is answered behind 3: 400, 500 and 3000 us are the path's latencies alike.</summary>
    [Fact]
    public void An_answer_that_comes_behind_the_next_ones_is_in_the_mean()
    {
        _folder.Write("ping.txt", PingLogs.Banner
            + "64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.400 ms\n64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.500 ms\n"
            + "64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=3.00 ms\n");

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path);
        SegmentLatency row = PingRow(environment);

        Assert.Equal((1300.0, 3L, 0L, 3000.0), (row.MeanUs, row.SampleCount, row.ExcludedCount, row.MaxUs));
        Assert.Contains("1 of 3 samples of SenderPing came late (Reordered) and is in the means", row.Note, StringComparison.Ordinal);
        Assert.Equal(0, environment.Logs[0].ExcludedCount);
    }

    /// <summary>ping -v prints the id; the lost packet is in no other log, so it is no packet that is not in common. The same id and numbers to another address are another ping's.</summary>
    [Theory]
    [InlineData("10.0.130.143", "1 of 17 packets lost")]
    [InlineData("10.0.0.2", "1 of 17 packets lost; means of different runs: SenderPing not shown to be of SenderVm's packets")]
    public void With_its_id_printed_its_packets_are_compared(string address, string note)
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        string answers = string.Concat(Enumerable.Range(1, 16).Select(sequence => FormattableString.Invariant($"64 bytes from 10.0.0.2: icmp_seq={sequence} ident=21973 ttl=64 time=0.400 ms\n")));
        _folder.Write("ping.txt", (PingLogs.Banner + answers + "no answer yet for icmp_seq=17\n").Replace("10.0.0.2", address, StringComparison.Ordinal));

        Assert.Equal(note, PingRow(TestEnvironments.Read(_folder.Path)).Note);
    }

    [Fact]
    public void Nobody_misses_a_ping_log()
    {
        LatencyEnvironment environment = TestEnvironments.Example("smtx");
        SegmentLatency row = PingRow(environment);

        Assert.DoesNotContain("SenderPing", environment.MissingRole, StringComparison.Ordinal);
        Assert.Null(row.MeanUs);
        Assert.Equal((0L, "no output of ping itself (sender VM)"), (row.SampleCount, row.Note));
        Assert.Equal(
            ["PingRtt", "RoundTrip", "InterPath", "SenderHostSpan", "SenderExternal", "ReceiverHost", "ReceiverExternal", "ReceiverVm"],
            Breakdown.Of(environment, BreakdownLevel.Container).Select(container => container.Segment));
    }

    [Fact]
    public void All_lost_has_no_value_and_says_so()
    {
        _folder.Write("ping.txt", PingLogs.Banner + PingLogs.Counts(5, 0));

        SegmentLatency row = PingRow(TestEnvironments.Read(_folder.Path));

        Assert.Null(row.MeanUs);
        Assert.Equal((0L, 5L), (row.SampleCount, row.ExcludedCount));
        Assert.Equal("no usable sample in the output of ping itself (sender VM); 5 of 5 packets lost", row.Note);
    }

    /// <summary>A ping from before the tools ran often lies beside the one under them: neither costs the environment.</summary>
    [Fact]
    public void Two_ping_logs_have_no_role_until_one_is_named()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.Write("before.txt", Log);
        string during = _folder.Write("during.txt", Log);
        var report = new RecordingReport();

        LatencyEnvironment open = TestEnvironments.Read(_folder.Path, report);
        LatencyEnvironment named = TestEnvironments.Read(_folder.Path, named: new Dictionary<LogRole, string> { [LogRole.SenderPing] = during });

        Assert.Null(PingRow(open).MeanUs);
        Assert.Contains("before.txt, during.txt", PingRow(open).Note, StringComparison.Ordinal);
        Assert.Equal(2, report.Warnings.Count(warning => warning.Contains("name it by -SenderPingLog", StringComparison.Ordinal)));
        Assert.Equal("during.txt", PingRow(named).Source);
        Assert.Equal("named by -SenderPingLog", named.Logs.Single(log => log.Role == "SenderPing").Reason);
    }

    /// <summary>No line of a ping tells what ran beside it: a parameter does, or the name that the file has from a capture.</summary>
    [Theory]
    [InlineData("before.txt", true)]
    [InlineData("SenderPingWithoutTools.log", false)]
    public void A_ping_without_tools_is_named_or_called_so(string file, bool isNamed)
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        string before = _folder.Write(file, Log);
        _folder.Write("during.txt", Log);
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, report, named: isNamed ? new Dictionary<LogRole, string> { [LogRole.SenderPingWithoutTools] = before } : null);

        Assert.Equal(["SenderVm", "SenderPing", "SenderPingWithoutTools"], environment.Logs.Select(log => log.Role));
        Assert.Equal(file, Path.GetFileName(environment.Logs[^1].File));
        Assert.Equal("during.txt", PingRow(environment).Source);
        Assert.Empty(report.Warnings);
        Assert.DoesNotContain("Ping", environment.MissingRole, StringComparison.Ordinal);
    }

    /// <summary>In a manifest it may have a run of its own, which is no run of the path; it survives an export.</summary>
    [Fact]
    public void A_manifest_gives_a_ping_without_tools_a_place()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.Write("ping.txt", Log);
        _folder.Write("bare.txt", Log.Replace("0.500", "0.200", StringComparison.Ordinal));
        _folder.Write("environment.json", """{ "Runs": [ { "Name": "traced", "Logs": { "SenderVm": "vm.log", "SenderPing": "ping.txt" } }, { "Name": "bare", "Logs": { "SenderPingWithoutTools": "bare.txt" } } ] }""");
        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path);
        string file = Path.Combine(_folder.Path, "exported");
        EnvironmentFile.Write(file, [environment], overwrite: false);
        LatencyEnvironment back = Assert.Single(EnvironmentFile.Read(file, new LogReadOptions()));

        foreach (LatencyEnvironment own in new[] { environment, back })
        {
            Assert.Equal(("SenderPingWithoutTools", "bare", 1), (own.Logs[^1].Role, own.Logs[^1].Run, own.RunCount));
            ClosureCheck check = VirtLatency.Analysis.Closing.Closure.Of(own).Single(row => row.Check == "PingRtt with and without tools");
            Assert.Equal((500.0, -100.0, 3L), (check.ActualUs!.Value, Math.Round(check.ResidualUs!.Value, 9), check.SampleCount));
        }
    }

    [Fact]
    public void A_quiet_ping_beside_the_logs_is_left_out_without_an_error()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.Write("ping.txt", PingLogs.Quiet);
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, report);

        Assert.Equal("SenderVm", Assert.Single(environment.Logs).Role);
        Assert.Empty(report.FileProblems);
        Assert.Empty(report.Warnings);
        Assert.Contains(report.VerboseMessages, message => message.Contains("-q and -f", StringComparison.Ordinal));
    }

    [Fact]
    public void Samples_by_hand_give_the_same_row()
    {
        string path = _folder.Write("ping.txt", Log);
        var builder = new EnvironmentBuilder();
        foreach (PingRecord record in Reading.Ping(Log).Records)
        {
            Assert.True(builder.TryAdd(SampleFactory.From(in record, new SampleContext("x", path, default))));
        }

        SegmentLatency expected = PingRow(TestEnvironments.Read(_folder.Path));
        SegmentLatency row = PingRow(Assert.Single(builder.Build()));

        Assert.Equal((500.0, 3L, 2L, "1 of 4 packets lost"), (row.MeanUs, row.SampleCount, row.ExcludedCount, row.Note));
        Assert.Equal((expected.MeanUs, expected.StdDevUs, expected.Note), (row.MeanUs, row.StdDevUs, row.Note));
    }

    /// <summary>One stored value is a whole ping: the three that no ping prints do not make it incomplete.</summary>
    [Fact]
    public void Complete_means_what_the_tool_prints()
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.Ping));
        var flow = new SampleFlow(1, 0, 0, null, -1);
        store.Add(in flow, 0, 1, SampleFlags.None, counted: true, [400_000, Latency.Missing, Latency.Missing, Latency.Missing]);
        store.AddLost(in flow, 0, 2);

        Assert.Equal((1L, 400.0), (store.MomentsOf(SampleColumn.PingRtt, completeOnly: true).Count, store.MomentsOf(SampleColumn.PingRtt, completeOnly: true).MeanUs));
        Assert.Equal((2L, 1L, 0L), (store.SampleCount, store.LostCount, store.FlaggedCount));
    }

    /// <summary>Exported and read back, also when it is decided anew which samples count.</summary>
    [Fact]
    public void Losses_survive_an_export()
    {
        _folder.Write("logs/ping.txt", Log);
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(_folder.Path, "logs"));
        string file = Path.Combine(_folder.Path, "exported");
        EnvironmentFile.Write(file, [environment], overwrite: false);

        LatencyEnvironment back = Assert.Single(EnvironmentFile.Read(file, new LogReadOptions()));
        LatencyEnvironment again = Reselection.Apply(back, new SampleSelection(IncludeFlagged: true, ExcludeFirst: false), null, new RecordingReport());

        Assert.Equal(("1 of 4 packets lost", 3L, 500.0), (PingRow(back).Note, PingRow(back).SampleCount, PingRow(back).MeanUs));
        Assert.Equal(("1 of 4 packets lost", 4L, 2625.0), (PingRow(again).Note, PingRow(again).SampleCount, PingRow(again).MeanUs));
    }

    private static SegmentLatency PingRow(LatencyEnvironment environment) => Breakdown.Of(environment, BreakdownLevel.Container).Single(row => row.Segment == "PingRtt");
}
