using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class LinearCombinationTests
{
    /// <summary>Errors 3 and 4 give 5; 625 / (81 / 10 + 256 / 5) = 625 / 59.3 degrees of freedom.</summary>
    [Fact]
    public void Propagated_variance()
    {
        Estimate rest = LinearCombination.Of((1, new Estimate(100, 3, 10)), (-1, new Estimate(40, 4, 5)));

        Assert.Equal(60, rest.Value, 12);
        Assert.Equal(5, rest.StandardError, 12);
        Assert.Equal(625 / 59.3, rest.DegreesOfFreedom, 12);
    }

    /// <summary>2 x 3 + 0.5 x 4 = 8, of variances 36 + 4.</summary>
    [Fact]
    public void Coefficients_weigh()
    {
        (double, Estimate)[] terms = [(2, new Estimate(10, 3, 10)), (-0.5, new Estimate(8, 4, 5))];

        Assert.Equal(new Estimate(16, Math.Sqrt(40), 1600 / ((1296 / 10.0) + (16 / 5.0))), LinearCombination.Of(terms));
        Assert.Equal(new Estimate(16, 8, 5), LinearCombination.Bound(terms));
    }

    [Fact]
    public void A_term_without_spread_takes_no_freedom()
    {
        (double, Estimate)[] terms = [(1, new Estimate(10, 3, 10)), (1, new Estimate(8, 0, 2))];

        Assert.Equal(new Estimate(18, 3, 10), LinearCombination.Of(terms));
        Assert.Equal(new Estimate(18, 3, 10), LinearCombination.Bound(terms));
        Assert.Equal(new Estimate(16, 0, 2), LinearCombination.Of((2, new Estimate(8, 0, 2)), (0, new Estimate(1, 1, 9))));
    }

    /// <summary>R 4.2.2, t.test(difference, reference); 1 - 0.05 / 12 by scipy 1.10.1.</summary>
    [Fact]
    public void Welch_as_by_R()
    {
        double[] reference = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
        double[] difference = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.2, 30.1];

        Estimate delta = Welch.Of(Independent(reference), Independent(difference));

        Assert.Equal(3.193333333333335, delta.Value, 10);
        Assert.Equal(2.973729780615989, delta.T!.Value, 10);
        Assert.Equal(27.773405440439625, delta.DegreesOfFreedom, 10);
        Assert.Equal(0.006023227613226428, delta.PValue!.Value, 10);
        Assert.Equal(0.9928469250179575, delta.IntervalAt(0.95)!.Value.Low, tolerance: 1e-8);
        Assert.Equal(5.393819741648713, delta.IntervalAt(0.95)!.Value.High, tolerance: 1e-8);
        Assert.Equal(-0.15937472578266032, delta.IntervalAt(1 - (0.05 / 12))!.Value.Low, tolerance: 1e-8);
        Assert.Equal(6.546041392449331, delta.IntervalAt(1 - (0.05 / 12))!.Value.High, tolerance: 1e-8);
    }

    /// <summary>Pairs (1,2), (2,4), (3,9): products of deviations 3 + 0 + 4 = 7, over 2, over 3; worth 2 pairs: 7 / 2 x 2 / 3.</summary>
    [Fact]
    public void Covariance_of_two_means()
    {
        Assert.Equal(7 / 6.0, Covariance.OfMeans([1, 2, 3], [2, 4, 9])!.Value, 12);
        Assert.Equal(7 / 3.0, Covariance.OfMeans([1, 2, 3], [2, 4, 9], effectiveCount: 2)!.Value, 12);
        Assert.Null(Covariance.OfMeans([1], [2]));
    }

    private static Estimate Independent(double[] values)
    {
        double mean = values.Average();
        return MeanEstimate.OfMoments(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)))!.Estimate!.Value;
    }
}
