using VirtLatency.Analysis;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Tests.Analysis;
using VirtLatency.Tests.Analysis.Joining;

namespace VirtLatency.Tests.Environments;

/// <summary>Logs that do not belong together: no number without its warning.</summary>
public sealed class MixedLogsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_difference_over_runs_that_not_every_log_has_is_not_computed()
    {
        _folder.CopyExample("zbs/sfsvm-send.log", "run1/vm.log");
        _folder.CopyExample("smtx/sfsvm-send.log", "run2/vm.log");
        _folder.CopyExample("zbs/zbshost-sender.log", "run1/host.log");

        SegmentLatency row = Row(BreakdownLevel.Span, "SenderHostTotal");

        Assert.Null(row.MeanUs);
        Assert.Contains("not computed over different runs: SenderVm has run1, run2 against SenderHost has run1", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_appended_to_one_file_are_runs()
    {
        _folder.Write("vm.log", Example("zbs/sfsvm-send.log") + Example("smtx/sfsvm-send.log"));
        _folder.CopyExample("zbs/zbshost-sender.log", "host.log");

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path);

        Assert.Equal("2 runs pooled", Breakdown.Of(environment, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip").Run);
        Assert.Null(Row(BreakdownLevel.Span, "SenderHostTotal").MeanUs);
    }

    [Fact]
    public void A_file_with_the_flows_of_both_hosts_has_no_role()
    {
        _folder.Write("host.log", Example("zbs/zbshost-sender.log") + Example("zbs/zbshost-receiver.log"));
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, report);

        Assert.Null(Assert.Single(environment.Logs).Role);
        Assert.Equal(16, environment.Logs[0].SampleCount);
        Assert.Contains("both hosts", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Contains("the role of host.log is not known", Breakdown.Of(environment).First(row => row.Segment == "B").Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_logs_named_for_each_other_are_refused()
    {
        string sender = _folder.CopyExample("zbs/zbshost-sender.log", "s.log");
        string receiver = _folder.CopyExample("zbs/zbshost-receiver.log", "r.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "vm.log");
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(
            _folder.Path, report, named: new Dictionary<LogRole, string> { [LogRole.SenderHost] = receiver, [LogRole.ReceiverHost] = sender });

        Assert.Equal(2, report.FileProblems.Count);
        Assert.Equal("SenderVm", Assert.Single(environment.Logs).Role);
    }

    /// <summary>429.7 - 285.7 of ZBS, the wrong way round with SMTX's host: 144.1 - 285.7 = -141.6.</summary>
    [Fact]
    public void A_row_below_zero_says_that_it_cannot_be()
    {
        _folder.CopyExample("smtx/oshost-send.log", "s.log");
        _folder.CopyExample("zbs/zbshost-receiver.log", "r.log");

        SegmentLatency row = Row(BreakdownLevel.Segment, "C+J");

        Assert.Equal(-141.6, row.MeanUs!.Value, 3);
        Assert.Contains("below zero", row.Note, StringComparison.Ordinal);
        Assert.Contains("not shown to be of", row.Note, StringComparison.Ordinal);
    }

    /// <summary>One of 16 packets is another's: the note counts them.</summary>
    [Fact]
    public void Packets_that_are_not_in_common_are_counted()
    {
        _folder.CopyExample("zbs/sfsvm-send.log", "vm.log");
        _folder.Write("host.log", Example("zbs/zbshost-sender.log").Replace("ID=30211 Seq=16 ", "ID=999 Seq=16 ", StringComparison.Ordinal));

        Assert.Contains("SenderHost has 15 of SenderVm's 16, and 1 others", Row(BreakdownLevel.Span, "SenderHostTotal").Note, StringComparison.Ordinal);
    }

    /// <summary>Sequence numbers begin anew after 65535: the last 17 packets are others, though their numbers are known.</summary>
    [Fact]
    public void Packets_with_a_number_that_came_again_are_others()
    {
        SegmentLatency row = Breakdown.Of(
            new JoinEnvironment()
                .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 65_552))
                .With(LogRole.ReceiverHost, 7, JoinEnvironment.Sequences(1, 65_535))
                .Build())
            .Single(row => row.Segment == "C+J");

        Assert.Contains("ReceiverHost has 65535 of SenderHost's 65552, and 0 others", row.Note, StringComparison.Ordinal);
    }

    /// <summary>Of a log that keeps a choice of its samples nobody can tell whose packets they are.</summary>
    [Fact]
    public void Packets_of_a_choice_are_not_compared()
    {
        SegmentLatency[] rows = [.. Breakdown.Of(TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "zbs"), maxSampleCount: 10))];

        Assert.Contains("packets not compared: SenderHost: it keeps a choice of 10 of 16 samples", rows.Single(row => row.Segment == "C+J").Note, StringComparison.Ordinal);
        Assert.DoesNotContain("another run", rows.Single(row => row.Segment == "E").Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Containers_of_another_run_than_RoundTrip_say_so()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.CopyExample("zbs/zbshost-sender.log", "host.log");

        Assert.Contains("not shown to be of SenderVm's packets", Row(BreakdownLevel.Container, "SenderHostSpan").Note, StringComparison.Ordinal);
    }

    /// <summary>Without stage 3, S1 to S5 is still delays 2 + 4 + 5: the layer's E is the segment's.</summary>
    [Fact]
    public void Chains_without_stage_three_keep_E_at_every_level()
    {
        string log = string.Join('\n', Example("zbs/zbshost-vhost-recv-request.log").Split('\n').Where(line => !line.Contains("Stage 3", StringComparison.Ordinal)));
        _folder.Write("tun.log", log);
        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path);

        Assert.Equal(111.3125, Breakdown.Of(environment).Single(row => row.Segment == "E").MeanUs);
        Assert.Equal(111.3125, Breakdown.Of(environment, BreakdownLevel.Layer, detail: true).Single(row => row.Segment == "E").MeanUs);
    }

    [Fact]
    public void A_stray_reply_does_not_cost_the_requests()
    {
        string reply = string.Join('\n', Example("zbs/zbshost-vhost-recv-reply.log").Split('\n').SkipWhile(line => !line.StartsWith("TUN TX INTERRUPT [", StringComparison.Ordinal)).Take(5)) + "\n";
        string requests = Example("zbs/zbshost-vhost-recv-request.log");
        int at = requests.IndexOf("TUN TX INTERRUPT [", StringComparison.Ordinal);
        _folder.Write("tun.log", requests[..at] + reply + requests[at..]);

        EnvironmentLog log = Assert.Single(TestEnvironments.Read(_folder.Path).Logs);

        Assert.Equal("ReceiverTunIrq", log.Role);
        Assert.Equal(16, log.SampleCount);
        Assert.Contains("left out", log.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Latencies_beyond_a_records_range_have_no_quantiles_but_an_exact_mean()
    {
        string log = Example("zbs/sfsvm-send.log").Replace("Total RTT (Path1 Start to Path2 End): ", "Total RTT (Path1 Start to Path2 End): 3000", StringComparison.Ordinal);
        _folder.Write("vm.log", log);

        // Three seconds are over every time-out: such a round trip counts only when it is asked for.
        Assert.Equal(16, Row(BreakdownLevel.Container, "RoundTrip").ExcludedCount);
        LatencyEnvironment environment = EnvironmentReader.Read(
            new EnvironmentRequest("zbs", _folder.Path, new Dictionary<LogRole, string>(), new SampleSelection(IncludeFlagged: true, ExcludeFirst: false), 100), new RecordingReport());
        SegmentLatency row = Breakdown.Of(environment, BreakdownLevel.Container).Single(item => item.Segment == "RoundTrip");

        Assert.Equal(3_000_600.7195, row.MeanUs!.Value, 3);
        Assert.Null(row.P50Us);
        Assert.Contains("no quantiles", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_bytes_behind_a_crash_cost_one_line()
    {
        _folder.Write("host.log", Example("zbs/zbshost-sender.log") + "\0\0\0\0\n");

        EnvironmentLog log = Assert.Single(TestEnvironments.Read(_folder.Path).Logs);

        Assert.Equal((16L, 1L), (log.SampleCount, log.MalformedLineCount!.Value));
    }

    [Fact]
    public void Kvm_logs_without_a_role_are_compared_with_their_namesakes()
    {
        string other = Example("zbs/zbshost-kvm-tx.log");
        _folder.Write("one/a.log", other);
        _folder.CopyExample("smtx/oshost-kvm-tx.log", "one/b.log");
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(_folder.Path, "one"));

        List<LatencyDifference> rows = [.. Comparison.Of(environment, environment, BreakdownLevel.Stage).Where(row => row.Segment is null)];

        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(0, row.DeltaUs));
    }

    /// <summary>Not measured is null in every column, also where a log's role is not known.</summary>
    [Fact]
    public void A_stage_without_a_value_has_no_zero()
    {
        _folder.Write("kvm.log", "[14:23:16.827] tid=7 queue=2 s0=0us s1=5us s2=4us total=0us\n");

        SegmentLatency row = Breakdown.Of(TestEnvironments.Read(_folder.Path), BreakdownLevel.Stage).Single(row => row.Segment is null && row.Name == "S0");

        Assert.Equal((0L, 1L), (row.SampleCount, row.ExcludedCount));
        Assert.Equal(new double?[] { null, null, null, null }, [row.MeanUs, row.MinUs, row.P50Us, row.MaxUs]);
    }

    private static string Example(string name) => File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, name));

    private SegmentLatency Row(BreakdownLevel level, string segment) =>
        Breakdown.Of(TestEnvironments.Read(_folder.Path), level).Single(row => row.Segment == segment);
}
