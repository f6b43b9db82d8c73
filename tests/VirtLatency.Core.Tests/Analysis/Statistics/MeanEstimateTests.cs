using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class MeanEstimateTests
{
    /// <summary>Deviations -3, -1, 1, 3 in this order have a negative correlation of neighbours: squares 20, variance 20/3.</summary>
    [Fact]
    public void Independent_samples_count_each()
    {
        MeanEstimate estimate = MeanEstimate.Of([13, 7, 11, 9])!;

        Assert.Equal(4, estimate.Count);
        Assert.Equal(10, estimate.MeanUs);
        Assert.Equal(20 / 3.0, estimate.Variance!.Value, 12);
        Assert.Equal(4, estimate.EffectiveCount);
        Assert.Equal(3, estimate.DegreesOfFreedom);
        Assert.Equal(Math.Sqrt(20 / 12.0), estimate.StandardError!.Value, 12);
    }

    [Fact]
    public void Few_samples_give_what_they_can()
    {
        Assert.Null(MeanEstimate.Of([]));
        Assert.Null(MeanEstimate.OfMoments(0, 0, 0));
        MeanEstimate single = MeanEstimate.Of([5])!;
        Assert.Equal((1, 5), (single.Count, single.MeanUs));
        Assert.Null(single.Variance);
        Assert.Null(single.StandardError);
        Assert.Null(single.Estimate);
    }

    /// <summary>0.1 is no binary number: its mean must not differ from it, or equal values would have a spread and a p-value.</summary>
    [Fact]
    public void Equal_samples_have_no_spread_and_no_p_value()
    {
        MeanEstimate estimate = MeanEstimate.Of([.. Enumerable.Repeat(0.1, 37)])!;

        Assert.Equal((0.1, 0.0, 37.0), (estimate.MeanUs, estimate.Variance, estimate.EffectiveCount));
        Assert.Null(Welch.Of(estimate.Estimate!.Value, estimate.Estimate.Value with { Value = 0.2 }).PValue);
        Assert.Null(estimate.Estimate.Value.IntervalAt(0.95));
        Assert.Equal(0, MeanEstimate.Of([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2])!.Variance);
    }

    /// <summary>
    /// 100 samples with a correlation of 0.6: tau = 1.6 / 0.4 = 4, worth 25. Squares 990: variance 10, and the squared
    /// error 10 x 99 / (100 x 24) = 0.4125, where 100 independent ones would have 0.1.
    /// </summary>
    [Fact]
    public void Moments_with_a_known_correlation()
    {
        MeanEstimate estimate = MeanEstimate.OfMoments(100, 50, 990, 0.6)!;

        Assert.Equal(25, estimate.EffectiveCount, 12);
        Assert.Equal(24, estimate.DegreesOfFreedom, 12);
        Assert.Equal(Math.Sqrt(0.4125), estimate.StandardError!.Value, 12);
        Assert.Equal(Math.Sqrt(0.1), MeanEstimate.OfMoments(100, 50, 990)!.StandardError!.Value, 12);
        Assert.Equal(100, MeanEstimate.OfMoments(100, 50, 990, -0.6)!.EffectiveCount);
        Assert.Equal(2, MeanEstimate.OfMoments(3, 50, 990, 0.9)!.EffectiveCount);
    }

    /// <summary>A process of neighbours with correlation r is worth n (1 - r) / (1 + r): a third at 0.5, a nineteenth at 0.9.</summary>
    [Theory]
    [InlineData(0.5, 4_000, 0.85, 1.1)]
    [InlineData(0.9, 4_000, 0.8, 1.15)]
    [InlineData(0.5, 200_000, 0.9, 1.1)]
    [InlineData(0.9, 200_000, 0.9, 1.1)]
    public void Alike_neighbours_are_worth_less(double correlation, int count, double least, double most)
    {
        var noise = new Noise(7);
        double mean = Enumerable.Range(0, 10).Average(_ => MeanEstimate.Of(noise.Neighbours(count, correlation))!.EffectiveCount);

        Assert.InRange(mean / (count * (1 - correlation) / (1 + correlation)), least, most);
    }

    /// <summary>Half of the spread is noise and half a wave with a memory of 20 samples: neighbours alone would say 2.8, true is 20.</summary>
    [Theory]
    [InlineData(4_000)]
    [InlineData(100_000)]
    public void A_slow_wave_below_noise_is_seen(int count)
    {
        var noise = new Noise(7);
        double mean = Enumerable.Range(0, 10).Average(_ => count / MeanEstimate.Of(noise.NoisyNeighbours(count, 0.95, 0.5))!.EffectiveCount);

        Assert.InRange(mean, 15, 25);
    }

    [Fact]
    public void Alternation_is_no_gain()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(index => index % 2 == 0 ? 10.0 : 20.0 + (index % 3))];

        Assert.Equal(400, MeanEstimate.Of(values)!.EffectiveCount);
    }

    /// <summary>Independent samples lose little: in the mean over many series, under a tenth.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(20_000)]
    public void Independent_samples_keep_their_worth(int count)
    {
        var noise = new Noise(11);
        double mean = Enumerable.Range(0, 200).Average(_ => MeanEstimate.Of(noise.Normal(count))!.EffectiveCount);

        Assert.InRange(mean / count, 0.9, 1);
    }
}
