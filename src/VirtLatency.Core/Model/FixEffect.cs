namespace VirtLatency.Model;

/// <summary>What a change did to one part of the round trip, or to a workload. Improvement = before - after: above 0 is better.</summary>
public sealed record FixEffect
{
    /// <summary>Container, Layer, Segment, Stage, Span, or Workload.</summary>
    public string? Level { get; init; }

    /// <summary>The part's id on the path; at level Workload the metric, without its unit.</summary>
    public string? Segment { get; init; }

    /// <summary>Mean before the change in us.</summary>
    public double? BeforeUs { get; init; }

    /// <summary>Mean after it in us.</summary>
    public double? AfterUs { get; init; }

    /// <summary>Mean of what is aimed at, in us; null without a baseline, or where it has no such part.</summary>
    public double? BaselineUs { get; init; }

    /// <summary>Before - after in us; null where a side is missing, or the two are not set off against each other.</summary>
    public double? ImprovementUs { get; init; }

    /// <summary>Lower end of the improvement's interval in us; null without a test.</summary>
    public double? ImprovementLowUs { get; init; }

    /// <summary>Upper end of the improvement's interval in us; null without a test.</summary>
    public double? ImprovementHighUs { get; init; }

    /// <summary>Before / after: 5.9 where after takes 5.9 times less; null where either is not above 0.</summary>
    public double? ImprovementRatio { get; init; }

    /// <summary>The part of before's loss against the baseline that was won back, in percent; null where no loss is shown.</summary>
    public double? RecoveredPercent { get; init; }

    /// <summary>Samples behind the mean before; at level Workload runs.</summary>
    public long BeforeCount { get; init; }

    /// <summary>Samples behind the mean after; at level Workload runs.</summary>
    public long AfterCount { get; init; }

    /// <summary>Fixed, Improved, NoEffect, Worse or NotShown.</summary>
    public string Verdict { get; init; } = string.Empty;

    /// <summary>Why the verdict is not a better one, and what a reader must know before using the numbers.</summary>
    public string? Note { get; init; }

    /// <summary>What the part is; at level Stage the stage's name, at level Workload the column's.</summary>
    public string? Name { get; init; }

    /// <summary>p of the test on means; null: no test is made.</summary>
    public double? PValue { get; init; }

    /// <summary>p adjusted for the rows of the table; of the end-to-end row p itself.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>Lower end of the recovered percent's interval (Fieller).</summary>
    public double? RecoveredLowPercent { get; init; }

    /// <summary>Upper end of the recovered percent's interval (Fieller).</summary>
    public double? RecoveredHighPercent { get; init; }

    /// <summary>Difference in us up to which two means count as the same.</summary>
    public double? EquivalenceMarginUs { get; init; }

    /// <summary>p of two one-sided tests that after differs from the baseline by more than the margin: small means "as the baseline".</summary>
    public double? EquivalencePValue { get; init; }

    /// <summary>The same of after against before: small means "nothing changed".</summary>
    public double? NoEffectPValue { get; init; }

    /// <summary>Cycles, Runs or WithinRun: what the test of the improvement took as its unit; null: no test is made.</summary>
    public string? Replication { get; init; }

    /// <summary>Runs behind the mean before.</summary>
    public int? BeforeRunCount { get; init; }

    /// <summary>Runs behind the mean after.</summary>
    public int? AfterRunCount { get; init; }

    /// <summary>Samples behind the baseline; null without one.</summary>
    public long? BaselineCount { get; init; }

    /// <summary>Runs behind the baseline; null without one.</summary>
    public int? BaselineRunCount { get; init; }

    /// <summary>Crossover cycles that before and after have in common; null for none.</summary>
    public int? CycleCount { get; init; }

    /// <summary>"caused by", where crossover cycles carry the test, or "went together with"; null where no change is shown.</summary>
    public string? Cause { get; init; }

    /// <summary>Name of the environment before.</summary>
    public string? BeforeEnvironment { get; init; }

    /// <summary>Name of the environment after.</summary>
    public string? AfterEnvironment { get; init; }

    /// <summary>Name of the baseline; null without one.</summary>
    public string? BaselineEnvironment { get; init; }
}
