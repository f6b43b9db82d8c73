using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class RunEstimateTests
{
    /// <summary>
    /// Means 10, 12, 17: mean 13, squares 9 + 1 + 16, variance 13. Inside: variances 4, 4, 10 of 5, 5, 11 samples give
    /// (4x4 + 4x4 + 10x10) / 18 = 22/3; their squared errors 0.8, 0.8, 10/11 explain the mean of these of the 13.
    /// </summary>
    [Fact]
    public void Between_and_within()
    {
        RunEstimate runs = RunEstimate.Of([MeanEstimate.OfMoments(5, 10, 16)!, MeanEstimate.OfMoments(5, 12, 16)!, MeanEstimate.OfMoments(11, 17, 100)!])!;

        Assert.Equal((3, 21L, 2), (runs.RunCount, runs.SampleCount, runs.DegreesOfFreedom));
        Assert.Equal(13, runs.MeanUs, 12);
        Assert.Equal(13, runs.MeansVariance!.Value, 12);
        Assert.Equal(22 / 3.0, runs.WithinVariance!.Value, 12);
        Assert.Equal(13 - ((0.8 + 0.8 + (10 / 11.0)) / 3), runs.BetweenVariance!.Value, 12);
        Assert.Equal(Math.Sqrt(13 / 3.0), runs.StandardError!.Value, 12);
        Assert.Equal(new Estimate(runs.MeanUs, runs.StandardError.Value, 2), runs.Estimate);
    }

    [Fact]
    public void What_packets_explain_is_not_between_runs()
    {
        RunEstimate runs = RunEstimate.Of([MeanEstimate.OfMoments(2, 10, 100)!, MeanEstimate.OfMoments(2, 11, 100)!])!;

        Assert.Equal(0, runs.BetweenVariance);
    }

    [Fact]
    public void One_run_has_no_spread_of_runs()
    {
        Assert.Null(RunEstimate.Of([]));
        RunEstimate single = RunEstimate.Of([MeanEstimate.OfMoments(5, 10, 16)!])!;
        Assert.Null(single.Estimate);
        Assert.Null(single.BetweenVariance);
        Assert.Equal(4, single.WithinVariance);
    }
}
