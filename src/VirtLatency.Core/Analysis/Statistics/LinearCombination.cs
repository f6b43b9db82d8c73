namespace VirtLatency.Analysis.Statistics;

/// <summary>Sums and differences of estimates.</summary>
internal static class LinearCombination
{
    /// <summary>
    /// Of independent estimates: variances add up, with the degrees of freedom of Welch (Biometrika, 1947) and Satterthwaite
    /// (Biometrics Bulletin, 1946). Only for estimates that have no packet in common and do not overlap in time.
    /// </summary>
    /// <param name="terms">Coefficient and estimate.</param>
    /// <returns>The combination.</returns>
    public static Estimate Of(params ReadOnlySpan<(double Coefficient, Estimate Estimate)> terms)
    {
        double value = 0;
        double variance = 0;
        double weight = 0;
        foreach ((double coefficient, Estimate estimate) in terms)
        {
            double own = coefficient * coefficient * estimate.StandardError * estimate.StandardError;
            value += coefficient * estimate.Value;
            variance += own;
            weight += own * own / estimate.DegreesOfFreedom;
        }

        return new Estimate(value, Math.Sqrt(variance), weight > 0 ? variance * variance / weight : Least(terms));
    }

    /// <summary>
    /// Of estimates that may depend on each other in a way that is not known, as logs of one run without a join: the
    /// standard error is at most the sum of the terms' own (all errors in one direction), with the fewest degrees of freedom.
    /// </summary>
    /// <param name="terms">Coefficient and estimate.</param>
    /// <returns>The combination; its interval is wider than it need be.</returns>
    public static Estimate Bound(params ReadOnlySpan<(double Coefficient, Estimate Estimate)> terms)
    {
        double value = 0;
        double error = 0;
        foreach ((double coefficient, Estimate estimate) in terms)
        {
            value += coefficient * estimate.Value;
            error += Math.Abs(coefficient) * estimate.StandardError;
        }

        return new Estimate(value, error, Least(terms));
    }

    /// <summary>The fewest degrees of freedom; a term without spread has no part in the error and counts only among its like.</summary>
    private static double Least(ReadOnlySpan<(double Coefficient, Estimate Estimate)> terms)
    {
        double least = double.PositiveInfinity;
        double leastOfAll = double.PositiveInfinity;
        foreach ((double coefficient, Estimate estimate) in terms)
        {
            leastOfAll = Math.Min(leastOfAll, estimate.DegreesOfFreedom);
            least = coefficient * estimate.StandardError is 0 ? least : Math.Min(least, estimate.DegreesOfFreedom);
        }

        return double.IsInfinity(least) ? leastOfAll : least;
    }
}
