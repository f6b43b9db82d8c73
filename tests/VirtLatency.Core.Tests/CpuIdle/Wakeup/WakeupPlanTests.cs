using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>Which bursts are run, and in which order.</summary>
public sealed class WakeupPlanTests
{
    /// <summary>20 bursts of 10 and 2 lead-ins at each length: 38,880 us x 12 x 20.</summary>
    [Fact]
    public void Default_lengths_with_200_samples()
    {
        WakeupPlan plan = WakeupPlan.Of(WakeupPlan.DefaultIdleUs, 200);

        Assert.Equal(220, plan.Bursts.Count);
        Assert.Equal(9_331_200, plan.TotalUs);
        Assert.All(plan.Bursts.GroupBy(burst => burst.Series), series => Assert.Equal(200, series.Sum(burst => burst.Count)));
        Assert.All(plan.Bursts, burst => Assert.InRange(plan.DurationUs(burst), 1, WakeupPlan.LongestBurstUs));
        Assert.Equal(plan.Bursts, WakeupPlan.Of(WakeupPlan.DefaultIdleUs, 200).Bursts);
    }

    [Fact]
    public void Every_length_is_measured_in_every_tenth_of_the_run_and_in_no_fixed_order()
    {
        IReadOnlyList<(int Series, int Count)> bursts = WakeupPlan.Of([10, 100, 1000], 200).Bursts;

        Assert.All(bursts.Chunk(6), chunk => Assert.Equal([0, 1, 2], chunk.Select(burst => burst.Series).Distinct().Order()));
        Assert.True(bursts.Chunk(3).Select(chunk => string.Join(',', chunk.Select(burst => burst.Series))).Distinct().Count() > 3);
    }

    /// <summary>25 samples in bursts of 2: twelve and one of a single wake-up. At 100 ms a burst is one wake-up.</summary>
    [Theory]
    [InlineData(50, 25, 13, 1)]
    [InlineData(100_000, 20, 20, 1)]
    [InlineData(20_000, 200, 20, 10)]
    public void Bursts_are_bounded(double idleUs, int samples, int bursts, int smallest)
    {
        WakeupPlan plan = WakeupPlan.Of([idleUs, idleUs], samples);

        Assert.Equal(bursts, plan.Bursts.Count);
        Assert.Equal(samples, plan.Bursts.Sum(burst => burst.Count));
        Assert.Equal(smallest, plan.Bursts.Min(burst => burst.Count));
        Assert.Equal([idleUs], plan.IdleUs);
    }

    [Fact]
    public void More_than_ten_minutes_are_refused()
    {
        var error = Assert.Throws<WakeupException>(() => WakeupPlan.Of([20_000], 30_000));

        Assert.Equal(WakeupProblem.MeasurementTooLong, error.Problem);
        Assert.Contains("12.0 minutes", error.Message, StringComparison.Ordinal);
    }
}
