using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Analysis;

/// <summary>
/// One row's test. With at least three runs on each side the runs are the unit, and the words may be "the environments
/// differ"; with fewer the samples are, and the most that can be said is that these runs differ.
/// </summary>
internal sealed class DifferenceTest
{
    public const string ByRuns = "Runs";
    public const string WithinRun = "WithinRun";

    private DifferenceTest(PartEstimate reference, PartEstimate difference, string replication, double stepUs)
    {
        // Samples are needed for the ranks only, and there can be millions of them for each row.
        Ranks = BrunnerMunzel.Of(reference.Units, difference.Units);
        Reference = reference with { Units = [] };
        Difference = difference with { Units = [] };
        Replication = replication;
        StepUs = stepUs;
        Delta = reference.Mean is { } one && difference.Mean is { } other ? WithLeastError(Welch.Of(one, other)) : null;
    }

    public PartEstimate Reference { get; }

    public PartEstimate Difference { get; }

    /// <summary>Runs or WithinRun.</summary>
    public string Replication { get; }

    /// <summary>The rank test, of samples or of runs; null where several logs that do not join give the part.</summary>
    public BrunnerMunzel? Ranks { get; }

    /// <summary>The smallest step in us that the logs can print.</summary>
    public double StepUs { get; }

    /// <summary>Whether a side's samples or runs are all equal.</summary>
    public bool IsFlat => Reference.Mean is { StandardError: 0 } || Difference.Mean is { StandardError: 0 };

    /// <summary>The delta; null where a side has too few samples or runs for an error.</summary>
    public Estimate? Delta { get; }

    /// <summary>Tests a part that both sides have a mean of.</summary>
    /// <param name="pair">Its rows.</param>
    /// <param name="reference">The environment compared against.</param>
    /// <param name="difference">The environment compared.</param>
    /// <returns>The test; null where a side has no samples of it.</returns>
    public static DifferenceTest? Of(RowPair pair, EnvironmentFigures reference, EnvironmentFigures difference)
    {
        double step = Math.Max(SampleSource.StepOf(reference, pair.Reference!), SampleSource.StepOf(difference, pair.Difference!));
        return Of(SampleSource.Of(reference, pair.Reference!), SampleSource.Of(difference, pair.Difference!), step);
    }

    /// <summary>Tests samples.</summary>
    /// <param name="reference">Samples of the reference.</param>
    /// <param name="difference">Samples of the compared environment.</param>
    /// <param name="stepUs">The smallest step in us that the logs can print.</param>
    /// <returns>The test; null where a side has no samples.</returns>
    public static DifferenceTest? Of(PartSamples reference, PartSamples difference, double stepUs)
    {
        bool byRuns = PartEstimator.RunCountOf(reference.Roles) >= PartEstimator.LeastRuns && PartEstimator.RunCountOf(difference.Roles) >= PartEstimator.LeastRuns;
        return Estimate(reference, byRuns) is { } one && Estimate(difference, byRuns) is { } other
            ? new DifferenceTest(one, other, byRuns ? ByRuns : WithinRun, stepUs)
            : null;
    }

    /// <summary>Tests estimates whose unit is known; there are ranks where they have units.</summary>
    /// <param name="reference">Estimate of the reference.</param>
    /// <param name="difference">Estimate of the compared environment.</param>
    /// <param name="replication">Runs or WithinRun.</param>
    /// <param name="stepUs">The smallest step in us that the logs can print.</param>
    /// <returns>The test.</returns>
    public static DifferenceTest Of(PartEstimate reference, PartEstimate difference, string replication, double stepUs) => new(reference, difference, replication, stepUs);

    private static PartEstimate? Estimate(PartSamples samples, bool byRuns) =>
        byRuns ? PartEstimator.ByRuns(samples.Roles) : PartEstimator.Within(samples.Roles, samples.Joined);

    /// <summary>
    /// Values that are all equal lie somewhere inside one step of the clock, not at one point: the delta is not known
    /// better than a step that is equally likely everywhere, whose standard deviation is step / sqrt(12).
    /// </summary>
    private Estimate WithLeastError(Estimate delta) => delta with { StandardError = Math.Max(delta.StandardError, IsFlat ? StepUs / Math.Sqrt(6) : 0) };
}
