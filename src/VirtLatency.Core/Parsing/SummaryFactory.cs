using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Makes the flat rows of what tools print besides samples: averages, histograms, statistics.</summary>
public static class SummaryFactory
{
    /// <summary>Said of every mean that comes from buckets.</summary>
    public const string EstimateNote = "estimate from histogram buckets";

    private const string AverageNote = "the tool's own average, of values cut to whole us";

    private const string HistogramNote = EstimateNote + ", which the tool labels twice too high; PrintedMeanUs is of the labels";

    /// <summary>A row of the closing averages.</summary>
    /// <param name="average">The average.</param>
    /// <param name="facts">The log's header.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static KvmTunSummary From(KvmTunAverage average, LogFacts facts, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = context.HostRole?.ToString(),
        Device = facts.Device,
        Name = average.Name,
        Kind = "Average",
        Run = SampleFactory.RunText(average.Run),
        SampleCount = average.SampleCount,
        MeanUs = Latency.ToMicroseconds(average.Mean),
        PrintedMeanUs = Latency.ToMicroseconds(average.Mean),
        Note = AverageNote,
        File = context.File,
        Line = average.Line,
    };

    /// <summary>A row of a histogram: the mean is the middle of what its buckets allow.</summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="facts">The log's header.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static KvmTunSummary From(in KvmTunHistogram histogram, LogFacts facts, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = context.HostRole?.ToString(),
        Device = facts.Device,
        Name = histogram.Name,
        Kind = "Histogram",
        Run = SampleFactory.RunText(histogram.Run),
        Interval = histogram.IsFinal ? null : TimeText(histogram.TimeOfDay),
        SampleCount = histogram.Count,
        MeanUs = histogram.MeanUs,
        MeanLowUs = histogram.MeanLowUs,
        MeanHighUs = histogram.MeanHighUs,
        PrintedMeanUs = Latency.ToMicroseconds(histogram.PrintedMean),
        Note = histogram.WrappedCount == 0 ? HistogramNote : FormattableString.Invariant($"{HistogramNote}; {histogram.WrappedCount} negative differences left out"),
        File = context.File,
        Line = histogram.Line,
    };

    /// <summary>A row of vhost_wakeup_latency's statistics.</summary>
    /// <param name="statistics">The block.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static VhostWakeupSummary From(in VhostWakeupStatistics statistics, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = context.HostRole?.ToString(),
        Kind = statistics.Elapsed is null ? "Final" : "Interval",
        ElapsedSeconds = statistics.Elapsed / 1000.0,
        WakeupCount = statistics.WakeupCount,
        SwitchCount = statistics.SwitchCount,
        MeanUs = Latency.ToMicroseconds(statistics.Mean),
        MaxUs = Latency.ToMicroseconds(statistics.Max),
        Note = statistics.SwitchCount == 0
            ? "no wake-up was seen to its end"
            : "all workers of the host since the tool's start, cut to whole us; under Python 2 the average is cut too",
        File = context.File,
        Line = statistics.Line,
    };

    private static string TimeText(int milliseconds) =>
        TimeOnly.FromTimeSpan(TimeSpan.FromMilliseconds(milliseconds)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
