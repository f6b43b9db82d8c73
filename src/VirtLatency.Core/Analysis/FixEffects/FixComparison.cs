using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>Says what a change did, part by part and end to end.</summary>
public static class FixComparison
{
    /// <summary>Level of rows that are no part of the path.</summary>
    public const string Workload = "Workload";

    /// <summary>
    /// The parts that before and after both have, end to end first. Where the end-to-end latency is missing on a side, and
    /// level Container is asked for, the first row says so. Means are in us.
    /// </summary>
    /// <param name="request">What is compared, and how.</param>
    /// <returns>The rows; all of them are one table, whose tests are taken together.</returns>
    public static IEnumerable<FixEffect> Of(FixRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var parts = new FixParts(request);
        IEnumerable<BreakdownLevel> order = [BreakdownLevel.Container, BreakdownLevel.Span, BreakdownLevel.Layer, BreakdownLevel.Segment, BreakdownLevel.Stage];
        return FixTable.Of([.. order.Where(request.Levels.Contains).SelectMany(parts.Of)], request.Test);
    }

    /// <summary>
    /// What a change did to what people use. The run is the unit: from three runs on each side there is a test, from three
    /// common crossover cycles a paired one. The rows are a table of their own.
    /// </summary>
    /// <param name="workload">The runs.</param>
    /// <param name="test">The confidence level, and the margin in us; without one it is 5 % of the baseline's mean, else of before's.</param>
    /// <returns>One row per metric that was measured before or after.</returns>
    public static IEnumerable<FixEffect> Of(WorkloadTable workload, TestRequest test)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(test);
        return FixTable.Of([.. workload.Metrics.Select((_, index) => PartOf(workload, index, test)).OfType<FixPart>()], test);
    }

    private static FixPart? PartOf(WorkloadTable workload, int metric, TestRequest test)
    {
        FixSide? before = workload.SideOf(metric, WorkloadCondition.Before);
        FixSide? after = workload.SideOf(metric, WorkloadCondition.After);
        FixSide? baseline = workload.SideOf(metric, WorkloadCondition.Baseline);
        if (before is null && after is null)
        {
            return null;
        }

        FixEffect row = FixPart.RowOf(before, after, baseline, hasDifference: true) with
        {
            Level = Workload,
            Segment = workload.Metrics[metric].Name,
            Name = workload.Metrics[metric].Column,
        };
        FixTest? tests = before is null || after is null ? null : FixTest.Of(before, after, baseline, test.ConfidenceLevel);
        return new FixPart(row, tests, test.EquivalenceMarginUs ?? (TestRequest.MarginPart * Math.Abs((baseline ?? before ?? after)!.MeanUs)))
        {
            Notes = [workload.Note],
            Refusal = before is null ? "no run before the change" : after is null ? "no run after the change" : null,
        };
    }
}
