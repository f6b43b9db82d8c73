using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>
/// Means of kvm_vhost_tun_latency logs that hold no samples: of --no-detail the closing averages, of the summary tool
/// its histograms. A run's final histogram is used, or the sum of its intervals where there is no final one or where
/// the tool cleared it between intervals (--clear), never both.
/// </summary>
internal sealed class KvmTunMeans
{
    private const int StageCount = 3;

    private readonly SortedDictionary<int, Totals[]> _byRun = [];

    /// <summary>Adds a histogram of the summary tool.</summary>
    public void Add(in KvmTunHistogram histogram)
    {
        if (!_byRun.TryGetValue(histogram.Run, out Totals[]? stages))
        {
            _byRun.Add(histogram.Run, stages = [new Totals(), new Totals(), new Totals()]);
        }

        stages[histogram.Stage].Add(in histogram);
    }

    /// <summary>Adds the estimates of every run to a store.</summary>
    public void AddTo(SampleStore store, string? device)
    {
        foreach ((int run, Totals[] stages) in _byRun)
        {
            ColumnMean[] means = [.. stages.Select(stage => stage.Mean()), ColumnMean.None];
            if (means[0].Count == means[1].Count && means[1].Count == means[2].Count)
            {
                // Every packet has S2: with as many S0 and S1, each is a whole chain, and the means add up.
                means[StageCount] = new ColumnMean(
                    means[0].Count, means.Sum(mean => mean.Mean), means.Sum(mean => mean.Low), means.Sum(mean => mean.High));
            }

            AddRun(store, run, device, means, isEstimate: true);
        }
    }

    /// <summary>Adds the closing averages of every run to a store; an average without a count cannot be weighed and is left out.</summary>
    public static void AddTo(SampleStore store, IEnumerable<KvmTunAverage> averages, string? device)
    {
        foreach (IGrouping<int, KvmTunAverage> run in averages.GroupBy(average => average.Run))
        {
            ColumnMean[] means = new ColumnMean[StageCount + 1];
            foreach (KvmTunAverage average in run.Where(average => average.Mean != Latency.Missing && average.SampleCount > 0))
            {
                int column = average.Name switch { "S0" => 0, "S1" => 1, "S2" => 2, _ => StageCount };
                means[column] = ColumnMean.Exact(average.SampleCount!.Value, average.Mean);
            }

            AddRun(store, run.Key, device, means, isEstimate: false);
        }
    }

    private static void AddRun(SampleStore store, int run, string? device, ColumnMean[] means, bool isEstimate)
    {
        if (means.Any(mean => mean.Count > 0))
        {
            var flow = new SampleFlow(run, 0, 0, device, -1);
            store.AddMeans(in flow, means, isEstimate);
        }
    }

    /// <summary>One stage of one run.</summary>
    private sealed class Totals
    {
        private (long Count, double Low, double High) _intervals;
        private (long Count, double Low, double High) _final;

        public void Add(in KvmTunHistogram histogram)
        {
            ref (long Count, double Low, double High) sum = ref histogram.IsFinal ? ref _final : ref _intervals;
            sum = (sum.Count + histogram.Count, sum.Low + histogram.LowSum, sum.High + histogram.HighSum);
        }

        public ColumnMean Mean()
        {
            (long count, double low, double high) = _final.Count >= _intervals.Count ? _final : _intervals;
            return count == 0 ? ColumnMean.None : new ColumnMean(count, Nanoseconds((low + high) / 2 / count), Nanoseconds(low / count), Nanoseconds(high / count));
        }

        private static long Nanoseconds(double us) => (long)Math.Round(us * 1000);
    }
}
