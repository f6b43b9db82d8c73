namespace VirtLatency.Model;

/// <summary>One part of the round trip: its latency in one environment, with count, basis and source.</summary>
public sealed class SegmentLatency
{
    /// <summary>Name of the environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Segment, Stage, Span, Layer or Container.</summary>
    public string? Level { get; init; }

    /// <summary>The part's id on the path: A, B_1, VirtSender ...; null at level Stage when a log's role is unknown.</summary>
    public string? Segment { get; init; }

    /// <summary>The part that holds this one; null for PingRtt, which holds all.</summary>
    public string? Parent { get; init; }

    /// <summary>What the part is; at level Stage the stage's name.</summary>
    public string? Name { get; init; }

    /// <summary>Request, TurnRound, Reply or Both.</summary>
    public string? Direction { get; init; }

    /// <summary>Where on the path it lies.</summary>
    public string? Location { get; init; }

    /// <summary>Measured, Derived, Remainder or UpperBound.</summary>
    public string? Basis { get; init; }

    /// <summary>Samples behind the number; for derived rows the smallest count among its inputs.</summary>
    public long SampleCount { get; init; }

    /// <summary>Rows of the same log that do not enter the number: flagged, incomplete or without this value.</summary>
    public long ExcludedCount { get; init; }

    /// <summary>Mean in us; for UpperBound rows the bound of the mean; null when not measured.</summary>
    public double? MeanUs { get; init; }

    /// <summary>Sample standard deviation in us (n - 1); null below two samples. Of computed rows it, the range and the quantiles are those of the packets that join.</summary>
    public double? StdDevUs { get; init; }

    /// <summary>Smallest sample in us.</summary>
    public double? MinUs { get; init; }

    /// <summary>Median in us (linear interpolation between order statistics).</summary>
    public double? P50Us { get; init; }

    /// <summary>95th percentile in us; null below 20 samples.</summary>
    public double? P95Us { get; init; }

    /// <summary>99th percentile in us; null below 100 samples.</summary>
    public double? P99Us { get; init; }

    /// <summary>Largest sample in us.</summary>
    public double? MaxUs { get; init; }

    /// <summary>Mean as a share of RoundTrip's mean, in percent; null for stages, bounds and rows with a parent in the same table.</summary>
    public double? SharePercent { get; init; }

    /// <summary>The run, or how many runs were pooled.</summary>
    public string? Run { get; init; }

    /// <summary>Files that the number comes from.</summary>
    public string? Source { get; init; }

    /// <summary>What a reader must know before using the number.</summary>
    public string? Note { get; init; }

    /// <summary>RoundTrip's mean of the same environment, for shares of a comparison of rows.</summary>
    internal double? RoundTripUs { get; init; }

    /// <summary>The columns that the mean is made from; empty where there is no mean.</summary>
    internal IReadOnlyList<PathTerm> Terms { get; init; } = [];
}
