namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// "The same" as a claim that must be shown: two one-sided tests (Schuirmann, Journal of Pharmacokinetics and
/// Biopharmaceutics 1987) that the difference lies above -margin and below +margin. A large p of a test for a difference
/// does not show that.
/// </summary>
/// <param name="Margin">What is still called the same, in the delta's unit.</param>
/// <param name="PValue">The larger p of the two tests; null without spread.</param>
/// <param name="Interval">The delta's interval at level 1 - 2 alpha; null without spread.</param>
/// <param name="IsEquivalent">True when that interval lies wholly inside the margin; null without spread.</param>
internal sealed record Equivalence(double Margin, double? PValue, Interval? Interval, bool? IsEquivalent)
{
    /// <summary>Tests a difference.</summary>
    /// <param name="delta">The difference.</param>
    /// <param name="margin">Above 0, in the delta's unit.</param>
    /// <param name="alpha">Level of each test.</param>
    /// <returns>The outcome.</returns>
    public static Equivalence Of(Estimate delta, double margin, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        if (delta.IntervalAt(1 - (2 * alpha)) is not { } interval)
        {
            return new Equivalence(margin, null, null, null);
        }

        double nearest = (margin - Math.Abs(delta.Value)) / delta.StandardError;
        return new Equivalence(margin, Distributions.UpperTail(nearest, delta.DegreesOfFreedom), interval, -margin < interval.Low && interval.High < margin);
    }
}
