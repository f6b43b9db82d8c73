using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>Ranks from tables of the binomial distribution: the sum of C(n,i), i below k, is at most 2^n / 40.</summary>
public sealed class MedianIntervalTests
{
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
    public void Ranks(int count, int rank) => Assert.Equal(rank, MedianInterval.RankOf(count));

    /// <summary>By the normal distribution: 5000 - 0.98 x 100, for many values nothing underflows.</summary>
    [Fact]
    public void Rank_of_many() => Assert.InRange(MedianInterval.RankOf(10_000), 4901, 4903);

    [Fact]
    public void Values_at_the_ranks()
    {
        Assert.Equal((2.0, 8.0), MedianInterval.Of([1, 2, 3, 4, 5, 6, 7, 8, 9]));
        Assert.Null(MedianInterval.Of([1, 2, 3, 4, 5]));
    }

    /// <summary>Twelve values give the 3rd of each end, 2 and 5; the six bursts' medians the extremes, 1 and 6.</summary>
    [Fact]
    public void Bursts_that_differ_widen_the_interval()
    {
        double[][] alike = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6]];

        Assert.Equal((1.0, 6.0), WakeupSeries.IntervalOf(alike));
        Assert.Equal((2.0, 5.0), WakeupSeries.IntervalOf([[.. alike.SelectMany(burst => burst)]]));
    }
}
