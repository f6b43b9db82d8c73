namespace VirtLatency.Analysis.Statistics;

/// <summary>How many more runs would settle whether a difference is one.</summary>
/// <param name="More">More runs on each side; 0 when it is settled, null when no number can be given.</param>
/// <param name="Words">The answer for people.</param>
internal sealed record RunsNeeded(int? More, string Words)
{
    private const int Most = 100;
    private const double Power = 0.8;

    /// <summary>
    /// If the difference is what was observed and runs go on to spread as they did: the smallest number of further runs with
    /// which Welch's test would find it four times out of five.
    /// </summary>
    /// <param name="reference">Runs of what is compared against.</param>
    /// <param name="difference">Runs of what is compared.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The number and its words.</returns>
    public static RunsNeeded Of(RunEstimate reference, RunEstimate difference, double level = 0.95)
    {
        if (Math.Min(reference.RunCount, difference.RunCount) < RunEstimate.LeastRuns)
        {
            return new RunsNeeded(null, FormattableString.Invariant($"not known: the spread between runs shows from {RunEstimate.LeastRuns} runs on each side"));
        }

        Estimate delta = Welch.Of(reference.Estimate!.Value, difference.Estimate!.Value);
        if (delta.PValue is null || delta.PValue <= 1 - level)
        {
            return delta.PValue is null ? new RunsNeeded(null, "not known: the runs show no spread") : new RunsNeeded(0, "none: the runs at hand settle it");
        }

        for (int more = 1; more <= Most; more++)
        {
            if (PowerWith(delta.Value, With(reference, more), With(difference, more), level) >= Power)
            {
                return new RunsNeeded(more, FormattableString.Invariant($"{more} more {(more == 1 ? "run" : "runs")} on each side"));
            }
        }

        return new RunsNeeded(null, FormattableString.Invariant($"more than {Most} more runs on each side"));
    }

    /// <summary>
    /// Power of the two-sided test: the noncentral t, which the library does not have, in the approximation of Johnson and
    /// Welch (Biometrika, 1940); from 3 runs a side it is right to 0.01.
    /// </summary>
    /// <param name="delta">The true difference.</param>
    /// <param name="reference">Estimate of one side.</param>
    /// <param name="difference">Estimate of the other.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>0 to 1.</returns>
    internal static double PowerWith(double delta, Estimate reference, Estimate difference, double level)
    {
        Estimate error = Welch.Of(reference, difference);
        double critical = Distributions.Critical(level, error.DegreesOfFreedom);
        double centre = critical * (1 - (0.25 / error.DegreesOfFreedom));
        double width = Math.Sqrt(1 + (critical * critical / (2 * error.DegreesOfFreedom)));
        double moved = Math.Abs(delta) / error.StandardError;
        return Beyond((centre - moved) / width) + Beyond((centre + moved) / width);
    }

    private static double Beyond(double z) => Distributions.UpperTail(z, double.PositiveInfinity);

    private static Estimate With(RunEstimate runs, int more)
    {
        int count = runs.RunCount + more;
        return new Estimate(runs.MeanUs, Math.Sqrt(runs.MeansVariance!.Value / count), count - 1);
    }
}
