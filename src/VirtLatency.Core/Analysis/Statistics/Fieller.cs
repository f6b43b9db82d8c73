namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// Fieller's interval for a ratio (Journal of the Royal Statistical Society B, 1954): all ratios r for which
/// numerator - r x denominator is not distinguishable from 0. When the denominator itself is not distinguishable from 0, no
/// ratio is ruled out, and there is no interval.
/// </summary>
internal static class Fieller
{
    private const string HoldsZero = "the denominator's interval holds 0: any ratio is possible";
    private const string NoSpread = "the samples show no spread";

    /// <summary>A ratio of estimates whose dependence is known.</summary>
    /// <param name="numerator">What is divided.</param>
    /// <param name="denominator">What it is divided by.</param>
    /// <param name="covariance">Of the two estimates: 0 for independent ones, the variance of the shared part where one is shared.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>Ratio and interval.</returns>
    public static RatioEstimate Of(Estimate numerator, Estimate denominator, double covariance = 0, double level = 0.95)
    {
        if (Unbounded(numerator, denominator, level) is { } unbounded)
        {
            return unbounded;
        }

        double ratio = numerator.Value / denominator.Value;
        double critical = Distributions.Critical(level, FreedomOf(numerator, denominator, ratio));
        double scale = critical * critical;
        double most = numerator.StandardError * denominator.StandardError;
        double leading = Squared(denominator.Value) - (scale * Squared(denominator.StandardError));
        double middle = (numerator.Value * denominator.Value) - (scale * Math.Clamp(covariance, -most, most));
        double last = Squared(numerator.Value) - (scale * Squared(numerator.StandardError));
        if (leading <= 0)
        {
            return new RatioEstimate(ratio, null, HoldsZero);
        }

        // Below 0 by rounding only, where the two estimates err as one.
        double root = Math.Sqrt(Math.Max(0, (middle * middle) - (leading * last)));
        return new RatioEstimate(ratio, new Interval((middle - root) / leading, (middle + root) / leading), null);
    }

    /// <summary>A ratio of estimates whose dependence is not known: holds for every possible covariance.</summary>
    /// <param name="numerator">What is divided.</param>
    /// <param name="denominator">What it is divided by.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>Ratio and an interval that is wider than it need be.</returns>
    public static RatioEstimate Bound(Estimate numerator, Estimate denominator, double level = 0.95)
    {
        if (Unbounded(numerator, denominator, level) is { } unbounded)
        {
            return unbounded;
        }

        double critical = Distributions.Critical(level, Math.Min(numerator.DegreesOfFreedom, denominator.DegreesOfFreedom));
        double sign = Math.Sign(denominator.Value);
        double low = Math.Abs(denominator.Value) - (critical * denominator.StandardError);
        double high = Math.Abs(denominator.Value) + (critical * denominator.StandardError);
        double least = (sign * numerator.Value) - (critical * numerator.StandardError);
        double most = (sign * numerator.Value) + (critical * numerator.StandardError);
        double ratio = numerator.Value / denominator.Value;
        return low <= 0
            ? new RatioEstimate(ratio, null, HoldsZero)
            : new RatioEstimate(ratio, new Interval(least / (least < 0 ? low : high), most / (most < 0 ? high : low)), null);
    }

    /// <summary>
    /// The part of a loss that a change won back: (before - after) / (before - baseline), of three independent estimates.
    /// Both differences hold the error of "before", which is therefore their covariance.
    /// </summary>
    /// <param name="before">Before the change.</param>
    /// <param name="after">After it.</param>
    /// <param name="baseline">What is aimed at.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The part: 1 for all of it.</returns>
    public static RatioEstimate Recovered(Estimate before, Estimate after, Estimate baseline, double level = 0.95) =>
        Of(Welch.Of(after, before), Welch.Of(baseline, before), Squared(before.StandardError), level);

    private static RatioEstimate? Unbounded(Estimate numerator, Estimate denominator, double level)
    {
        double? ratio = denominator.Value == 0 ? null : numerator.Value / denominator.Value;
        return (ratio is null || denominator.IntervalAt(level)?.Contains(0) == true, numerator.StandardError + denominator.StandardError <= 0) switch
        {
            (true, _) => new RatioEstimate(ratio, null, HoldsZero),
            (_, true) => new RatioEstimate(ratio, null, NoSpread),
            _ => null,
        };
    }

    private static double FreedomOf(Estimate numerator, Estimate denominator, double ratio) =>
        LinearCombination.Of((1, numerator), (-ratio, denominator)).DegreesOfFreedom;

    private static double Squared(double value) => value * value;
}
