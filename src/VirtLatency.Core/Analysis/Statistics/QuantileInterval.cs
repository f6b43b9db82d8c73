namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// An interval for a quantile from order statistics, without any assumption on the distribution: of n independent values,
/// the number below the p-quantile is binomial(n, p), so that the probability of the quantile lying between two of the sorted
/// values is a binomial sum. Each side leaves out at most half of what the level leaves.
/// </summary>
internal static class QuantileInterval
{
    /// <summary>The ranks, from 1, of the sorted values that hold the quantile between them.</summary>
    /// <param name="count">Number of values.</param>
    /// <param name="p">The quantile, above 0 and below 1.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>Ranks, or null when even the extremes do not hold it: below 6 values for the median, 72 for P95, 368 for P99, at 95 %.</returns>
    public static (int Low, int High)? RanksOf(int count, double p, double level = 0.95)
    {
        int low = LowRank(count, p, (1 - level) / 2);
        int fromTop = LowRank(count, 1 - p, (1 - level) / 2);
        return low == 0 || fromTop == 0 ? null : (low, count + 1 - fromTop);
    }

    /// <summary>The interval.</summary>
    /// <param name="sorted">Values in ascending order.</param>
    /// <param name="p">The quantile, above 0 and below 1.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>Low and high in the values' unit, or null with too few values.</returns>
    public static Interval? Of(IReadOnlyList<double> sorted, double p, double level = 0.95) =>
        RanksOf(sorted.Count, p, level) is { } ranks ? new Interval(sorted[ranks.Low - 1], sorted[ranks.High - 1]) : null;

    /// <summary>The largest k with P(X &lt; k) at most the given probability; 0 for none.</summary>
    private static int LowRank(int count, double p, double outside)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            if (Distributions.BinomialAtMost(middle - 1, count, p) <= outside)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
