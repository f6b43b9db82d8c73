using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>
/// One part's tests: before against after, both against the baseline. From three common crossover cycles on the unit is the
/// cycle (the difference of its two sides), from three runs on each side the run, else the sample.
/// </summary>
internal sealed record FixTest
{
    public const string ByCycles = "Cycles";

    /// <summary>Cycles from which on their differences carry a test.</summary>
    public const int LeastCycles = RunEstimate.LeastRuns;

    /// <summary>Before - after; null where a side has too few samples for an error.</summary>
    public Estimate? Improvement { get; private init; }

    /// <summary>Cycles, Runs or WithinRun.</summary>
    public required string Replication { get; init; }

    /// <summary>Cycles that both sides have.</summary>
    public int CycleCount { get; private init; }

    /// <summary>Means in us of the runs or cycles that were tested, each counted once; null where samples are the unit.</summary>
    public (double Before, double After, double? Baseline)? Tested { get; private init; }

    /// <summary>Runs that have no cycle in common, where cycles are the unit: no part of what is shown.</summary>
    public int LeftOutRunCount { get; private init; }

    /// <summary>Before - baseline: what there was to win back; null without a test.</summary>
    public Estimate? Loss { get; private init; }

    /// <summary>After - baseline: what is left of it; null without a test.</summary>
    public Estimate? Rest { get; private init; }

    /// <summary>Unit of the baseline's tests; null without a baseline.</summary>
    public string? BaselineReplication { get; private init; }

    /// <summary>Improvement over loss; null without a test.</summary>
    public RatioEstimate? Recovered { get; private init; }

    /// <summary>The smallest p that ranks of so many cycles, runs or samples can give, however far apart they are.</summary>
    public double LeastPValue { get; private init; }

    /// <summary>How many more runs would show an effect of this size, in words; null where runs are not the unit.</summary>
    public string? MoreRuns { get; private init; }

    /// <summary>Tests a part that both sides have.</summary>
    public static FixTest Of(FixSide before, FixSide after, FixSide? baseline, double level)
    {
        (double Before, double After)[] cycles = CyclesOf(before, after);
        bool isPaired = cycles.Length >= LeastCycles;
        double[] differences = [.. cycles.Select(cycle => cycle.Before - cycle.After)];
        (Estimate? improvement, string unit) = isPaired ? (OfCycles(differences, Math.Max(before.StepUs, after.StepUs)), ByCycles) : Difference(after, before);
        (double Before, double After)? means = unit switch
        {
            ByCycles => (cycles.Average(cycle => cycle.Before), cycles.Average(cycle => cycle.After)),
            DifferenceTest.ByRuns => (before.RunMeanUs, after.RunMeanUs),
            _ => null,
        };
        var test = new FixTest
        {
            Improvement = improvement,
            Replication = unit,
            CycleCount = cycles.Length,
            LeastPValue = unit switch
            {
                ByCycles => BrunnerMunzel.LeastPairedPValue(cycles.Length),
                DifferenceTest.ByRuns => BrunnerMunzel.LeastPValue(before.RunCount, after.RunCount),
                _ => BrunnerMunzel.LeastPValue(before.Count, after.Count),
            },
            MoreRuns = isPaired ? null : MoreRunsOf(before, after, level),
            Tested = means is { } tested ? (tested.Before, tested.After, baseline is { HasRuns: true } ? baseline.RunMeanUs : null) : null,
            LeftOutRunCount = isPaired ? before.RunsOutside(after) + after.RunsOutside(before) : 0,
        };
        return baseline is null ? test : test.Against(before, after, baseline, level);
    }

    private FixTest Against(FixSide before, FixSide after, FixSide baseline, double level)
    {
        (Estimate? loss, _) = Difference(baseline, before);
        (Estimate? rest, string unit) = Difference(baseline, after);
        bool byRuns = before.HasRuns && after.HasRuns && baseline.HasRuns;
        return this with { Loss = loss, Rest = rest, BaselineReplication = unit, Recovered = RecoveredOf() };

        // A paired improvement and the loss err together in a way that is not known.
        RatioEstimate? RecoveredOf() => Replication == ByCycles
            ? Improvement is { } paired && loss is { } whole ? Fieller.Bound(paired, whole, level) : null
            : EstimateOf(before, byRuns) is { } one && EstimateOf(after, byRuns) is { } other && EstimateOf(baseline, byRuns) is { } aim ? Fieller.Recovered(one, other, aim, level) : null;
    }

    /// <summary>To - from, of runs where both have three.</summary>
    private static (Estimate? Delta, string Unit) Difference(FixSide from, FixSide to)
    {
        bool byRuns = from.HasRuns && to.HasRuns;
        string unit = byRuns ? DifferenceTest.ByRuns : DifferenceTest.WithinRun;
        return from.EstimateOf(byRuns) is { } one && to.EstimateOf(byRuns) is { } other
            ? (DifferenceTest.Of(one, other, unit, Math.Max(from.StepUs, to.StepUs)).Delta, unit)
            : (null, unit);
    }

    /// <summary>The mean of one side; of equal values it is not known better than the clock's step, as for differences.</summary>
    private static Estimate? EstimateOf(FixSide side, bool byRuns) =>
        side.EstimateOf(byRuns)?.Mean is { } mean ? mean with { StandardError = mean.StandardError > 0 ? mean.StandardError : side.StepUs / Math.Sqrt(12) } : null;

    private static (double Before, double After)[] CyclesOf(FixSide before, FixSide after)
    {
        IReadOnlyDictionary<int, double> left = before.Cycles();
        IReadOnlyDictionary<int, double> right = after.Cycles();
        return [.. left.Keys.Where(right.ContainsKey).Order().Select(cycle => (left[cycle], right[cycle]))];
    }

    private static Estimate OfCycles(double[] differences, double stepUs)
    {
        (double mean, double variance) = MeanEstimate.MomentsOf(differences);
        double error = Math.Sqrt(variance / differences.Length);
        return new Estimate(mean, error > 0 ? error : stepUs / Math.Sqrt(6), differences.Length - 1);
    }

    private static string? MoreRunsOf(FixSide before, FixSide after, double level) =>
        before.HasRuns && after.HasRuns ? RunsNeeded.Of(before.EstimateOf(byRuns: true)!.Runs!, after.EstimateOf(byRuns: true)!.Runs!, level).Words : null;
}
