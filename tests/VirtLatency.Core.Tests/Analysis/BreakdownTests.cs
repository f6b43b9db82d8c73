using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

public sealed class BreakdownTests
{
    private const double Tolerance = 0.001;

    [Theory]
    [MemberData(nameof(ReferenceFigures.Means), MemberType = typeof(ReferenceFigures))]
    public void Means_of_the_reference_investigation(string environment, string level, string part, double? expected)
    {
        SegmentLatency row = RowOf(TestEnvironments.Example(environment), Enum.Parse<BreakdownLevel>(level), part);

        if (expected is null)
        {
            Assert.Equal("UpperBound", row.Basis);
            return;
        }

        Assert.InRange(row.MeanUs!.Value, expected.Value - Tolerance, expected.Value + Tolerance);
        Assert.True(row.SampleCount > 0);
        Assert.NotEqual("UpperBound", row.Basis);
    }

    [Theory]
    [MemberData(nameof(ReferenceFigures.DirectMeans), MemberType = typeof(ReferenceFigures))]
    public void Direct_layers_of_the_reference_investigation(string environment, string level, string part, double? expected)
    {
        SegmentLatency row = Breakdown.Of(TestEnvironments.Example(environment), Enum.Parse<BreakdownLevel>(level), LayerAttribution.Direct)
            .Single(row => row.Segment == part);

        Assert.InRange(row.MeanUs!.Value, expected!.Value - Tolerance, expected.Value + Tolerance);
    }

    [Theory]
    [MemberData(nameof(ReferenceFigures.Differences), MemberType = typeof(ReferenceFigures))]
    public void Differences_of_the_reference_investigation(string level, string part, double? delta, double? ratio, double? share)
    {
        LatencyDifference row = Comparison
            .Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs"), Enum.Parse<BreakdownLevel>(level))
            .Single(row => row.Segment == part);

        AssertNear(delta, row.DeltaUs, Tolerance);
        AssertNear(ratio, row.Ratio, 0.0001);
        if (share is not null)
        {
            AssertNear(share, row.SharePercent, 0.001);
        }
    }

    /// <summary>The naive sum of printed delays is 119.75; stage 4 counts from stage 2, so E is 111.3125.</summary>
    [Fact]
    public void E_does_not_count_stage_two_to_three_twice()
    {
        SegmentLatency row = RowOf(TestEnvironments.Example("zbs"), BreakdownLevel.Segment, "E");

        Assert.Equal(111.3125, row.MeanUs!.Value, 6);
        Assert.Equal(16, row.SampleCount);
        Assert.Equal("zbshost-vhost-recv-request.log", row.Source);
    }

    [Fact]
    public void Layers_add_up_to_the_round_trip_but_for_the_rounding_row()
    {
        List<SegmentLatency> rows = [.. Breakdown.Of(TestEnvironments.Example("zbs"), BreakdownLevel.Layer, detail: true)];
        double layers = rows.Where(row => row.SharePercent is not null).Sum(row => row.MeanUs!.Value);
        double rounding = rows.Single(row => row.Segment == "Rounding").MeanUs!.Value;

        Assert.Equal(600.7195, layers + rounding, 4);
        Assert.InRange(Math.Abs(rounding), 0, 0.4);
    }

    /// <summary>26.9158 less L 31.8125 less B_1 24.8125 = -29.7092: pieces of other runs exceed their container.</summary>
    [Fact]
    public void Detail_shows_by_how_much_measured_pieces_exceed_their_layer()
    {
        SegmentLatency left = Breakdown.Of(TestEnvironments.Example("smtx"), BreakdownLevel.Layer, detail: true)
            .Single(row => row.Segment == "Unmeasured" && row.Parent == "VirtSender");

        Assert.Equal(-29.709, left.MeanUs!.Value, 3);
        Assert.Contains("exceed VirtSender by 29.709 us", left.Note, StringComparison.Ordinal);
        Assert.Null(left.SharePercent);
    }

    /// <summary>B_1 is 98.1, VirtReceiver - E 103.6009: the smaller is the bound; at SMTX 16.3086 is below 24.8125.</summary>
    [Theory]
    [InlineData("zbs", 98.1, "103.601")]
    [InlineData("smtx", 16.3086, "24.813")]
    public void I_1_is_an_upper_bound_that_enters_no_sum(string environment, double bound, string other)
    {
        SegmentLatency row = RowOf(TestEnvironments.Example(environment), BreakdownLevel.Segment, "I_1");

        Assert.Equal("UpperBound", row.Basis);
        Assert.Equal(bound, row.MeanUs!.Value, 4);
        Assert.Null(row.SharePercent);
        Assert.Contains(other, row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Direct_layers_say_that_they_exceed_the_round_trip()
    {
        SegmentLatency row = Breakdown.Of(TestEnvironments.Example("zbs"), BreakdownLevel.Layer, LayerAttribution.Direct).Single(row => row.Segment == "VirtTx");

        // 74.6966 + 61 + 144 + 207.625 + 196.2 = 683.5216 of 600.7195
        Assert.Contains("683.522 us, 113.8 % of RoundTrip", row.Note, StringComparison.Ordinal);
        Assert.Contains("taken as B_1", row.Note, StringComparison.Ordinal);
        Assert.Equal("UpperBound", row.Basis);
    }

    [Fact]
    public void The_state_after_the_fix_has_rows_without_numbers_that_name_the_missing_log()
    {
        LatencyEnvironment after = TestEnvironments.Example("zbs-c6off");

        SegmentLatency a = RowOf(after, BreakdownLevel.Segment, "A");
        Assert.Null(a.MeanUs);
        Assert.Equal(0, a.SampleCount);
        Assert.Contains("sender VM log (kernel_icmp_rtt tx)", a.Note, StringComparison.Ordinal);
        SegmentLatency layer = RowOf(after, BreakdownLevel.Layer, "HostToHost");
        Assert.Null(layer.MeanUs);
        Assert.Contains("sender host log", layer.Note, StringComparison.Ordinal);
        Assert.Equal(27, RowOf(after, BreakdownLevel.Segment, "E").MeanUs);
        Assert.Equal(21.5, RowOf(after, BreakdownLevel.Segment, "I_1").MeanUs);
        Assert.Equal("Measured", RowOf(after, BreakdownLevel.Segment, "I_1").Basis);
    }

    [Fact]
    public void Segments_come_in_path_order()
    {
        IEnumerable<string?> ids = Breakdown.Of(TestEnvironments.Example("smtx")).Select(row => row.Segment);

        Assert.Equal(["A", "B_1", "B", "C+J", "D", "E", "F", "G", "H", "I_1", "I", "K", "L", "M"], ids);
    }

    [Fact]
    public void Segments_of_other_runs_say_so()
    {
        Assert.Contains("another run", RowOf(TestEnvironments.Example("zbs"), BreakdownLevel.Segment, "L").Note, StringComparison.Ordinal);
        Assert.Null(RowOf(TestEnvironments.Example("zbs"), BreakdownLevel.Segment, "A").Note);
    }

    private static SegmentLatency RowOf(LatencyEnvironment environment, BreakdownLevel level, string part) =>
        Breakdown.Of(environment, level).Single(row => (level == BreakdownLevel.Stage ? row.Segment + " " + row.Name : row.Segment) == part);

    private static void AssertNear(double? expected, double? actual, double tolerance)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value)
        {
            Assert.InRange(actual!.Value, value - tolerance, value + tolerance);
        }
    }
}
