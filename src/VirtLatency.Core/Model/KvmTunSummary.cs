namespace VirtLatency.Model;

/// <summary>
/// A stage's mean as kvm_vhost_tun_latency itself computed it: the average of its closing block, or one of the
/// histograms of kvm_vhost_tun_latency_summary, whose buckets give bounds and an estimate only.
/// </summary>
public sealed class KvmTunSummary
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver as given.</summary>
    public string? HostRole { get; init; }

    /// <summary>The tap device, from the header.</summary>
    public string? Device { get; init; }

    /// <summary>S0, S1, S2 or Total; histograms have no Total.</summary>
    public string? Name { get; init; }

    /// <summary>Average (of the closing block) or Histogram.</summary>
    public string? Kind { get; init; }

    /// <summary>Run in the file, from 1.</summary>
    public string? Run { get; init; }

    /// <summary>Wall clock HH:MM:SS of a histogram's interval; null for the whole run.</summary>
    public string? Interval { get; init; }

    /// <summary>Samples behind the mean; null where the log does not print it.</summary>
    public long? SampleCount { get; init; }

    /// <summary>The average in us, as printed; for a histogram the middle of the bounds, an estimate. Null without samples.</summary>
    public double? MeanUs { get; init; }

    /// <summary>The least that a histogram's mean can be in us; null for averages.</summary>
    public double? MeanLowUs { get; init; }

    /// <summary>The most that a histogram's mean can be in us; null for averages.</summary>
    public double? MeanHighUs { get; init; }

    /// <summary>What the tool printed as the mean in us; for a histogram it is of buckets twice too high.</summary>
    public double? PrintedMeanUs { get; init; }

    /// <summary>What to know about the mean.</summary>
    public string? Note { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file.</summary>
    public long Line { get; init; }
}
