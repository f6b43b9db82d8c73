using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

/// <summary>What looks like more evidence than it is: copies of a run, figures without samples, values that no record holds.</summary>
public sealed class RepeatedLogTests
{
    private static readonly double[] Slow = [200, 203, 201, 207, 205];
    private static readonly double[] Quick = [190, 193, 191, 197, 196];

    [Fact]
    public void Copies_of_a_run_are_one_run()
    {
        LatencyDifference row = Whole(Copies("a", Slow), Copies("b", Quick));

        Assert.Equal(("WithinRun", 1, 1), (row.Replication, row.ReferenceRunCount, row.DifferenceRunCount));
        Assert.Contains("a: run2/SenderVm.log, run3/SenderVm.log repeat another log of SenderVm sample by sample and count as no run of their own in tests", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_of_a_run_are_no_cycles()
    {
        FixEffect row = FixComparison.Of(new FixRequest { Before = Copies("a", Slow), After = Copies("b", Quick), Levels = [BreakdownLevel.Container] }).First(effect => effect.Segment == "RoundTrip");

        Assert.NotEqual("caused by", row.Cause);
        Assert.Equal("WithinRun", row.Replication);
    }

    [Fact]
    public void Runs_of_equal_length_without_samples_are_not_one_log()
    {
        LatencyDifference row = Whole(Aggregate("a", Slow), Aggregate("b", Quick));

        Assert.DoesNotContain("same log", row.Note, StringComparison.Ordinal);
        Assert.Contains("b: samples of SenderVm were not kept, so its packets carry no test", row.Note, StringComparison.Ordinal);
        Assert.Null(row.PValue);
    }

    [Fact]
    public void Values_that_no_record_holds_are_not_tested()
    {
        LatencyDifference row = Whole(new MadeEnvironment("a").RoundTrips(null, Slow).Build(), new MadeEnvironment("b").RoundTrips(null, [.. Slow, 5_000_000]).Build());

        // (200 + 203 + 201 + 207 + 205 + 5,000,000) / 6.
        Assert.Equal(833_502.667, row.DifferenceUs!.Value, 3);
        Assert.Equal((null, null, "TooFewSamples"), (row.DeltaLowUs, row.PValue, row.Verdict));
        Assert.Contains("values beyond what a sample's record holds", row.Note, StringComparison.Ordinal);
    }

    /// <summary>Each pair gains 10 us while pairs lie 50 us apart: by pairs it is shown, unpaired it is not.</summary>
    [Fact]
    public void What_cycles_show_is_not_called_not_shown()
    {
        (LatencyEnvironment before, LatencyEnvironment after) = (Cycles("a", 0), Cycles("b", -10));
        IEnumerable<LatencyFinding> findings = FindingRules.Of(new FindingInput(before, after: after));

        Assert.DoesNotContain(findings, finding => finding.Rule == "FixNotShown");
    }

    private static LatencyDifference Whole(LatencyEnvironment one, LatencyEnvironment other) =>
        Comparison.Of(one, other, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip");

    private static LatencyEnvironment Copies(string name, double[] totals)
    {
        var made = new MadeEnvironment(name);
        for (int run = 1; run <= 3; run++)
        {
            made.With(LogRole.SenderVm, totals.Select(total => new[] { 10, total - 30, 20, total }), FormattableString.Invariant($"run{run}"), id: 7, cycle: run);
        }

        return made.Build();
    }

    private static LatencyEnvironment Cycles(string name, double shiftUs)
    {
        var made = new MadeEnvironment(name);
        for (int run = 1; run <= 4; run++)
        {
            double level = 200 + (50 * run) + shiftUs + (0.5 * (run % 3));
            made.With(LogRole.SenderVm, Slow.Select(total => new[] { 10, total + level - 30, 20, total + level }), FormattableString.Invariant($"run{run}"), cycle: run);
        }

        return made.Build();
    }

    private static LatencyEnvironment Aggregate(string name, double[] totals)
    {
        var store = SampleStore.OfAggregates(SampleSchema.Of(LogTool.KernelIcmpRtt));
        var flow = new SampleFlow(1, 1, 2, null, -1);
        foreach (double total in totals)
        {
            store.Add(in flow, 1, 1, SampleFlags.None, counted: true, [10_000, (long)(total * 1000) - 30_000, 20_000, (long)(total * 1000)]);
        }

        return new LatencyEnvironment(name, null, [new EnvironmentLog { Role = "SenderVm", RoleValue = LogRole.SenderVm, Tool = "kernel_icmp_rtt", ToolValue = LogTool.KernelIcmpRtt, File = "SenderVm.log", Store = store }]);
    }
}
