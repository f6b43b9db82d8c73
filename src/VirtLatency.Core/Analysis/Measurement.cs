using VirtLatency.Model;

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

    /// <summary>Rows of the logs, used or not.</summary>
    public long RowCount { get; }

    public long ExcludedCount => RowCount - Moments.Count;

    public bool IsReservoir => _logs.Any(log => log.Store.IsReservoir);

    /// <summary>True when a log holds latencies that its records can only bound.</summary>
    public bool IsClamped => _logs.Any(log => log.Store.IsClamped);

    /// <summary>The values in us, ascending: all, or those that a reservoir kept.</summary>
    public List<double> SortedValues()
    {
        var values = new List<double>();
        foreach (EnvironmentLog log in _logs)
        {
            log.Store.CopyTo(_column, _completeOnly, values);
        }

        values.Sort();
        return values;
    }
}
