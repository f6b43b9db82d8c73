using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>From tables of the normal distribution: P(Z &gt;= 2) = 0.02275, P(Z &gt;= 1.5) = 0.06681, and 1.64485 for 90 %.</summary>
public sealed class EquivalenceTests
{
    [Theory]
    [InlineData(1, 3, 0.02275, true)]
    [InlineData(-1, 3, 0.02275, true)]
    [InlineData(1, 2.5, 0.06681, false)]
    [InlineData(4, 2, 0.97725, false)]
    public void Two_one_sided_tests(double delta, double margin, double p, bool isEquivalent)
    {
        Equivalence same = Equivalence.Of(new Estimate(delta, 1, double.PositiveInfinity), margin);

        Assert.Equal(p, same.PValue!.Value, 5);
        Assert.Equal(isEquivalent, same.IsEquivalent);
        Assert.Equal(delta - 1.64485, same.Interval!.Value.Low, 5);
        Assert.Equal(delta + 1.64485, same.Interval.Value.High, 5);
    }

    /// <summary>No difference is seen, p = 1; but so wide an interval does not show that there is none.</summary>
    [Fact]
    public void A_large_p_is_not_the_same()
    {
        var delta = new Estimate(0, 10, 5);

        Assert.Equal(1, delta.PValue!.Value, 12);
        Assert.False(Equivalence.Of(delta, 5).IsEquivalent);
    }

    [Fact]
    public void Without_spread_nothing_is_said()
    {
        Equivalence same = Equivalence.Of(new Estimate(0, 0, 5), 5);

        Assert.Null(same.IsEquivalent);
        Assert.Null(same.PValue);
    }
}
