using VirtLatency.Analysis;
using VirtLatency.Environments;
using VirtLatency.Model;
using Xunit;

namespace VirtLatency.Tests.Analysis;

/// <summary>Samples that are added up and not kept (-NoSample).</summary>
public sealed class AggregateStoreTests
{
    private const int Samples = 10_000;

    private static readonly SampleFlow Flow = new(1, 1, 2, null, -1);

    [Fact]
    public void Means_are_those_of_a_store_that_keeps_its_samples_and_quantiles_lie_within_three_digits()
    {
        SampleStore aggregate = Filled(SampleStore.OfAggregates(Schema()));
        SampleStore whole = Filled(new SampleStore(Schema()));

        Moments expected = whole.MomentsOf(SampleColumn.TotalRtt, completeOnly: false);
        Moments found = aggregate.MomentsOf(SampleColumn.TotalRtt, completeOnly: false);
        Assert.Equal((expected.Count, expected.MeanUs, expected.StdDevUs, expected.MinUs, expected.MaxUs), (found.Count, found.MeanUs, found.StdDevUs, found.MinUs, found.MaxUs));
        Assert.Equal(0, aggregate.Records.Length);
        Assert.False(aggregate.IsReservoir);

        // 1, 2 ... 10,000 us in another order: the quantile p lies at 1 + 9,999 p us.
        foreach (double p in new[] { 0.5, 0.95, 0.99 })
        {
            double exact = 1 + ((Samples - 1) * p);
            Assert.InRange(aggregate.HistogramOf(SampleColumn.TotalRtt, completeOnly: false)!.Quantile(p, 1)!.Value, exact * 0.999, exact * 1.001);
        }
    }

    [Fact]
    public void Complete_samples_are_told_apart_from_the_first_incomplete_one_on()
    {
        var store = SampleStore.OfAggregates(Schema());
        store.Add(in Flow, 1, 1, SampleFlags.None, counted: true, [1000, 1000, 1000, 3000]);
        store.Add(in Flow, 1, 2, SampleFlags.None, counted: true, [Latency.Missing, Latency.Missing, Latency.Missing, 9000]);
        store.Add(in Flow, 1, 3, SampleFlags.None, counted: true, [1000, 1000, 1000, 5000]);

        Assert.Equal((3, 2), (Count(completeOnly: false), Count(completeOnly: true)));
        Assert.Equal(4, store.MomentsOf(SampleColumn.TotalRtt, completeOnly: true).MeanUs);
        Assert.Equal((3, 2), (store.HistogramOf(SampleColumn.TotalRtt, completeOnly: false)!.Count, store.HistogramOf(SampleColumn.TotalRtt, completeOnly: true)!.Count));

        long Count(bool completeOnly) => store.MomentsOf(SampleColumn.TotalRtt, completeOnly).Count;
    }

    /// <summary>More flows than the table holds, each with one sample: what is kept does not grow with them.</summary>
    [Fact]
    public void Memory_is_bounded_whatever_the_flows()
    {
        var store = SampleStore.OfAggregates(Schema());
        Add(0, 70_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Add(70_000, 400_000);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(ushort.MaxValue, store.Flows.Count);
        Assert.InRange(grown, long.MinValue, 4_000_000);
        Assert.Equal(400_000, store.SampleCount);

        void Add(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                store.Add(Flow with { Source = (uint)i }, 1, (ushort)i, SampleFlags.None, counted: true, [1000, 1000, 1000, 3000]);
            }
        }
    }

    [Fact]
    public void Rows_say_where_their_quantiles_are_from_and_that_nothing_can_be_joined()
    {
        LatencyEnvironment with = Read(keepsSamples: true);
        LatencyEnvironment without = Read(keepsSamples: false);
        SegmentLatency[] rows = [.. Breakdown.Of(without, BreakdownLevel.Segment)];
        SegmentLatency[] expected = [.. Breakdown.Of(with, BreakdownLevel.Segment)];

        Assert.Equal(expected.Select(row => (row.Segment, row.SampleCount, row.MeanUs)), rows.Select(row => (row.Segment, row.SampleCount, row.MeanUs)));
        SegmentLatency path1 = rows.Single(row => row.Segment == "A");
        Assert.Contains("-NoSample", path1.Note, StringComparison.Ordinal);
        Assert.InRange(path1.P50Us!.Value, expected.Single(row => row.Segment == "A").MinUs!.Value, expected.Single(row => row.Segment == "A").MaxUs!.Value);
        Assert.All(without.Logs, log => Assert.True(log.Store.IsAggregate));
    }

    private static LatencyEnvironment Read(bool keepsSamples)
    {
        string folder = Path.Combine(RepositoryFolder.ExampleData, "zbs");
        return EnvironmentReader.Read(
            new EnvironmentRequest("zbs", folder, new Dictionary<LogRole, string>(), default, SampleStore.DefaultMaxSampleCount) { KeepsSamples = keepsSamples }, new RecordingReport());
    }

    private static SampleSchema Schema() => SampleSchema.Of(LogTool.KernelIcmpRtt);

    private static SampleStore Filled(SampleStore store)
    {
        for (int i = 0; i < Samples; i++)
        {
            // 7 and 10,000 have no common divisor: every number comes once.
            long value = 1000L * (1 + (i * 7 % Samples));
            store.Add(in Flow, 1, (ushort)i, SampleFlags.None, counted: true, [1000, 1000, 1000, value]);
        }

        return store;
    }
}
