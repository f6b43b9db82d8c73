using VirtLatency.Analysis.Statistics;
using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class QuantileIntervalTests
{
    /// <summary>From tables of the binomial distribution: the sum of C(n,i), i below k, is at most 2^n / 40.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(12, 3)]
    [InlineData(20, 6)]
    [InlineData(25, 8)]
    [InlineData(100, 40)]
    [InlineData(1_000_000, 499_020)]
    public void Ranks_of_the_median(int count, int rank)
    {
        (int, int)? ranks = rank == 0 ? null : (rank, count + 1 - rank);

        Assert.Equal(ranks, QuantileInterval.RanksOf(count, 0.5));
    }

    /// <summary>scipy 1.10.1: largest k with binom.cdf(k - 1, n, p) at most 0.025, and the same from the top.</summary>
    [Theory]
    [InlineData(72, 0.95, 64, 72)]
    [InlineData(100, 0.95, 90, 100)]
    [InlineData(1000, 0.95, 936, 964)]
    [InlineData(368, 0.99, 360, 368)]
    [InlineData(1_000_000, 0.99, 989_805, 990_196)]
    public void Ranks_of_a_tail(int count, double p, int low, int high) => Assert.Equal((low, high), QuantileInterval.RanksOf(count, p));

    /// <summary>0.95^71 = 0.0262: too often all 71 values lie below P95. The same holds for P99 at 367.</summary>
    [Theory]
    [InlineData(71, 0.95)]
    [InlineData(367, 0.99)]
    [InlineData(0, 0.5)]
    public void Too_few_values_have_no_interval(int count, double p) => Assert.Null(QuantileInterval.Of(new double[count], p));

    [Fact]
    public void Values_at_the_ranks()
    {
        Assert.Equal(new Interval(2, 8), QuantileInterval.Of([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.5));
        Assert.Null(QuantileInterval.Of([1, 2, 3, 4, 5], 0.5));
    }

    /// <summary>Of 9 coins at most two fall on one side with (1 + 9 + 36) / 512 = 0.0898, at most three with 0.254.</summary>
    [Fact]
    public void A_lower_level_is_narrower() => Assert.Equal((3, 7), QuantileInterval.RanksOf(9, 0.5, 0.8));

    /// <summary>Twelve values give the 3rd of each end, 2 and 5; the six bursts' medians the extremes, 1 and 6.</summary>
    [Fact]
    public void Bursts_that_differ_widen_the_interval_of_a_wake_up()
    {
        double[][] alike = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6]];

        Assert.Equal(new Interval(1, 6), WakeupSeries.IntervalOf(alike));
        Assert.Equal(new Interval(2, 5), WakeupSeries.IntervalOf([[.. alike.SelectMany(burst => burst)]]));
    }
}
