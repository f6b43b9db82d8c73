namespace VirtLatency.Analysis.FixEffects;

/// <summary>What users wait for, run by run.</summary>
/// <param name="Metrics">The metrics, in the order of the columns.</param>
/// <param name="Runs">The runs, in the order of the file.</param>
public sealed record WorkloadTable(IReadOnlyList<WorkloadMetric> Metrics, IReadOnlyList<WorkloadRun> Runs)
{
    /// <summary>Numbers of the file's lines that were damaged and left out, from 1.</summary>
    public IReadOnlyList<long> LeftOutLines { get; init; } = [];

    /// <summary>What to say of each metric where lines were left out: whose runs they were is not known.</summary>
    internal string? Note => LeftOutLines switch
    {
        [] => null,
        [var line] => FormattableString.Invariant($"line {line} of the file is left out"),
        [var first, ..] => FormattableString.Invariant($"{LeftOutLines.Count} lines of the file are left out, line {first} first"),
    };

    /// <summary>The runs of a metric under one condition; null where there is none.</summary>
    internal FixSide? SideOf(int metric, WorkloadCondition condition) => FixSide.OfRuns(
        [.. Runs.Where(run => run.Condition == condition && run.ValuesUs[metric] is not null).Select(run => (run.Cycle, run.ValuesUs[metric]!.Value))]);
}
