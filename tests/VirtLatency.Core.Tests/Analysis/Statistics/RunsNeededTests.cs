using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class RunsNeededTests
{
    /// <summary>A difference of one standard deviation takes 17 a side for a power of 0.8 (Cohen's tables): 14 more than 3.</summary>
    [Fact]
    public void One_standard_deviation() => Assert.Equal(new RunsNeeded(14, "14 more runs on each side"), RunsNeeded.Of(Runs(90, 100, 110), Runs(100, 110, 120)));

    [Fact]
    public void Settled_hopeless_and_not_known()
    {
        Assert.Equal(new RunsNeeded(0, "none: the runs at hand settle it"), RunsNeeded.Of(Runs(99, 100, 101), Runs(199, 200, 201)));
        Assert.Equal(new RunsNeeded(null, "more than 100 more runs on each side"), RunsNeeded.Of(Runs(90, 100, 110), Runs(91, 101, 111)));
        Assert.Equal("more than 100 more runs on each side", RunsNeeded.Of(Runs(90, 100, 110), Runs(90, 100, 110)).Words);
        Assert.StartsWith("not known: the spread between runs", RunsNeeded.Of(Runs(100, 105), Runs(90, 100, 110)).Words, StringComparison.Ordinal);
        Assert.StartsWith("not known: the runs show no spread", RunsNeeded.Of(Runs(100, 100, 100), Runs(90, 90, 90)).Words, StringComparison.Ordinal);
    }

    /// <summary>t = 45 / sqrt(400 / 3) = 3.9 has p 0.06 with 2 degrees of freedom; with a fourth run t = 4.5 is looked for against 3.18.</summary>
    [Fact]
    public void One_run_is_no_plural() => Assert.Equal("1 more run on each side", RunsNeeded.Of(Runs(80, 100, 120), Runs(144.9, 145, 145.1)).Words);

    /// <summary>scipy 1.10.1, nct of 2n - 2 degrees of freedom beyond both critical values.</summary>
    [Theory]
    [InlineData(3, 3, 0.6192614594023295)]
    [InlineData(3, 4, 0.8432964389085791)]
    [InlineData(5, 3, 0.7480170922787446)]
    [InlineData(8, 3, 0.796545010133842)]
    [InlineData(8, 4, 0.9602207726723976)]
    public void Power_near_that_of_the_noncentral_t(int runs, double noncentrality, double power)
    {
        var side = new Estimate(100, Math.Sqrt(0.5), runs - 1);

        Assert.InRange(RunsNeeded.PowerWith(noncentrality, side, side, 0.95), power - 0.01, power + 0.01);
        Assert.Equal(power, NoncentralT.Power(noncentrality, (2 * runs) - 2), 4);
    }

    private static RunEstimate Runs(params double[] means) => RunEstimate.Of([.. means.Select(mean => MeanEstimate.OfMoments(16, mean, 15)!)])!;
}
