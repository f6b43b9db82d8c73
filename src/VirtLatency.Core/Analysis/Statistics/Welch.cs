namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// The difference of two independent means whose spreads may differ (Welch, Biometrika 1947). The estimate that it gives has
/// the statistic, the two-sided p and the interval at any level.
/// </summary>
internal static class Welch
{
    /// <summary>Difference less reference.</summary>
    /// <param name="reference">What is compared against.</param>
    /// <param name="difference">What is compared.</param>
    /// <returns>The delta.</returns>
    public static Estimate Of(Estimate reference, Estimate difference) => LinearCombination.Of((1, difference), (-1, reference));
}
