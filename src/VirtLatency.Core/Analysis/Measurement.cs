using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Analysis;

/// <summary>A column of the logs of one role: its numbers, or the reason why there are none.</summary>
internal sealed class Measurement
{
    private readonly IReadOnlyList<EnvironmentLog> _logs;
    private readonly SampleColumn _column;
    private readonly bool _completeOnly;

    /// <param name="logs">The role's logs.</param>
    /// <param name="column">The column.</param>
    /// <param name="completeOnly">Only samples that have every printed column.</param>
    public Measurement(IReadOnlyList<EnvironmentLog> logs, SampleColumn column, bool completeOnly)
    {
        _logs = logs;
        _column = column;
        _completeOnly = completeOnly;
        foreach (EnvironmentLog log in logs)
        {
            Moments own = log.Store.MomentsOf(column, completeOnly);
            Moments all = Moments;
            all.Add(in own);
            Moments = all;
            RowCount += log.Store.SampleCount;
        }
    }

    public Moments Moments { get; }

    /// <summary>The column.</summary>
    public SampleColumn Column => _column;

    /// <summary>The logs' role; null where it is not known.</summary>
    public LogRole? Role => _logs.Count == 0 ? null : _logs[0].RoleValue;

    /// <summary>Rows of the logs, used or not.</summary>
    public long RowCount { get; }

    public long ExcludedCount => RowCount - Moments.Count;

    public bool IsReservoir => _logs.Any(log => log.Store.IsReservoir);

    /// <summary>True when a log holds latencies that its records can only bound.</summary>
    public bool IsClamped => _logs.Any(log => log.Store.IsClamped);

    /// <summary>True when a log holds means without their samples: there are no quantiles then.</summary>
    public bool HasMeans => _logs.Any(log => log.Store.HasMeans);

    /// <summary>What to know about a mean that comes without its samples; null for others.</summary>
    public string? Note
    {
        get
        {
            if (!HasMeans)
            {
                return null;
            }

            bool isEstimate = _logs.Any(log => log.Store.IsEstimate);
            return (isEstimate, Moments.Count) switch
            {
                (true, 0) => "histograms have no total, and the stages' counts differ",
                (true, _) => SummaryFactory.EstimateNote + Bounds(),
                _ => "the tool's own averages, of values cut to whole us; each stage and the total have a count of their own",
            };
        }
    }

    /// <summary>True when a log was added up and its samples not kept: quantiles come from a histogram.</summary>
    public bool IsAggregate => _logs.Any(log => log.Store is { IsAggregate: true, HasMeans: false });

    /// <summary>A quantile of samples that were not kept, in us; null below so many values.</summary>
    public double? HistogramQuantile(double p, int least = 1)
    {
        LatencyHistogram? all = null;
        foreach (EnvironmentLog log in _logs)
        {
            if (log.Store.HistogramOf(_column, _completeOnly) is { } histogram)
            {
                all ??= new LatencyHistogram();
                all.Add(histogram);
            }
        }

        return all?.Quantile(p, least);
    }

    /// <summary>The values in us, ascending: all, or those that a reservoir kept.</summary>
    public List<double> SortedValues()
    {
        var values = new List<double>(_logs.Sum(log => log.Store.Records.Length));
        foreach (EnvironmentLog log in _logs)
        {
            log.Store.CopyTo(_column, _completeOnly, values);
        }

        values.Sort();
        return values;
    }

    private string Bounds()
    {
        (double Low, double High)[] bounds = [.. _logs.Select(log => log.Store.BoundsOf(_column))];
        double perSample = 1 / (1000.0 * Moments.Count);
        return FormattableString.Invariant($": the mean lies between {bounds.Sum(bound => bound.Low) * perSample:0.0} and {bounds.Sum(bound => bound.High) * perSample:0.0} us");
    }
}
