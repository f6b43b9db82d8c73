namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// The mean of an environment over its runs. The run is the unit of replication: packets of one run share CPU placement,
/// caches and temperature, and a second run would not repeat the first one's mean as closely as its many packets promise.
/// Each run counts once, however many packets it has.
/// </summary>
internal sealed record RunEstimate
{
    /// <summary>From this many runs on each side a comparison rests on runs; below it two runs can only be said to differ.</summary>
    public const int LeastRuns = 3;

    /// <summary>Number of runs, at least 1.</summary>
    public required int RunCount { get; init; }

    /// <summary>Samples of all runs.</summary>
    public required long SampleCount { get; init; }

    /// <summary>Mean of the runs' means in us.</summary>
    public required double MeanUs { get; init; }

    /// <summary>Sample variance of the runs' means in us squared; null for a single run. It is what the standard error is made of.</summary>
    public required double? MeansVariance { get; init; }

    /// <summary>
    /// The part of it that the packets' own spread does not explain, in us squared, at least 0: how far conditions differ
    /// from run to run. Null for a single run, or when no run has two samples.
    /// </summary>
    public required double? BetweenVariance { get; init; }

    /// <summary>Pooled sample variance inside the runs in us squared; null when no run has two samples.</summary>
    public required double? WithinVariance { get; init; }

    /// <summary>Runs less one.</summary>
    public int DegreesOfFreedom => RunCount - 1;

    /// <summary>Standard error of the mean in us; null for a single run.</summary>
    public double? StandardError => MeansVariance is { } variance ? Math.Sqrt(variance / RunCount) : null;

    /// <summary>The mean for tests and intervals; null for a single run.</summary>
    public Estimate? Estimate => StandardError is { } error ? new Estimate(MeanUs, error, DegreesOfFreedom) : null;

    /// <summary>From the runs.</summary>
    /// <param name="runs">One estimate per run.</param>
    /// <returns>The estimate, or null without runs.</returns>
    public static RunEstimate? Of(IReadOnlyList<MeanEstimate> runs)
    {
        if (runs.Count == 0)
        {
            return null;
        }

        double[] means = [.. runs.Select(run => run.MeanUs)];
        double? variance = means.Length > 1 ? MeanEstimate.MomentsOf(means).Variance : null;
        MeanEstimate[] spread = [.. runs.Where(run => run.Variance is not null)];
        double? explained = spread.Length > 0 ? spread.Average(run => run.StandardError!.Value * run.StandardError.Value) : null;
        return new RunEstimate
        {
            RunCount = means.Length,
            SampleCount = runs.Sum(run => run.Count),
            MeanUs = means[0] + means.Average(mean => mean - means[0]),
            MeansVariance = variance,
            BetweenVariance = variance is { } all && explained is { } part ? Math.Max(0, all - part) : null,
            WithinVariance = spread.Length > 0 ? spread.Sum(run => (run.Count - 1) * run.Variance!.Value) / spread.Sum(run => run.Count - 1) : null,
        };
    }
}
