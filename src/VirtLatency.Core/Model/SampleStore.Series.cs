namespace VirtLatency.Model;

/// <content>Samples as series: a weighted sum of a record's columns, run by run, in the order of the file.</content>
public sealed partial class SampleStore
{
    /// <summary>
    /// A weighted sum of columns for each kept sample that has all of them and takes part in means: errors of columns
    /// that one clock measured are correlated, so they are added up per sample, never as means.
    /// </summary>
    /// <param name="terms">The columns, each one of the schema's.</param>
    /// <param name="completeOnly">Only samples that have every stored value the tool prints.</param>
    /// <returns>The values in us by the number of the run in the file; in file order unless <see cref="IsReservoir"/>.</returns>
    internal IReadOnlyDictionary<int, List<double>> SeriesOf(IReadOnlyList<PathTerm> terms, bool completeOnly)
    {
        (int Position, double Weight)[] weights = [.. terms.Select(term => (PositionOf(term.Column), term.Coefficient / 1000.0))];
        var series = new Dictionary<int, List<double>>();
        int expected = Records.Length / Math.Max(1, _flows.Select(flow => flow.Run).Distinct().Count());
        Span<long> stored = stackalloc long[4];
        foreach (ref readonly SampleRecord record in Records)
        {
            Unpack(in record, stored);
            if (IsKeptOut(in record) || (completeOnly && !IsComplete(stored)))
            {
                continue;
            }

            SampleSchema.Expand(stored, _values);
            if (SumOf(weights) is { } sum)
            {
                ListOf(series, _flows[record.Flow].Run, expected).Add(sum);
            }
        }

        return series;
    }

    /// <summary>True when a sample that takes part in means has a value beyond what a record holds.</summary>
    internal bool HasClampedInMeans
    {
        get
        {
            if (!IsClamped)
            {
                return false;
            }

            foreach (ref readonly SampleRecord record in Records)
            {
                if (!IsKeptOut(in record) && (IsLargest(record.Value0) || IsLargest(record.Value1) || IsLargest(record.Value2) || IsLargest(record.Value3)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The means that were printed without their samples, by the number of the run in the file.</summary>
    /// <param name="column">One of the schema's columns.</param>
    /// <returns>Count and mean of each run that has one.</returns>
    internal IEnumerable<(int Run, ColumnMean Mean)> RunMeansOf(SampleColumn column)
    {
        int position = PositionOf(column);
        return _means.Where(run => run.Columns![position].Count > 0).Select(run => (run.Flow.Run, run.Columns![position]));
    }

    /// <summary>A list that need not grow where runs are of one length: of long runs the pieces would lie about in memory.</summary>
    private static bool IsLargest(int ticks) => ticks is int.MaxValue or -int.MaxValue;

    private static List<double> ListOf(Dictionary<int, List<double>> series, int run, int expected)
    {
        if (!series.TryGetValue(run, out List<double>? values))
        {
            series.Add(run, values = new List<double>(expected));
        }

        return values;
    }

    private double? SumOf(ReadOnlySpan<(int Position, double Weight)> weights)
    {
        double sum = 0;
        foreach ((int position, double weight) in weights)
        {
            if (_values[position] == Latency.Missing)
            {
                return null;
            }

            sum += weight * _values[position];
        }

        return sum;
    }
}
