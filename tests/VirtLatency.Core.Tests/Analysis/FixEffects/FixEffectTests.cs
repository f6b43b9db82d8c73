using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.FixEffects;

/// <summary>
/// Verdicts on a change. Welch's figures of single runs are scipy's (as in ComparisonTests); those of runs were computed
/// by a program of its own, which integrates Student's density.
/// </summary>
public sealed class FixEffectTests
{
    private static readonly double[] Quick = [104, 100, 106, 102];
    private static readonly double[] Slow = [112, 119, 110, 114];

    /// <summary>Runs of 111, 107, 115 before, 100, 102, 101 after and 100, 101, 102 us in the baseline; the margin is 5 % of 101.</summary>
    [Fact]
    public void All_that_was_lost_is_won_back()
    {
        FixEffect row = RoundTrip(Runs("b", 111, 107, 115), Runs("a", 100, 102, 101), Runs("base", 100, 101, 102));

        Assert.Equal(("Fixed", "Runs", "went together with", 3, 3, 3), (row.Verdict, row.Replication, row.Cause, row.BeforeRunCount, row.AfterRunCount, row.BaselineRunCount));
        AssertNear(10, row.ImprovementUs);
        AssertNear(0.7712354097874634, row.ImprovementLowUs);
        AssertNear(19.228764590212535, row.ImprovementHighUs);
        AssertNear(0.04245479626275739, row.PValue);
        Assert.Equal(row.PValue, row.AdjustedPValue);
        AssertNear(111.0 / 101, row.ImprovementRatio);
        AssertNear(100, row.RecoveredPercent);
        AssertNear(75.61033099939696, row.RecoveredLowPercent);
        AssertNear(132.25705889423705, row.RecoveredHighPercent);
        AssertNear(5.05, row.EquivalenceMarginUs);
        AssertNear(0.0017363530419789996, row.EquivalencePValue);
        Assert.Contains("the improvement went together with the change", row.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("caused by", row.Note, StringComparison.Ordinal);
    }

    /// <summary>After 108 and 98 lie as far from the baseline as it takes: improved, but not shown to be as the baseline.</summary>
    [Theory]
    [InlineData(108, "not called fixed: after is not shown to be within 5.05 us of the baseline")]
    [InlineData(90, "not called fixed: after is not shown to be within 5.05 us of the baseline")]
    public void Better_is_not_yet_fixed(double after, string why)
    {
        FixEffect row = RoundTrip(Runs("b", 120, 121, 122), Runs("a", after, after + 1, after - 1), Runs("base", 100, 101, 102));

        Assert.Equal("Improved", row.Verdict);
        Assert.Contains(why, row.Note, StringComparison.Ordinal);
        AssertNear(100 * (121 - after) / 20, row.RecoveredPercent);
    }

    [Fact]
    public void Without_a_baseline_nothing_is_fixed()
    {
        FixEffect row = RoundTrip(Runs("b", 111, 107, 115), Runs("a", 100, 102, 101));

        Assert.Equal("Improved", row.Verdict);
        Assert.Null(row.RecoveredPercent);
        Assert.Null(row.BaselineUs);
        Assert.Null(row.EquivalencePValue);
        Assert.DoesNotContain("baseline", row.Note, StringComparison.Ordinal);
    }

    /// <summary>Before 104 lies within the margin of the baseline, 101 +- 5.05: that after does so as well says nothing.</summary>
    [Fact]
    public void What_was_never_broken_is_not_fixed()
    {
        FixEffect row = RoundTrip(Runs("b", 104, 104.1, 103.9), Runs("a", 101, 101.1, 100.9), Runs("base", 101.1, 101, 100.9));

        Assert.Equal("Improved", row.Verdict);
        Assert.Contains("before lay within 5.05 us of the baseline already", row.Note, StringComparison.Ordinal);
        Assert.Contains("smaller than the margin of 5.05 us", row.Note, StringComparison.Ordinal);
    }

    /// <summary>The baseline is slower than before: there is no loss, and no part of it.</summary>
    [Fact]
    public void Without_a_loss_nothing_is_recovered()
    {
        FixEffect row = RoundTrip(Runs("b", 111, 107, 115), Runs("a", 100, 102, 101), Runs("base", 150, 151, 152));

        Assert.Equal("Improved", row.Verdict);
        Assert.Null(row.RecoveredPercent);
        Assert.Null(row.RecoveredLowPercent);
        Assert.Contains("no loss against the baseline was shown", row.Note, StringComparison.Ordinal);
    }

    /// <summary>Quick and Slow swapped: delta 10.75 us, p = 0.0051 (scipy), of four packets each.</summary>
    [Fact]
    public void Single_runs_speak_for_themselves_only()
    {
        FixEffect better = RoundTrip(Single("b", Slow), Single("a", Quick));
        FixEffect worse = RoundTrip(Single("b", Quick), Single("a", Slow));

        Assert.Equal(("Improved", "WithinRun"), (better.Verdict, better.Replication));
        AssertNear(4.858577981617057, better.ImprovementLowUs);
        AssertNear(16.641422018382944, better.ImprovementHighUs);
        AssertNear(0.005074624872222419, better.PValue);
        Assert.Contains("these runs differ, other runs may not", better.Note, StringComparison.Ordinal);
        Assert.Equal(("Worse", "went together with", -10.75), (worse.Verdict, worse.Cause, worse.ImprovementUs!.Value));
        AssertNear(-16.641422018382944, worse.ImprovementLowUs);
        Assert.StartsWith("the worsening went together with the change", worse.Note, StringComparison.Ordinal);
    }

    /// <summary>40 packets of the same four values on both sides: the same within 5 % of 103 us beyond doubt.</summary>
    [Fact]
    public void No_effect_is_shown_not_assumed()
    {
        FixEffect same = RoundTrip(Single("b", Many(0)), Single("a", Many(1)));
        FixEffect few = RoundTrip(Single("b", Quick), Single("a", [108, 100, 106, 94]));

        Assert.Equal("NoEffect", same.Verdict);
        Assert.True(same.NoEffectPValue < 0.001);
        Assert.Null(same.Cause);
        Assert.Equal("NotShown", few.Verdict);
        Assert.StartsWith("not shown: n = 4 and 4, p = ", few.Note, StringComparison.Ordinal);
    }

    /// <summary>The runs of <see cref="All_that_was_lost_is_won_back"/>, with a round trip over the time-out of 1 s beside them.</summary>
    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("baseline")]
    public void Nothing_is_fixed_while_samples_are_left_out(string side)
    {
        FixEffect row = RoundTrip(Stale(Runs("b", 111, 107, 115), side == "before", 112), Stale(Runs("a", 100, 102, 101), side == "after", 101), Stale(Runs("base", 100, 101, 102), side == "baseline", 101));

        Assert.Equal("Improved", row.Verdict);
        Assert.Null(row.EquivalencePValue);
        Assert.Contains("not called fixed: that after is as the baseline is not concluded without the samples that are left out", row.Note, StringComparison.Ordinal);
        Assert.Contains($"{side}: 1 of 13 samples of SenderVm are left out (1 StaleFlow); -IncludeFlagged takes them in", row.Note, StringComparison.Ordinal);
    }

    /// <summary>One of five packets of the last run after the change took seconds: with it the change made the mean longer. A record holds 2.1 s at most.</summary>
    [Theory]
    [InlineData(2_000_000)]
    [InlineData(30_000_000)]
    public void An_improvement_that_samples_left_out_would_turn_is_not_shown(double staleUs)
    {
        FixEffect row = RoundTrip(Runs("b", 111, 107, 115), Stale(Runs("a", 100, 102, 101), isStale: true, staleUs), Runs("base", 100, 101, 102));

        Assert.Equal(("NotShown", null), (row.Verdict, row.Cause));
        Assert.Contains("; with the samples that are left out the sign would be the other one", row.Note, StringComparison.Ordinal);
        Assert.Contains("; after: 1 of 13 samples of SenderVm are left out (1 StaleFlow)", row.Note, StringComparison.Ordinal);
    }

    /// <summary>What is the same without the late ones is not said to be without effect.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_effect_is_not_concluded_without_samples_left_out(bool isBefore)
    {
        FixEffect row = RoundTrip(Stale(Single("b", Many(0)), isBefore, 2_000_000), Stale(Single("a", Many(1)), !isBefore, 2_000_000));

        Assert.Equal("NotShown", row.Verdict);
        Assert.Null(row.NoEffectPValue);
        Assert.Contains($"{(isBefore ? "before" : "after")}: 1 of 41 samples of SenderVm are left out (1 StaleFlow)", row.Note, StringComparison.Ordinal);
        Assert.Equal("NoEffect", RoundTrip(Single("b", Many(0)), Single("a", Many(1))).Verdict);
    }

    /// <summary>Of 4 against 1 there are C(5,1) = 5 ways to choose the one: p is at least 2/5. Of 16 against 1, 2/17.</summary>
    [Theory]
    [InlineData(4, "0.4")]
    [InlineData(16, "0.118")]
    public void One_sample_shows_nothing_however_good_it_looks(int before, string best)
    {
        FixEffect row = RoundTrip(Single("b", [.. Enumerable.Range(0, before).Select(index => 500.0 + index)]), Single("a", 100), Single("base", Quick));

        Assert.Equal("NotShown", row.Verdict);
        Assert.Null(row.PValue);
        Assert.Null(row.ImprovementLowUs);
        Assert.StartsWith($"not shown: n = {before} and 1, the best p that is possible is {best}", row.Note, StringComparison.Ordinal);
        Assert.True(row.RecoveredPercent > 100);
        Assert.Null(row.RecoveredLowPercent);
    }

    /// <summary>Two of five packets can be chosen in C(5,2) = 10 ways, three of six runs in C(6,3) = 20: by ranks no p is below twice their part.</summary>
    [Fact]
    public void Few_values_bound_p_by_ranks_whatever_the_verdict()
    {
        FixEffect packets = RoundTrip(Single("b", 500, 501), Single("a", 100, 101, 102));
        FixEffect runs = RoundTrip(Runs("b", 111, 107, 115), Runs("a", 100, 102, 101), Runs("base", 100, 101, 102));
        FixEffect worse = RoundTrip(Runs("b", 100, 102, 101), Runs("a", 111, 107, 115));

        Assert.Equal(["Improved", "Fixed", "Worse"], new[] { packets, runs, worse }.Select(row => row.Verdict));
        Assert.Contains("n = 2 and 3: by ranks the best p that is possible is 0.2", packets.Note, StringComparison.Ordinal);
        Assert.Contains("runs 3 and 3: by ranks the best p that is possible is 0.1", runs.Note, StringComparison.Ordinal);
        Assert.Contains("runs 3 and 3: by ranks the best p that is possible is 0.1", worse.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("by ranks", RoundTrip(Single("b", Slow), Single("a", Quick)).Note, StringComparison.Ordinal);
    }

    /// <summary>RoundTrip is judged by itself, InterPath and ReceiverVm together: Holm takes the smaller p twice.</summary>
    [Fact]
    public void All_rows_of_the_table_are_judged_together()
    {
        FixEffect[] rows = [.. Measure(WithVm("b", Slow, [53, 51, 53, 51]), WithVm("a", Quick, [50, 52, 50, 52]), null, [BreakdownLevel.Container])];

        Assert.Equal(["RoundTrip", "InterPath", "ReceiverVm"], rows.Select(row => row.Segment));
        AssertNear(0.005074624872222419, rows[0].AdjustedPValue);
        AssertNear(2 * 0.005074624872222419, rows[1].AdjustedPValue);
        AssertNear(3.5282398032283666, rows[1].ImprovementLowUs);
        Assert.Equal(["Improved", "Improved", "NoEffect"], rows.Select(row => row.Verdict));

        // The same rows among those of other levels have more beside them.
        FixEffect among = Measure(WithVm("b", Slow, [53, 51, 53, 51]), WithVm("a", Quick, [50, 52, 50, 52])).Single(row => row.Segment == "InterPath");
        Assert.True(among.AdjustedPValue > rows[1].AdjustedPValue);
    }

    [Fact]
    public void Levels_come_end_to_end_first_whatever_their_order()
    {
        LatencyEnvironment zbs = TestEnvironments.Example("zbs");
        string?[] levels = [.. FixComparison.Of(new FixRequest { Before = zbs, After = zbs, Levels = [BreakdownLevel.Stage, BreakdownLevel.Span, BreakdownLevel.Container] }).Select(row => row.Level)];

        Assert.Equal(["Container", "Span", "Stage"], levels.Distinct());
        Assert.Equal(["Container", "Layer", "Segment", "Stage"], FixComparison.Of(new FixRequest { Before = zbs, After = zbs }).Select(row => row.Level).Distinct());
    }

    /// <summary>ping's own output stands in for the VM's log: it is the primary row then, and no row says that the end is missing.</summary>
    [Fact]
    public void Ping_is_an_end_to_end_latency_too()
    {
        FixEffect[] rows = [.. Measure(Pings("b", Slow).RoundTrips(null, Slow), Pings("a", Quick), Pings("base", Quick))];

        FixEffect row = Assert.Single(rows);
        Assert.Equal(("Container", "PingRtt"), (row.Level, row.Segment));
        Assert.Equal(row.PValue, row.AdjustedPValue);
        AssertNear(0.05 * 103, row.EquivalenceMarginUs);
    }

    [Fact]
    public void A_missing_end_is_said_first()
    {
        FixEffect[] rows = [.. Measure(Single("b", Slow).With(LogRole.ReceiverVm, [[1, 2, 3, 6], [1, 2, 3, 6]]), new MadeEnvironment("a").With(LogRole.ReceiverVm, [[1, 2, 3, 6], [1, 2, 3, 6]]))];

        Assert.Equal(("Container", "RoundTrip", "NotShown", 4L, 0L), (rows[0].Level, rows[0].Segment, rows[0].Verdict, rows[0].BeforeCount, rows[0].AfterCount));
        AssertNear(113.75, rows[0].BeforeUs);
        Assert.Null(rows[0].ImprovementUs);
        Assert.Equal("the effect end to end is not shown: after: no sender VM log (kernel_icmp_rtt tx), no output of ping on either side", rows[0].Note);
        Assert.Contains(rows, row => row.Segment == "ReceiverVm");
        Assert.DoesNotContain(Measure(Single("b", Slow), new MadeEnvironment("a").With(LogRole.ReceiverVm, [[1, 2, 3, 6]]), null, [BreakdownLevel.Segment]), row => row.Level == "Container");
    }

    [Fact]
    public void Ping_on_one_side_is_no_end_to_end_latency()
    {
        FixEffect row = Measure(Single("b", Slow), Pings("a", Quick)).First();

        Assert.Equal(("RoundTrip", "NotShown"), (row.Segment, row.Verdict));
        Assert.EndsWith("output of ping is there after the change only", row.Note, StringComparison.Ordinal);
    }

    /// <summary>A margin of 25 us holds both before and after: nothing is fixed, and the effect is smaller than asked for.</summary>
    [Fact]
    public void The_margin_is_the_callers()
    {
        var request = new TestRequest(0.95, 25);
        FixEffect row = FixComparison.Of(new FixRequest { Before = Runs("b", 111, 107, 115).Build(), After = Runs("a", 100, 102, 101).Build(), Baseline = Runs("base", 100, 101, 102).Build(), Test = request }).First();

        Assert.Equal(("Improved", 25.0), (row.Verdict, row.EquivalenceMarginUs!.Value));
    }

    /// <summary>No verdict Fixed comes from noise: three environments of one truth, 200 tables of 3 runs a side.</summary>
    [Fact]
    public void Noise_is_never_fixed()
    {
        var random = new Random(20260109);
        string[] verdicts = [.. Enumerable.Range(0, 200).Select(_ => RoundTrip(Runs("b", Three()), Runs("a", Three()), Runs("base", Three())).Verdict)];

        Assert.DoesNotContain("Fixed", verdicts);

        // Welch's test promises 5 % of both directions together; three runs keep well below.
        Assert.InRange(verdicts.Count(verdict => verdict is "Improved" or "Worse"), 0, 14);

        double[] Three() => [.. Enumerable.Range(0, 3).Select(_ => 100 + (10 * random.NextDouble()))];
    }

    /// <summary>40 packets of the same four values, which begin with another one.</summary>
    private static double[] Many(int first) => [.. Enumerable.Range(first, 40).Select(index => Quick[index % 4])];

    private static MadeEnvironment Stale(MadeEnvironment environment, bool isStale, double totalUs) =>
        isStale ? environment.LeftOut(LogRole.SenderVm, SampleFlags.StaleFlow, totalUs) : environment;

    private static FixEffect RoundTrip(MadeEnvironment before, MadeEnvironment after, MadeEnvironment? baseline = null) =>
        Measure(before, after, baseline).Single(row => row.Segment == "RoundTrip");

    private static IEnumerable<FixEffect> Measure(MadeEnvironment before, MadeEnvironment after, MadeEnvironment? baseline = null, IReadOnlyList<BreakdownLevel>? levels = null) =>
        FixComparison.Of(new FixRequest { Before = before.Build(), After = after.Build(), Baseline = baseline?.Build(), Levels = levels ?? FixRequest.AllLevels });

    private static MadeEnvironment Single(string name, params double[] totals) => new MadeEnvironment(name).RoundTrips(null, totals);

    private static MadeEnvironment Pings(string name, double[] rtts) => new MadeEnvironment(name).With(LogRole.SenderPing, rtts.Select(rtt => new[] { rtt }));

    private static MadeEnvironment WithVm(string name, double[] totals, double[] inVm) =>
        Single(name, totals).With(LogRole.ReceiverVm, inVm.Select(total => new[] { 10, total - 20, 10, total }));

    private static MadeEnvironment Runs(string name, params double[] means)
    {
        var environment = new MadeEnvironment(name);
        foreach ((int run, double mean) in means.Index())
        {
            environment.RoundTrips(FormattableString.Invariant($"run{run}"), mean + 0.3, mean - 0.3, mean + 0.1, mean - 0.1);
        }

        return environment;
    }

    private static void AssertNear(double expected, double? actual) => Assert.InRange(actual!.Value, expected - 1e-6, expected + 1e-6);
}
