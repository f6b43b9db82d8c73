using VirtLatency.Analysis;

namespace VirtLatency.Tests.Analysis;

public sealed class QuantileTests
{
    /// <summary>Position (n - 1) p: for 1..4 the median lies at 1.5, so 2.5; for 1..20 P95 lies at 18.05, so 19.05.</summary>
    [Fact]
    public void By_hand()
    {
        Assert.Equal(2.5, Quantile.Of([1, 2, 3, 4], 0.5));
        Assert.Equal(7, Quantile.Of([7], 0.5));
        Assert.Equal(19.05, Quantile.Of([.. Enumerable.Range(1, 20).Select(value => (double)value)], 0.95, Quantile.LeastForP95)!.Value, 12);
    }

    [Fact]
    public void Too_few_samples_have_no_tail()
    {
        Assert.Null(Quantile.Of([.. Enumerable.Range(1, 19).Select(value => (double)value)], 0.95, Quantile.LeastForP95));
        Assert.Null(Quantile.Of([.. Enumerable.Range(1, 99).Select(value => (double)value)], 0.99, Quantile.LeastForP99));
        Assert.Null(Quantile.Of([], 0.5));
    }
}
