using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>By hand, at the level whose critical value is 2.</summary>
public sealed class FiellerTests
{
    private static readonly double Two = 1 - Distributions.TwoSidedP(2, double.PositiveInfinity);

    /// <summary>10 +- 1 over 5 +- 0.5: (25 - 1) r^2 - 2 x 50 r + (100 - 4) = 0, r = (50 -+ 14) / 24.</summary>
    [Fact]
    public void Independent_estimates() => Holds(2, 36 / 24.0, 64 / 24.0, Fieller.Of(Normal(10, 1), Normal(5, 0.5), level: Two));

    /// <summary>A covariance of 0.25 makes the middle 50 - 4 x 0.25 = 49: r = (49 -+ sqrt(2401 - 2304)) / 24.</summary>
    [Fact]
    public void Estimates_that_err_together() =>
        Holds(2, (49 - Math.Sqrt(97)) / 24, (49 + Math.Sqrt(97)) / 24, Fieller.Of(Normal(10, 1), Normal(5, 0.5), 0.25, Two));

    /// <summary>Twice the same number, with all of its error: 2 and nothing else, also when the covariance is rounded up.</summary>
    [Fact]
    public void Estimates_that_err_as_one() => Holds(2, 2, 2, Fieller.Of(Normal(10, 1), Normal(5, 0.5), 0.6, Two));

    [Fact]
    public void A_negative_denominator_turns_the_ends() => Holds(-2, -64 / 24.0, -36 / 24.0, Fieller.Of(Normal(10, 1), Normal(-5, 0.5), level: Two));

    /// <summary>8 to 12 over 4 to 6: from 8/6 to 12/4. With a numerator of -1 to 3: from -1/4 to 3/4.</summary>
    [Fact]
    public void Unknown_dependence_takes_the_worst()
    {
        Holds(2, 8 / 6.0, 3, Fieller.Bound(Normal(10, 1), Normal(5, 0.5), Two));
        Holds(0.2, -0.25, 0.75, Fieller.Bound(Normal(1, 1), Normal(5, 0.5), Two));
        Holds(-2, -3, -8 / 6.0, Fieller.Bound(Normal(10, 1), Normal(-5, 0.5), Two));
        Holds(-2, -3, -8 / 6.0, Fieller.Bound(Normal(-10, 1), Normal(5, 0.5), Two));
    }

    /// <summary>
    /// 100 +- 2 before, 60 +- 2 after, 50 +- 1 aimed at: 40 over 50, variances 8 and 5, covariance 4;
    /// 2480 r^2 - 2 x 1984 r + 1568 = 0.
    /// </summary>
    [Fact]
    public void Recovered_part() =>
        Holds(0.8, (1984 - Math.Sqrt(47616)) / 2480, (1984 + Math.Sqrt(47616)) / 2480, Fieller.Recovered(Normal(100, 2), Normal(60, 2), Normal(50, 1), Two));

    [Fact]
    public void A_denominator_that_may_be_0_bounds_nothing()
    {
        foreach (RatioEstimate ratio in new[] { Fieller.Of(Normal(10, 1), Normal(0.9, 0.5), level: Two), Fieller.Bound(Normal(10, 1), Normal(0.9, 0.5), Two) })
        {
            Assert.Equal(10 / 0.9, ratio.Value!.Value, 12);
            Assert.Null(ratio.Interval);
            Assert.Contains("holds 0", ratio.Reason, StringComparison.Ordinal);
        }

        Assert.Null(Fieller.Of(Normal(10, 1), Normal(0, 1)).Value);
        Assert.Contains("no spread", Fieller.Of(Normal(10, 0), Normal(5, 0)).Reason, StringComparison.Ordinal);
    }

    private static Estimate Normal(double value, double error) => new(value, error, double.PositiveInfinity);

    private static void Holds(double value, double low, double high, RatioEstimate ratio)
    {
        Assert.Equal(value, ratio.Value!.Value, 12);
        Assert.Null(ratio.Reason);
        Assert.Equal(low, ratio.Interval!.Value.Low, 6);
        Assert.Equal(high, ratio.Interval.Value.High, 6);
    }
}
