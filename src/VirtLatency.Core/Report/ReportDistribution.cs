namespace VirtLatency.Report;

/// <summary>The samples of one part in one environment: each of them when they are few, quantiles when they are many.</summary>
public sealed record ReportDistribution
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The environment's place among <see cref="LatencyReport.Environments"/>.</summary>
    public required int EnvironmentIndex { get; init; }

    /// <summary>Samples that it describes.</summary>
    public required long Count { get; init; }

    /// <summary>Every sample in us, ascending, when they are few; else empty.</summary>
    public required IReadOnlyList<double> Samples { get; init; }

    /// <summary>Points of the distribution function, ascending, from 0 (smallest) to 1 (largest); there whether samples are few or many.</summary>
    public required IReadOnlyList<ReportQuantile> Quantiles { get; init; }

    /// <summary>How it was summarised, in the report's language: every sample, or so many quantiles of so many samples.</summary>
    public required string Note { get; init; }

    /// <summary>A quantile in us.</summary>
    /// <param name="probability">0, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 or 1.</param>
    /// <returns>The value; null where the samples are too few for it (0.95 needs 20, 0.99 needs 100), or it was not kept.</returns>
    public double? At(double probability)
    {
        foreach (ReportQuantile quantile in Quantiles)
        {
            if (Math.Abs(quantile.Probability - probability) < 1e-9)
            {
                return Count < Least(probability) ? null : quantile.ValueUs;
            }
        }

        return null;
    }

    private static int Least(double probability) => probability is >= 1 or <= 0 ? 1 : probability > 0.98 ? Analysis.Quantile.LeastForP99 : probability is > 0.94 or < 0.06 ? Analysis.Quantile.LeastForP95 : 1;
}
