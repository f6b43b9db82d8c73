using System.Runtime.CompilerServices;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

public sealed class SampleStoreTests
{
    private static readonly SampleFlow Flow = new(1, 1, 2, null, -1);

    [Fact]
    public void A_sample_takes_24_bytes() => Assert.Equal(24, Unsafe.SizeOf<SampleRecord>());

    /// <summary>2, 4, 4, 4, 5, 5, 7, 9 us: mean 5, sum of squares 32, so s = sqrt(32 / 7).</summary>
    [Fact]
    public void Mean_and_spread_by_hand()
    {
        SampleStore store = Store(2, 4, 4, 4, 5, 5, 7, 9);
        Moments moments = store.MomentsOf(SampleColumn.Path1, completeOnly: false);

        Assert.Equal(5, moments.MeanUs);
        Assert.Equal(Math.Sqrt(32.0 / 7), moments.StdDevUs!.Value, 12);
        Assert.Equal(2000, moments.Min);
        Assert.Equal(9000, moments.Max);
    }

    [Fact]
    public void Merged_moments_equal_those_of_all_values()
    {
        Moments merged = Store(2, 4, 4).MomentsOf(SampleColumn.Path1, completeOnly: false);
        Moments rest = Store(4, 5, 5, 7, 9).MomentsOf(SampleColumn.Path1, completeOnly: false);
        merged.Add(in rest);

        Assert.Equal(5, merged.MeanUs);
        Assert.Equal(8, merged.Count);
        Assert.Equal(Math.Sqrt(32.0 / 7), merged.StdDevUs!.Value, 12);
    }

    [Fact]
    public void Beyond_the_bound_means_stay_exact_and_memory_bounded()
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.KernelIcmpRtt), maxSampleCount: 100);
        for (int i = 1; i <= 10_000; i++)
        {
            store.Add(in Flow, 1, (ushort)i, SampleFlags.None, counted: true, [i * 1000L, 0, 0, 0]);
        }

        Assert.True(store.IsReservoir);
        Assert.Equal(100, store.Records.Length);
        Assert.Equal(5000.5, store.MomentsOf(SampleColumn.Path1, completeOnly: false).MeanUs);
        var kept = new List<double>();
        store.CopyTo(SampleColumn.Path1, completeOnly: false, kept);

        // A uniform choice of 100 from 1..10000: its mean lies within five standard errors (289) of 5000.5.
        Assert.InRange(kept.Average(), 5000.5 - 1445, 5000.5 + 1445);
        Assert.True(kept.Max() > 5000);
    }

    [Fact]
    public void Flagged_samples_are_kept_but_take_no_part_in_means()
    {
        SampleStore store = Store(10, 20);
        store.Add(in Flow, 1, 3, SampleFlags.Negative, counted: false, [-5000, 0, 0, 0]);

        Assert.Equal(3, store.SampleCount);
        Assert.Equal(1, store.FlaggedCount);
        Assert.Equal(15, store.MomentsOf(SampleColumn.Path1, completeOnly: false).MeanUs);
        var kept = new List<double>();
        store.CopyTo(SampleColumn.Path1, completeOnly: false, kept);
        Assert.Equal([10, 20], kept);
    }

    [Fact]
    public void Complete_rows_have_every_printed_column()
    {
        SampleStore store = Store(10, 20);
        store.Add(in Flow, 1, 3, SampleFlags.None, counted: true, [30_000, Latency.Missing, 0, 0]);

        Assert.Equal(20, store.MomentsOf(SampleColumn.Path1, completeOnly: false).MeanUs);
        Assert.Equal(15, store.MomentsOf(SampleColumn.Path1, completeOnly: true).MeanUs);
    }

    /// <summary>Printed 16, 8, 10 (from stage 2), 1: S3 to S4 is 2, S1 to S5 is 27; without stage 5 only S1 to S4 = 26.</summary>
    [Fact]
    public void Chain_columns_follow_the_tools_references()
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.TunTxToKvmIrq));
        store.Add(in Flow, 1, 1, SampleFlags.None, counted: true, [16_000, 8_000, 10_000, 1_000]);
        store.Add(in Flow, 1, 2, SampleFlags.None, counted: true, [16_000, 8_000, 10_000, Latency.Missing]);

        Assert.Equal(2, store.MomentsOf(SampleColumn.S3ToS4, completeOnly: false).MeanUs);
        Assert.Equal(27, store.MomentsOf(SampleColumn.S1ToS5, completeOnly: false).MeanUs);
        Assert.Equal(1, store.MomentsOf(SampleColumn.S1ToS5, completeOnly: false).Count);
        Assert.Equal(26, store.MomentsOf(SampleColumn.S1ToS4Only, completeOnly: false).MeanUs);
        Assert.Equal(1, store.MomentsOf(SampleColumn.S1ToS4Only, completeOnly: false).Count);
    }

    private static SampleStore Store(params double[] path1)
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.KernelIcmpRtt));
        foreach (double value in path1)
        {
            store.Add(in Flow, 1, 2, SampleFlags.None, counted: true, [(long)(value * 1000), 0, 0, 0]);
        }

        return store;
    }
}
