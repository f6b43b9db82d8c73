namespace VirtLatency.Model;

/// <summary>One part of the round trip in two environments. Delta = difference - reference, ratio = difference / reference.</summary>
public sealed class LatencyDifference
{
    /// <summary>Segment, Stage, Span, Layer or Container.</summary>
    public string? Level { get; init; }

    /// <summary>The part's id on the path.</summary>
    public string? Segment { get; init; }

    /// <summary>What the part is; at level Stage the stage's name.</summary>
    public string? Name { get; init; }

    /// <summary>The environment compared against.</summary>
    public string? ReferenceEnvironment { get; init; }

    /// <summary>The environment compared.</summary>
    public string? DifferenceEnvironment { get; init; }

    /// <summary>Mean in the reference in us.</summary>
    public double? ReferenceUs { get; init; }

    /// <summary>Mean in the compared environment in us.</summary>
    public double? DifferenceUs { get; init; }

    /// <summary>Difference - reference in us; null when a side is missing or only a bound.</summary>
    public double? DeltaUs { get; init; }

    /// <summary>Difference / reference; null when a side is missing, only a bound, or the reference is 0.</summary>
    public double? Ratio { get; init; }

    /// <summary>Delta as a share of RoundTrip's delta, in percent.</summary>
    public double? SharePercent { get; init; }

    /// <summary>Lower end of the delta's interval in us; null: no interval is computed.</summary>
    public double? DeltaLowUs { get; init; }

    /// <summary>Upper end of the delta's interval in us; null: no interval is computed.</summary>
    public double? DeltaHighUs { get; init; }

    /// <summary>p of the test on means; null: no test is made.</summary>
    public double? PValue { get; init; }

    /// <summary>p adjusted for the rows of the table; null: no test is made.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>Samples behind the reference.</summary>
    public long ReferenceCount { get; init; }

    /// <summary>Samples behind the compared environment.</summary>
    public long DifferenceCount { get; init; }

    /// <summary>Higher, Lower, NotDistinguishable or TooFewSamples; empty: no test is made.</summary>
    public string Verdict { get; init; } = string.Empty;

    /// <summary>Runs or WithinRun: what the test took as its unit; null: no test is made.</summary>
    public string? Replication { get; init; }

    /// <summary>The weaker basis of the two sides.</summary>
    public string? Basis { get; init; }

    /// <summary>What a reader must know before using the numbers.</summary>
    public string? Note { get; init; }

    /// <summary>The part that holds this one, for views.</summary>
    internal string? Parent { get; init; }

    /// <summary>Basis of the reference, for views.</summary>
    internal string? ReferenceBasis { get; init; }

    /// <summary>Basis of the compared environment, for views.</summary>
    internal string? DifferenceBasis { get; init; }
}
