using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// One histogram of kvm_vhost_tun_latency_summary: a stage in an interval, or in the final block. Its buckets bound the
/// mean; what the tool prints as the mean is of buckets that are one power of two too high.
/// </summary>
public struct KvmTunHistogram
{
    /// <summary>Line of the title.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Stage: 0, 1 or 2.</summary>
    public int Stage;

    /// <summary>True in the final block, which counts from the tool's start.</summary>
    public bool IsFinal;

    /// <summary>Wall clock of the interval's printing as milliseconds of the day; -1 in the final block.</summary>
    public int TimeOfDay;

    /// <summary>Samples with a usable bucket.</summary>
    public long Count;

    /// <summary>Samples in buckets that only a wrapped negative difference reaches; not in <see cref="Count"/>.</summary>
    public long WrappedCount;

    /// <summary>Sum of the buckets' lower ends in us.</summary>
    public double LowSum;

    /// <summary>Sum of the buckets' upper ends in us.</summary>
    public double HighSum;

    /// <summary>The printed average in nanoseconds; missing where there are no samples.</summary>
    public long PrintedMean;

    /// <summary>Name of the stage.</summary>
    public readonly string Name => Stage switch { 0 => "S0", 1 => "S1", _ => "S2" };

    /// <summary>The middle of what the mean of the counted whole us can be; null without samples.</summary>
    public readonly double? MeanUs => Count == 0 ? null : (LowSum + HighSum) / 2 / Count;

    /// <summary>The least that the mean of the counted whole us can be; null without samples.</summary>
    public readonly double? MeanLowUs => Count == 0 ? null : LowSum / Count;

    /// <summary>The most that the mean of the counted whole us can be; null without samples.</summary>
    public readonly double? MeanHighUs => Count == 0 ? null : HighSum / Count;
}
