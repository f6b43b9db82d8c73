namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// The rank test of Brunner and Munzel (Biometrical Journal, 2000): does one side tend to have the larger values? Unlike
/// Mann and Whitney's it stays valid when the sides spread differently. For small samples its p comes from permutations of the
/// studentized statistic (Neubert and Brunner, Computational Statistics and Data Analysis 2007), for large ones from Student's t.
/// </summary>
/// <param name="Superiority">P(reference &lt; difference) + P(equal) / 2: above 0.5 the difference tends to be larger.</param>
/// <param name="Statistic">Superiority less 0.5 over its standard error; null when the sides do not overlap, or all values are equal.</param>
/// <param name="DegreesOfFreedom">Of the statistic; null with it.</param>
/// <param name="PValue">Two-sided; null below two values on a side.</param>
/// <param name="Method">Where the p-value comes from; null without one.</param>
internal sealed record BrunnerMunzel(double Superiority, double? Statistic, double? DegreesOfFreedom, double? PValue, RankTestMethod? Method)
{
    /// <summary>From this many values on each side Student's t is close enough.</summary>
    private const int LeastForStudent = 30;

    /// <summary>Permutations of more values than this take longer than anyone waits for a table.</summary>
    private const int MostPermuted = 1_000;

    /// <summary>More values bound no p that anyone prints.</summary>
    private const int ManyValues = 1_000_000;

    /// <summary>Tests two samples.</summary>
    /// <param name="reference">Values of what is compared against, independent of each other.</param>
    /// <param name="difference">Values of what is compared.</param>
    /// <returns>The test, or null when a side has no value.</returns>
    public static BrunnerMunzel? Of(IReadOnlyList<double> reference, IReadOnlyList<double> difference)
    {
        if (reference.Count == 0 || difference.Count == 0)
        {
            return null;
        }

        Placements placements = Placements.Of(reference, difference);
        (double superiority, double ofReference, double ofDifference) = placements.FiguresOf(placements.Labels);
        if (reference.Count < 2 || difference.Count < 2)
        {
            return new BrunnerMunzel(superiority, null, null, null, null);
        }

        double variance = ofReference + ofDifference;
        double? statistic = variance > 0 ? (superiority - 0.5) / Math.Sqrt(variance) : null;
        double? freedom = variance > 0
            ? variance * variance / ((ofReference * ofReference / (reference.Count - 1)) + (ofDifference * ofDifference / (difference.Count - 1)))
            : null;
        (double p, RankTestMethod method) = PValueOf(placements, reference.Count, difference.Count, statistic, freedom);
        return new BrunnerMunzel(superiority, statistic, freedom, p, method);
    }

    /// <summary>
    /// The smallest two-sided p that samples of these sizes can give: that of sides which do not overlap. With one value
    /// against four it is 0.4: such a comparison cannot show anything.
    /// </summary>
    /// <param name="referenceCount">Values of one side.</param>
    /// <param name="differenceCount">Values of the other.</param>
    /// <returns>Above 0, at most 1.</returns>
    public static double LeastPValue(long referenceCount, long differenceCount)
    {
        (int one, int other) = ((int)Math.Min(referenceCount, ManyValues), (int)Math.Min(differenceCount, ManyValues));
        return Math.Min(1, 2 * Math.Exp(-Distributions.LogOfCombinations(one + other, one)));
    }

    /// <summary>The same for pairs: values by which the pairs differ can have their signs in 2^n ways, of which two are as far apart as it goes.</summary>
    /// <param name="count">Pairs.</param>
    /// <returns>Above 0, at most 1.</returns>
    public static double LeastPairedPValue(int count) => Math.Min(1, 2 * Math.Pow(0.5, count));

    private static (double PValue, RankTestMethod Method) PValueOf(Placements placements, int referenceCount, int differenceCount, double? statistic, double? freedom)
    {
        if (LabelPermutations.IsExact(referenceCount, differenceCount))
        {
            return (LabelPermutations.PValueOf(placements.Labels, labels => StatisticOf(placements, labels)), RankTestMethod.AllPermutations);
        }

        if (statistic is null)
        {
            // All equal, or apart: of all permutations only the two that keep the sides apart are as extreme.
            bool isApart = placements.FiguresOf(placements.Labels).Superiority is 0 or 1;
            return (isApart ? LeastPValue(referenceCount, differenceCount) : 1, RankTestMethod.AllPermutations);
        }

        return Math.Min(referenceCount, differenceCount) < LeastForStudent && referenceCount + differenceCount <= MostPermuted
            ? (LabelPermutations.PValueOf(placements.Labels, labels => StatisticOf(placements, labels)), RankTestMethod.DrawnPermutations)
            : (Distributions.TwoSidedP(statistic.Value, freedom!.Value), RankTestMethod.Student);
    }

    private static double StatisticOf(Placements placements, bool[] labels)
    {
        (double superiority, double ofReference, double ofDifference) = placements.FiguresOf(labels);
        double distance = superiority - 0.5;
        return distance == 0 ? 0 : distance / Math.Sqrt(ofReference + ofDifference);
    }
}
