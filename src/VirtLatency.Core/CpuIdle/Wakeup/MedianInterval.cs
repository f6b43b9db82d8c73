namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>
/// An interval for a median from order statistics, without any assumption on the distribution: of n independent values,
/// the number below the median is binomial(n, 1/2), so the k-th smallest and the k-th largest hold the median between
/// them with probability 1 - 2 P(X &lt; k). k is the largest that keeps 95 %.
/// </summary>
internal static class MedianInterval
{
    private const double Outside = 0.05;

    /// <summary>The rank k, from 1.</summary>
    /// <param name="count">Number of values.</param>
    /// <returns>k, or 0 below 6 values, of which no two hold the median with 95 %.</returns>
    public static int RankOf(int count)
    {
        // In logarithms: 2^-n is no double any more for n above 1074.
        double logarithm = -count * Math.Log(2);
        double below = 0;
        int rank = 0;
        while (rank <= count && 2 * (below += Math.Exp(logarithm)) <= Outside)
        {
            logarithm += Math.Log((double)(count - rank) / (rank + 1));
            rank++;
        }

        return rank;
    }

    /// <summary>The interval.</summary>
    /// <param name="sorted">Values in ascending order.</param>
    /// <returns>Low and high, or null below 6 values.</returns>
    public static (double Low, double High)? Of(List<double> sorted)
    {
        int rank = RankOf(sorted.Count);
        return rank == 0 ? null : (sorted[rank - 1], sorted[^rank]);
    }
}
