namespace VirtLatency.Analysis.Statistics;

/// <summary>The mean of one run's samples of one column, with what it is worth.</summary>
internal sealed record MeanEstimate
{
    /// <summary>A spread below this part of the values is rounding of the arithmetic: the values are equal.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Number of samples, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>Mean in us.</summary>
    public required double MeanUs { get; init; }

    /// <summary>Sample variance (n - 1) in us squared; null for a single sample.</summary>
    public required double? Variance { get; init; }

    /// <summary>How many independent samples they are worth; never above Count.</summary>
    public required double EffectiveCount { get; init; }

    /// <summary>Degrees of freedom of the standard error; 0 for a single sample.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Standard error of the mean in us; null for a single sample.</summary>
    public double? StandardError => Variance is { } variance ? Math.Sqrt(ErrorSquared(Count, variance, EffectiveCount)) : null;

    /// <summary>The mean for tests and intervals; null for a single sample.</summary>
    public Estimate? Estimate => StandardError is { } error ? new Estimate(MeanUs, error, DegreesOfFreedom) : null;

    /// <summary>From samples.</summary>
    /// <param name="values">In us, in time order: the order shows how alike neighbours are.</param>
    /// <returns>The estimate, or null without samples.</returns>
    public static MeanEstimate? Of(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return values.Length == 0 ? null : Single(values[0]);
        }

        (double mean, double variance) = MomentsOf(values);
        (double effective, double freedom) = variance > 0 ? EffectiveSample.Of(values, mean, variance) : (values.Length, values.Length - 1);
        return new MeanEstimate { Count = values.Length, MeanUs = mean, Variance = variance, EffectiveCount = effective, DegreesOfFreedom = freedom };
    }

    /// <summary>From what is left when the samples are gone.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="meanUs">Their mean in us.</param>
    /// <param name="squares">Sum of the squared deviations from the mean, in us squared.</param>
    /// <param name="correlation">Correlation of neighbours where it is known; of a negative one no use is made.</param>
    /// <returns>The estimate, or null without samples.</returns>
    public static MeanEstimate? OfMoments(long count, double meanUs, double squares, double correlation = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(correlation, 1);
        if (count < 2)
        {
            return count < 1 ? null : Single(meanUs);
        }

        double alike = Math.Max(0, correlation);
        double effective = EffectiveSample.Clamp(count * (1 - alike) / (1 + alike), count);
        return new MeanEstimate { Count = count, MeanUs = meanUs, Variance = squares / (count - 1), EffectiveCount = effective, DegreesOfFreedom = effective - 1 };
    }

    /// <summary>
    /// The squared standard error. Alike values lie close to their own mean, so that their sample variance is too small as
    /// well: by (n - tau) / (n - 1). With n / tau = effective this is variance x (n - 1) / (n (effective - 1)), and the usual
    /// variance / n for independent values.
    /// </summary>
    /// <param name="count">Number of values.</param>
    /// <param name="variance">Sample variance.</param>
    /// <param name="effective">Effective count, above 1.</param>
    /// <returns>Variance of the mean.</returns>
    internal static double ErrorSquared(long count, double variance, double effective) => variance * (count - 1) / (count * (effective - 1));

    /// <summary>Mean and sample variance in two passes; exactly 0 for equal values.</summary>
    /// <param name="values">At least two values.</param>
    /// <returns>Mean and variance.</returns>
    internal static (double Mean, double Variance) MomentsOf(ReadOnlySpan<double> values)
    {
        double sum = 0;
        double largest = 0;
        foreach (double value in values)
        {
            sum += value - values[0];
            largest = Math.Max(largest, Math.Abs(value));
        }

        double mean = values[0] + (sum / values.Length);
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double variance = squares / (values.Length - 1);
        return (mean, Math.Sqrt(variance) <= Rounding * largest ? 0 : variance);
    }

    private static MeanEstimate Single(double value) => new() { Count = 1, MeanUs = value, Variance = null, EffectiveCount = 1, DegreesOfFreedom = 0 };
}
