namespace VirtLatency.Analysis.Statistics;

/// <summary>How the means of two columns of the same packets err together.</summary>
internal static class Covariance
{
    /// <summary>Covariance of the two means: of the pairs, over their number.</summary>
    /// <param name="first">Values of one column.</param>
    /// <param name="second">Values of the other, of the same packets in the same order.</param>
    /// <param name="effectiveCount">What the pairs are worth (the smaller of the columns' effective counts); null for their number.</param>
    /// <returns>In us squared; null below two pairs.</returns>
    public static double? OfMeans(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double? effectiveCount = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        if (first.Length < 2)
        {
            return null;
        }

        double firstMean = MeanEstimate.MomentsOf(first).Mean;
        double secondMean = MeanEstimate.MomentsOf(second).Mean;
        double products = 0;
        for (int index = 0; index < first.Length; index++)
        {
            products += (first[index] - firstMean) * (second[index] - secondMean);
        }

        return MeanEstimate.ErrorSquared(first.Length, products / (first.Length - 1), effectiveCount ?? first.Length);
    }
}
