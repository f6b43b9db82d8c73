namespace VirtLatency.Analysis.FixEffects;

/// <summary>What users wait for, run by run.</summary>
/// <param name="Metrics">The metrics, in the order of the columns.</param>
/// <param name="Runs">The runs, in the order of the file.</param>
public sealed record WorkloadTable(IReadOnlyList<WorkloadMetric> Metrics, IReadOnlyList<WorkloadRun> Runs)
{
    /// <summary>The runs of a metric under one condition; null where there is none.</summary>
    internal FixSide? SideOf(int metric, WorkloadCondition condition) => FixSide.OfRuns(
        [.. Runs.Where(run => run.Condition == condition && run.ValuesUs[metric] is not null).Select(run => (run.Cycle, run.ValuesUs[metric]!.Value))]);
}
