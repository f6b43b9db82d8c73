namespace VirtLatency.Analysis;

/// <summary>Quantiles of samples.</summary>
internal static class Quantile
{
    /// <summary>Below this many samples a 95th percentile would be the maximum.</summary>
    public const int LeastForP95 = 20;

    /// <summary>Below this many samples a 99th percentile would be the maximum.</summary>
    public const int LeastForP99 = 100;

    /// <summary>
    /// Linear interpolation between order statistics at (n - 1) p: definition 7 of Hyndman and Fan (The American
    /// Statistician, 1996), which spreadsheets use too.
    /// </summary>
    /// <param name="sorted">Values in ascending order.</param>
    /// <param name="p">0 to 1.</param>
    /// <param name="least">Null is returned below this many values.</param>
    /// <returns>The quantile, or null.</returns>
    public static double? Of(List<double> sorted, double p, int least = 1)
    {
        if (sorted.Count < least)
        {
            return null;
        }

        double position = (sorted.Count - 1) * p;
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
