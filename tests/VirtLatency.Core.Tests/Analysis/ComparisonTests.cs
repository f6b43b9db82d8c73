using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

/// <summary>Verdicts of comparisons. Figures of Welch's test are scipy's (ttest_ind, equal_var=False; t.ppf).</summary>
public sealed class ComparisonTests
{
    private static readonly double[] Quick = [104, 100, 106, 102];
    private static readonly double[] Slow = [112, 119, 110, 114];

    [Theory]
    [InlineData(BreakdownLevel.Container, "RoundTrip", "Samples")]
    [InlineData(BreakdownLevel.Layer, "HostToHost", "Joined")]
    [InlineData(BreakdownLevel.Layer, "VirtReceiver", "Joined")]
    public void Reference_investigation_these_runs_differ(BreakdownLevel level, string part, string errorBasis)
    {
        LatencyDifference row = Comparison.Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs"), level).Single(row => row.Segment == part);

        Assert.Equal(("Higher", "WithinRun", errorBasis), (row.Verdict, row.Replication, row.ErrorBasis));
        Assert.True(row.DeltaLowUs > 0 && row.DeltaLowUs < row.DeltaUs && row.DeltaUs < row.DeltaHighUs);
    }

    /// <summary>Delta 10.75, standard error 2.3228, 5.23 degrees of freedom; RoundTrip is the primary row: p as it is, interval of its own.</summary>
    [Fact]
    public void Within_a_run_the_packets_are_the_unit()
    {
        LatencyDifference row = Compare(new MadeEnvironment("a").RoundTrips(null, Quick), new MadeEnvironment("b").RoundTrips(null, Slow)).Single(row => row.Segment == "RoundTrip");

        Assert.Equal((10.75, "Higher", "WithinRun", 1, 1), (row.DeltaUs, row.Verdict, row.Replication, row.ReferenceRunCount, row.DifferenceRunCount));
        AssertNear(4.858577981617057, row.DeltaLowUs);
        AssertNear(16.641422018382944, row.DeltaHighUs);
        AssertNear(0.005074624872222419, row.PValue);
        Assert.Equal(row.PValue, row.AdjustedPValue);
        Assert.Equal((4.0, 4.0), (row.ReferenceEffectiveCount, row.DifferenceEffectiveCount));
        Assert.Equal(1, row.LargerProbability);
    }

    /// <summary>Runs of 100, 104, 102 us against 111, 107, 115 us, whatever their packets: Welch on three means a side.</summary>
    [Fact]
    public void From_three_runs_on_the_run_is_the_unit()
    {
        LatencyDifference row = Compare(Runs("a", 100, 104, 102), Runs("b", 111, 107, 115)).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(("Higher", "Runs", "Runs", 3, 3), (row.Verdict, row.Replication, row.ErrorBasis, row.ReferenceRunCount, row.DifferenceRunCount));
        AssertNear(0.6892009936330545, row.DeltaLowUs);
        AssertNear(17.310799006366945, row.DeltaHighUs);
        AssertNear(0.0411437545201635, row.PValue);
        Assert.Null(row.ReferenceEffectiveCount);
        Assert.Null(row.NeededRunCount);
    }

    /// <summary>Between runs of 1 us apart and 10 us of spread nothing is told; more runs would.</summary>
    [Fact]
    public void Runs_that_spread_more_than_they_differ_are_not_told_apart()
    {
        LatencyDifference row = Compare(Runs("a", 90, 110, 100), Runs("b", 106, 126, 116)).Single(row => row.Segment == "RoundTrip");

        Assert.Equal("NotDistinguishable", row.Verdict);
        Assert.True(row.DeltaLowUs < 0 && row.DeltaHighUs > 0);
        Assert.True(row.NeededRunCount > 3);
    }

    /// <summary>Each run of b is 16 us quicker than its peer in a; the slow ones have a hundred times the packets. Pooled, b would be slower.</summary>
    [Fact]
    public void A_large_run_does_not_turn_the_sign()
    {
        double[] means = [100, 140, 180, 300];
        var reference = new MadeEnvironment("a");
        var difference = new MadeEnvironment("b");
        foreach ((int run, double mean) in means.Index())
        {
            reference.RoundTrips(FormattableString.Invariant($"run{run}"), Around(mean, run == 0 ? 200 : 2));
            difference.RoundTrips(FormattableString.Invariant($"run{run}"), Around(mean - 16, run == 3 ? 200 : 2));
        }

        LatencyDifference row = Compare(reference, difference).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(("Runs", 180.0, 164.0, -16.0), (row.Replication, row.ReferenceUs, row.DifferenceUs, row.DeltaUs));
        Assert.Equal(164.0 / 180, row.Ratio!.Value, 9);
        Assert.InRange(row.DeltaUs!.Value, row.DeltaLowUs!.Value, row.DeltaHighUs!.Value);
    }

    /// <summary>Slow packets may be the very effect: a mean without them says so, and is not called the same.</summary>
    [Fact]
    public void Samples_left_out_by_their_flags_are_said_and_nothing_is_the_same_without_them()
    {
        MadeEnvironment whole = new MadeEnvironment("a").RoundTrips(null, Around(100, 40));
        MadeEnvironment without = new MadeEnvironment("b").RoundTrips(null, Around(100, 40)).LeftOut(LogRole.SenderVm, SampleFlags.StaleFlow | SampleFlags.Reordered, 3000, 3000);

        LatencyDifference row = Compare(whole, without).Single(row => row.Segment == "RoundTrip");

        Assert.Contains("b: 2 of 42 samples of SenderVm are left out (2 StaleFlow)", row.Note, StringComparison.Ordinal);
        Assert.Null(row.EquivalencePValue);
        Assert.NotNull(Compare(whole, new MadeEnvironment("b").RoundTrips(null, Around(100, 40))).Single(row => row.Segment == "RoundTrip").EquivalencePValue);
    }

    /// <summary>Environments that were exported when late samples were left out, and further answers to one packet.</summary>
    [Theory]
    [InlineData(SampleFlags.Reordered, "(1 Reordered)")]
    [InlineData(SampleFlags.Negative | SampleFlags.Inconsistent, "(1 Negative, 1 Inconsistent)")]
    [InlineData(SampleFlags.Duplicate | SampleFlags.Reordered, null)]
    [InlineData(SampleFlags.First, null)]
    public void Left_out_are_samples_not_their_doubles(SampleFlags flags, string? expected)
    {
        MadeEnvironment without = new MadeEnvironment("b").RoundTrips(null, Around(100, 40)).LeftOut(LogRole.SenderVm, flags, 3000);

        string? note = Compare(new MadeEnvironment("a").RoundTrips(null, Around(101, 40)), without).Single(row => row.Segment == "RoundTrip").Note;

        Assert.Equal(expected is not null, note?.Contains($"1 of 41 samples of SenderVm are left out {expected}", StringComparison.Ordinal) ?? false);
    }

    /// <summary>The receiver's host spent 50 us outside, and the VM behind it 100 us: such logs are not of the same packets.</summary>
    [Fact]
    public void What_cannot_be_gets_no_verdict()
    {
        static MadeEnvironment Receiver(string name, double outside) => new MadeEnvironment(name)
            .With(LogRole.ReceiverHost, Quick.Select(step => new[] { 1, outside + (step / 100), 1, outside + 2 + (step / 100) }))
            .With(LogRole.ReceiverVm, Quick.Select(step => new[] { 30, 40, 30, 100 + (step / 100) }));

        LatencyDifference impossible = Compare(Receiver("a", 200), Receiver("b", 50), BreakdownLevel.Layer).Single(row => row.Segment == "VirtReceiver");
        LatencyDifference possible = Compare(Receiver("a", 200), Receiver("b", 150), BreakdownLevel.Layer).Single(row => row.Segment == "VirtReceiver");

        Assert.Equal((string.Empty, -150.0), (impossible.Verdict, Math.Round(impossible.DeltaUs!.Value, 3)));
        Assert.Null(impossible.PValue);
        Assert.Contains("below zero", impossible.Note, StringComparison.Ordinal);
        Assert.Equal("Lower", possible.Verdict);
    }

    [Fact]
    public void Two_runs_are_not_three()
    {
        LatencyDifference row = Compare(Runs("a", 100, 104, 102), Runs("b", 111, 107)).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(("WithinRun", 3, 2), (row.Replication, row.ReferenceRunCount, row.DifferenceRunCount));
    }

    /// <summary>Two rows are tested beside RoundTrip (InterPath has the same spread): Holm takes the smaller p twice.</summary>
    [Fact]
    public void Rows_beside_the_primary_are_judged_together()
    {
        LatencyDifference[] rows = [.. Compare(WithVm("a", Quick, [50, 52, 50, 52]), WithVm("b", Slow, [53, 51, 53, 51]))];
        LatencyDifference path = rows.Single(row => row.Segment == "InterPath");
        LatencyDifference vm = rows.Single(row => row.Segment == "ReceiverVm");

        AssertNear(2 * 0.005074624872222419, path.AdjustedPValue);
        AssertNear(3.5282398032283666, path.DeltaLowUs);
        AssertNear(17.971760196771633, path.DeltaHighUs);
        Assert.Equal(("Higher", "NotDistinguishable"), (path.Verdict, vm.Verdict));
        Assert.Equal(vm.PValue, vm.AdjustedPValue);
    }

    [Fact]
    public void One_sample_carries_no_verdict()
    {
        LatencyDifference row = Compare(new MadeEnvironment("a").RoundTrips(null, Quick), new MadeEnvironment("b").RoundTrips(null, 500)).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(("TooFewSamples", 396.0 + 1), (row.Verdict, row.DeltaUs!.Value));
        Assert.Null(row.PValue);
        Assert.Null(row.DeltaLowUs);
    }

    /// <summary>kvm logs print whole us: 5, 5, 5 against 6, 6, 6 can be 5.9 against 6.0.</summary>
    [Fact]
    public void Values_that_are_all_one_print_step_are_not_known_better_than_it()
    {
        LatencyDifference row = Compare(Kicks("a", null, 5, 5), Kicks("b", null, 6, 5), BreakdownLevel.Stage).Single(row => row.Name == "S0" && row.DeltaUs is not null);

        Assert.Equal("NotDistinguishable", row.Verdict);
        Assert.Contains("same print step", row.Note, StringComparison.Ordinal);
        Assert.True(row.DeltaLowUs < 0 && row.DeltaHighUs > 2);
    }

    [Theory]
    [InlineData("4.18.0-80.el8", "5.10.0", true)]
    [InlineData("4.20.1", "4.18.0", true)]
    [InlineData("4.20.1", "6.1.0", false)]
    [InlineData("4.18.0", "4.19.90-2307.3.0.oe1", false)]
    [InlineData(null, "5.10.0", false)]
    public void Across_4_20_only_the_sum_of_S1_and_S2_is_compared(string? reference, string? difference, bool isCrossed)
    {
        LatencyDifference[] rows = [.. Compare(Kicks("a", reference, 5, 3), Kicks("b", difference, 6, 7), BreakdownLevel.Stage).Where(row => row.Segment == "B_1")];

        string?[] names = isCrossed ? ["S0", "S1", "S2", "S1+S2"] : ["S0", "S1", "S2"];
        Assert.Equal(names, rows.Select(row => row.Name));
        Assert.Equal(isCrossed, rows[1].DeltaUs is null);
        Assert.Equal(isCrossed, rows[1].Note?.Contains("moved the copy", StringComparison.Ordinal) ?? false);
        if (isCrossed)
        {
            // S1 is 3 against 7 and S2 1 on both sides.
            Assert.Equal(4, rows[3].DeltaUs!.Value, 9);
        }
    }

    [Fact]
    public void Moved_probes_other_builds_and_other_kernels_are_said_on_their_rows()
    {
        double[][] rows = [.. Quick.Select(total => new[] { 10, total - 30, 20, total })];
        LatencyEnvironment left = new MadeEnvironment("a")
            .With(LogRole.SenderVm, rows, origin: new LogOrigin(KernelRelease: "4.19.90"), boundary: "dev_queue_xmit", version: "one")
            .With(LogRole.ReceiverVm, rows, version: "one", boundary: "dev_queue_xmit").Build();
        LatencyEnvironment right = new MadeEnvironment("b")
            .With(LogRole.SenderVm, rows, origin: new LogOrigin(KernelRelease: "5.10.0"), boundary: "net_dev_xmit", version: "two")
            .With(LogRole.ReceiverVm, rows, version: "two", boundary: "dev_queue_xmit").Build();

        LatencyDifference[] compared = [.. Comparison.Of(left, right)];

        string? sender = compared.Single(row => row.Segment == "A").Note;
        Assert.Contains("the probes of SenderVm moved: dev_queue_xmit against net_dev_xmit", sender, StringComparison.Ordinal);
        Assert.Contains("kernels of SenderVm: 4.19.90 against 5.10.0", sender, StringComparison.Ordinal);
        Assert.Contains("ReceiverVm was printed by other builds: one against two", compared.Single(row => row.Segment == "F").Note, StringComparison.Ordinal);
        Assert.DoesNotContain("moved", Comparison.Of(left, left).Single(row => row.Segment == "A").Note ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", "one/two", null)]
    [InlineData("dev_queue_xmit", "dev_queue_xmit or net_dev_xmit (the log does not tell)", null)]
    [InlineData("one", "two/three", "one against two/three")]
    [InlineData("one", null, null)]
    public void What_may_be_the_same_is_not_called_different(string? one, string? other, string? expected) =>
        Assert.Equal(expected, Provenance.Differ([one], [other]));

    /// <summary>A kvm log does not print its kernel; the tun log of the same host does.</summary>
    [Fact]
    public void A_host_has_one_kernel_whichever_log_tells_it()
    {
        LatencyDifference[] rows = [.. Comparison.Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs"), BreakdownLevel.Stage).Where(row => row.Segment == "B_1")];

        Assert.Equal(["S0", "S1", "S2", "S1+S2"], rows.Select(row => row.Name));
        Assert.Contains("kernels of SenderKvmTun: 4.19 against 5.10", rows[0].Note, StringComparison.Ordinal);
        Assert.Equal(rows[3].DeltaUs!.Value, rows[3].DifferenceUs!.Value - (7.0 + 6.5), 9);
    }

    /// <summary>The margin is 5 % of 103 us; the same values on both sides are the same beyond doubt, 10.75 us apart they are not.</summary>
    [Fact]
    public void The_same_is_shown_not_assumed()
    {
        MadeEnvironment many = new MadeEnvironment("a").RoundTrips(null, [.. Enumerable.Range(0, 40).Select(index => Quick[index % 4])]);
        MadeEnvironment again = new MadeEnvironment("b").RoundTrips(null, [.. Enumerable.Range(1, 40).Select(index => Quick[index % 4])]);
        LatencyDifference same = Compare(many, again).Single(row => row.Segment == "RoundTrip");
        LatencyDifference other = Compare(new MadeEnvironment("a").RoundTrips(null, Quick), new MadeEnvironment("b").RoundTrips(null, Slow)).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(0.05 * 103, same.EquivalenceMarginUs!.Value, 9);
        Assert.True(same.EquivalencePValue < 0.001);
        Assert.True(other.EquivalencePValue > 0.9);
        Assert.Equal(25, Compare(many, again, request: new TestRequest(0.95, 25)).First(row => row.EquivalenceMarginUs is not null).EquivalenceMarginUs);
    }

    private static IEnumerable<LatencyDifference> Compare(MadeEnvironment reference, MadeEnvironment difference, BreakdownLevel level = BreakdownLevel.Container, TestRequest? request = null) =>
        Comparison.Of(reference.Build(), difference.Build(), level, test: request);

    private static MadeEnvironment Runs(string name, params double[] means)
    {
        var environment = new MadeEnvironment(name);
        foreach ((int run, double mean) in means.Index())
        {
            environment.RoundTrips(FormattableString.Invariant($"run{run}"), mean + 0.3, mean - 0.3, mean + 0.1, mean - 0.1);
        }

        return environment;
    }

    private static double[] Around(double mean, int count) => [.. Enumerable.Range(0, count).Select(index => mean + (index % 2 == 0 ? 0.5 : -0.5))];

    private static MadeEnvironment WithVm(string name, double[] totals, double[] inVm) =>
        new MadeEnvironment(name).RoundTrips(null, totals).With(LogRole.ReceiverVm, inVm.Select(total => new[] { 10, total - 20, 10, total }));

    /// <summary>Kicks whose S0 is always the same; S2 is 1 us.</summary>
    private static MadeEnvironment Kicks(string name, string? kernel, double s0, double s1) =>
        new MadeEnvironment(name).With(LogRole.SenderKvmTun, Enumerable.Repeat(new[] { s0, s1, 1, s0 + s1 + 1 }, 3), origin: new LogOrigin(KernelRelease: kernel));

    private static void AssertNear(double expected, double? actual) => Assert.InRange(actual!.Value, expected - 1e-6, expected + 1e-6);
}
