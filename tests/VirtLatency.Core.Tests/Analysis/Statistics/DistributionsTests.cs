using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>Figures of scipy 1.10.1: t.ppf(1 - (1 - level) / 2, df) and t.sf(12, df).</summary>
public sealed class DistributionsTests
{
    [Theory]
    [InlineData(1, 0.95, 12.706204736432095)]
    [InlineData(1, 1 - (0.05 / 1000), 12732.395420777828)]
    [InlineData(1.5, 0.9, 3.705180820160004)]
    [InlineData(1.5, 1 - (0.05 / 1000), 610.4719701797702)]
    [InlineData(4, 0.95, 2.7764451051977987)]
    [InlineData(4, 1 - (0.05 / 12), 5.885305084277626)]
    [InlineData(30, 1 - (0.05 / 12), 3.101675019691798)]
    [InlineData(1e6, 0.95, 1.9599663568141066)]
    [InlineData(double.PositiveInfinity, 0.95, 1.9599639845400545)]
    public void Critical_values(double freedom, double level, double critical) =>
        Assert.Equal(1, Distributions.Critical(level, freedom) / critical, 6);

    [Theory]
    [InlineData(1, 0.02646467605958987)]
    [InlineData(4, 0.0001382142742514865)]
    [InlineData(30, 2.7900927075996303e-13)]
    public void Far_tails(double freedom, double p) => Assert.Equal(1, Distributions.UpperTail(12, freedom) / p, 6);

    /// <summary>Every level and freedom that a table can ask for has a root, and it is the right one.</summary>
    [Fact]
    public void Critical_values_leave_out_what_they_should()
    {
        foreach (double level in new[] { 0.01, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.99999 })
        {
            for (double freedom = 1; freedom < 1e8; freedom *= 1.37)
            {
                Assert.Equal(1, Distributions.TwoSidedP(Distributions.Critical(level, freedom), freedom) / (1 - level), 6);
            }
        }
    }
}
