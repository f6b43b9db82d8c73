using VirtLatency.Analysis;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;
using VirtLatency.Tests.Parsing;

namespace VirtLatency.Tests.Environments;

/// <summary>Kvm logs without samples in an environment: the tool's averages, or estimates from its histograms.</summary>
public sealed class KvmMeansTests : IDisposable
{
    private const string NoDetail = KvmTunText.Header + KvmTunText.Footer;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingReport _report = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Averages_fill_the_segment_and_its_stages_with_their_own_counts()
    {
        _folder.Write("kvm-send.log", NoDetail);
        LatencyEnvironment environment = Read();

        SegmentLatency[] rows = [Segment(environment, "B_1"), Stage(environment, "S0"), Stage(environment, "S1"), Stage(environment, "S2")];
        Assert.Equal([21.5, 14.75, 3.5, 3.25], rows.Select(row => row.MeanUs!.Value));
        Assert.Equal([4L, 5L, 6L, 7L], rows.Select(row => row.SampleCount));
        Assert.Equal([3L, 2L, 1L, 0L], rows.Select(row => row.ExcludedCount));
        foreach (SegmentLatency row in rows)
        {
            Assert.Equal((null, null, null, null, null, null), (row.StdDevUs, row.MinUs, row.P50Us, row.P95Us, row.P99Us, row.MaxUs));
            Assert.Contains("the tool's own averages, of values cut to whole us", row.Note, StringComparison.Ordinal);
        }

        EnvironmentLog log = Assert.Single(environment.Logs);
        Assert.Equal((7L, 0L, "6ab1dad/c2ccdc2", "SenderKvmTun"), (log.SampleCount, log.ExcludedCount, log.Version, log.Role));
    }

    /// <summary>Total: (4 * 21.5 + 6 * 31.5) / 10 = 27.5; S0: (5 * 14.75 + 5 * 24.75) / 10 = 19.75.</summary>
    [Fact]
    public void Several_runs_are_weighed_by_their_counts()
    {
        string second = NoDetail.Swap("chain(all)= 4", "chain(all)= 6").Swap("(per-packet): 21.500", "(per-packet): 31.500").Swap("S0 avg: 14.750", "S0 avg: 24.750");
        _folder.Write("kvm-send.log", NoDetail + second);
        LatencyEnvironment environment = Read();

        Assert.Equal((27.5, 10L), (Segment(environment, "B_1").MeanUs!.Value, Segment(environment, "B_1").SampleCount));
        Assert.Equal((19.75, 10L), (Stage(environment, "S0").MeanUs!.Value, Stage(environment, "S0").SampleCount));
        Assert.Equal(2, environment.RunCount);
        Assert.Equal(14, environment.Logs[0].SampleCount);
    }

    /// <summary>A layer row takes the average too, and says so.</summary>
    [Fact]
    public void Averages_reach_the_bound_of_the_segment_that_was_not_measured()
    {
        _folder.Write("kvm-send.log", NoDetail);

        SegmentLatency bound = Segment(Read(), "I_1");

        Assert.Equal(("UpperBound", 21.5), (bound.Basis, bound.MeanUs));
        Assert.Contains("the tool's own averages", bound.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_win_over_their_own_footer()
    {
        _folder.Write("kvm-send.log", KvmTunText.Header + KvmTunText.Samples + KvmTunText.Footer.Swap("(per-packet): 21.500", "(per-packet): 99.500"));
        SegmentLatency row = Segment(Read(), "B_1");

        Assert.Equal((21.5, 4L, 17.0, 28.0), (row.MeanUs!.Value, row.SampleCount, row.MinUs!.Value, row.MaxUs!.Value));
        Assert.Empty(_report.Warnings);
    }

    [Fact]
    public void A_run_of_averages_beside_a_run_of_samples_is_left_out_and_named()
    {
        _folder.Write("kvm-send.log", KvmTunText.Header + KvmTunText.Samples + KvmTunText.Footer + NoDetail);

        Assert.Equal(4, Segment(Read(), "B_1").SampleCount);
        Assert.Contains("only averages were printed", Assert.Single(_report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Averages_without_counts_cannot_be_weighed()
    {
        _folder.Write("kvm-send.log", KvmTunText.Header + KvmTunText.OneLineAverages);
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");

        Assert.Single(Read().Logs);
        Assert.Equal(LogFileProblem.NoRecord, Assert.IsType<LogFileException>(Assert.Single(_report.FileProblems).Cause).Problem);
    }

    /// <summary>
    /// From the final block alone. S0: 3 of 4..7, 1 of 32..63: 11 to 21, so 16. S1: 0, 2 of 1, 1 of 2..3, 1 of 4..7:
    /// 8/5 to 12/5, so 2. S2: 2..3. Adding the intervals would give 8 samples of S0.
    /// </summary>
    [Fact]
    public void Histograms_fill_stages_as_estimates_from_the_final_block()
    {
        _folder.Write("kvm-send.log", KvmTunModeText.Summary);
        LatencyEnvironment environment = Read();

        SegmentLatency[] stages = [Stage(environment, "S0"), Stage(environment, "S1"), Stage(environment, "S2")];
        Assert.Equal([16.0, 2.0, 2.5], stages.Select(row => row.MeanUs!.Value));
        Assert.Equal([4L, 5L, 5L], stages.Select(row => row.SampleCount));
        Assert.Contains("estimate from histogram buckets: the mean lies between 11.0 and 21.0 us", stages[0].Note, StringComparison.Ordinal);
        Assert.All(stages, row => Assert.Null(row.MaxUs));
        SegmentLatency segment = Segment(environment, "B_1");
        Assert.Null(segment.MeanUs);
        Assert.Contains("histograms have no total, and the stages' counts differ", segment.Note, StringComparison.Ordinal);
        Assert.Equal((5L, "kvm_vhost_tun_latency_summary"), (environment.Logs[0].SampleCount, environment.Logs[0].Tool));
    }

    /// <summary>Every packet of the first interval has all stages: 16 + 1.125 + 2.5, between 14 and 25.25.</summary>
    [Fact]
    public void Without_a_final_block_the_intervals_are_added_and_equal_counts_give_the_segment()
    {
        _folder.Write("kvm-send.log", KvmTunText.SummaryHeader + KvmTunModeText.FirstInterval + KvmTunModeText.FirstInterval);
        SegmentLatency segment = Segment(Read(), "B_1");

        Assert.Equal((19.625, 8L), (segment.MeanUs!.Value, segment.SampleCount));
        Assert.Contains("between 14.0 and 25.3 us", segment.Note, StringComparison.Ordinal);
    }

    /// <summary>--clear empties the histograms after every interval: the final block then holds what came after the last.</summary>
    [Fact]
    public void A_cleared_final_block_gives_way_to_the_intervals()
    {
        _folder.Write("kvm-send.log", KvmTunText.SummaryHeader + KvmTunModeText.FirstInterval + KvmTunModeText.FirstInterval
            + KvmTunModeText.SecondInterval.Swap("[00:00:04] KVM -> vhost -> TUN latency", "[final] KVM -> vhost -> TUN latency totals"));

        Assert.Equal(8, Stage(Read(), "S2").SampleCount);
    }

    [Fact]
    public void Estimates_give_way_to_samples_of_the_same_role()
    {
        _folder.Write("kvm-send-details.log", KvmTunText.Header + KvmTunText.Samples);
        _folder.Write("kvm-send-summary.log", KvmTunModeText.Summary);
        _folder.Write("run2/kvm-send.log", KvmTunModeText.Summary);
        LatencyEnvironment environment = Read();

        Assert.Equal((14.75, 4L), (Stage(environment, "S0").MeanUs!.Value, Stage(environment, "S0").SampleCount));
        Assert.Equal("kvm-send-details.log", Path.GetFileName(Assert.Single(environment.Logs).File));
        Assert.Equal(2, _report.VerboseMessages.Count(message => message.Contains("it holds histograms", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(KvmTunModeText.Summary)]
    [InlineData(KvmTunModeText.NoDiscovery)]
    public void The_role_comes_from_device_or_worker_as_for_details(string text)
    {
        _folder.CopyExample("zbs-c6off/zbshost-vhost-recv-request.log", "tun.log");
        _folder.Write("kvm.log", text);

        Assert.Equal("ReceiverKvmTun", Read().Logs.Single(log => log.Tool!.StartsWith("kvm", StringComparison.Ordinal)).Role);
    }

    [Theory]
    [InlineData(NoDetail)]
    [InlineData(KvmTunModeText.Summary)]
    public void Means_come_back_from_an_environment_file(string text)
    {
        _folder.Write("kvm-send.log", text + text);
        LatencyEnvironment environment = Read();
        string target = Path.Combine(_folder.Path, "base.vlenv");
        EnvironmentFile.Write(target, [environment], overwrite: true);

        LatencyEnvironment back = Assert.Single(EnvironmentFile.Read(target, new LogReadOptions()));

        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(back));
        Assert.Equal(environment.Logs[0].SampleCount, back.Logs[0].SampleCount);
        Assert.NotNull(Stage(back, "S0").MeanUs);
    }

    [Fact]
    public void A_summary_log_can_be_named_for_a_role()
    {
        string path = _folder.Write("any.log", KvmTunModeText.Summary);

        LatencyEnvironment environment = Read(new Dictionary<LogRole, string> { [LogRole.ReceiverKvmTun] = path });

        Assert.Equal("ReceiverKvmTun", Assert.Single(environment.Logs).Role);
    }

    [Fact]
    public void A_summary_log_without_evidence_names_the_parameters()
    {
        _folder.Write("kvm.log", KvmTunModeText.Summary);
        LatencyEnvironment environment = Read();

        Assert.Contains("-SenderKvmTunLog or -ReceiverKvmTunLog", Assert.Single(_report.Warnings), StringComparison.Ordinal);
        SegmentLatency stage = Breakdown.Of(environment, BreakdownLevel.Stage).Single(row => row.Segment is null && row.Name == "S0");
        Assert.Equal(16, stage.MeanUs);
        Assert.Contains("estimate from histogram buckets", stage.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Discover_mode_is_left_out_unless_it_is_named()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        string path = _folder.Write("kvm-send.log", KvmTunModeText.Discovery);

        Assert.Single(Read().Logs);
        Assert.Contains(_report.VerboseMessages, message => message.Contains("in discover mode, which gives no segment", StringComparison.Ordinal));
        Assert.Empty(_report.FileProblems);
        Read(new Dictionary<LogRole, string> { [LogRole.SenderKvmTun] = path });
        Assert.Contains("--mode measure", Assert.Single(_report.FileProblems).Cause.Message, StringComparison.Ordinal);
    }

    private LatencyEnvironment Read(Dictionary<LogRole, string>? named = null) => TestEnvironments.Read(_folder.Path, _report, named: named);

    private static SegmentLatency Segment(LatencyEnvironment environment, string id) => Breakdown.Of(environment).Single(row => row.Segment == id);

    private static SegmentLatency Stage(LatencyEnvironment environment, string name) =>
        Breakdown.Of(environment, BreakdownLevel.Stage).Single(row => row.Segment == "B_1" && row.Name == name);
}
