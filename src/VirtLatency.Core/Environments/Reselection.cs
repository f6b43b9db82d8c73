using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>
/// Decides anew, for an environment that was read from an exported file, which samples take part in means and how many
/// are kept. A log of which not all samples are there as they were read keeps the decisions of its first import.
/// </summary>
public static class Reselection
{
    /// <summary>Applies the decisions.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="selection">Which samples take part in means; null for those that do.</param>
    /// <param name="maxSampleCount">Samples kept per log; null for as many as now.</param>
    /// <param name="report">Told of logs that cannot be decided anew.</param>
    /// <returns>An environment with the same logs.</returns>
    public static LatencyEnvironment Apply(LatencyEnvironment environment, SampleSelection? selection, int? maxSampleCount, IImportReport report)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(report);
        return selection is null && maxSampleCount is null
            ? environment
            : new LatencyEnvironment(environment.Name, environment.Path, [.. environment.Logs.Select(log => Apply(log, selection, maxSampleCount, report))]) { Note = environment.Note };
    }

    private static EnvironmentLog Apply(EnvironmentLog log, SampleSelection? selection, int? maxSampleCount, IImportReport report)
    {
        if (log.Store.Again(selection, maxSampleCount) is { } store)
        {
            return log.With(store);
        }

        string why = log.Store.IsClamped ? "holds latencies beyond 31 bits" : FormattableString.Invariant($"holds {log.Store.Records.Length} of {log.SampleCount} samples");
        report.Warning($"'{log.File}' was exported with decisions that cannot be made anew, for the exported file {why} of it: -MaxSampleCount, -IncludeFlagged and -ExcludeFirst have no effect on it. Import the log itself.");
        return log;
    }
}
