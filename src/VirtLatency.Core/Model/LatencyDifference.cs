namespace VirtLatency.Model;

/// <summary>One part of the round trip in two environments. Delta = difference - reference, ratio = difference / reference.</summary>
public sealed record LatencyDifference
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

    /// <summary>Lower end of the ratio's interval (Fieller); null where there is none, or the reference's own interval holds 0.</summary>
    public double? RatioLow { get; init; }

    /// <summary>Upper end of the ratio's interval.</summary>
    public double? RatioHigh { get; init; }

    /// <summary>Lower end of the share's interval (Fieller), in percent; null where there is none, or RoundTrip's delta is not told from 0.</summary>
    public double? ShareLowPercent { get; init; }

    /// <summary>Upper end of the share's interval, in percent.</summary>
    public double? ShareHighPercent { get; init; }

    /// <summary>Runs behind the reference.</summary>
    public int? ReferenceRunCount { get; init; }

    /// <summary>Runs behind the compared environment.</summary>
    public int? DifferenceRunCount { get; init; }

    /// <summary>Independent samples that the reference's are worth; null where the runs are the unit.</summary>
    public double? ReferenceEffectiveCount { get; init; }

    /// <summary>Independent samples that the compared environment's are worth; null where the runs are the unit.</summary>
    public double? DifferenceEffectiveCount { get; init; }

    /// <summary>Standard deviation between runs in us, both sides pooled; null where the runs are not the unit.</summary>
    public double? BetweenRunStdDevUs { get; init; }

    /// <summary>Standard deviation of samples within runs in us, both sides pooled; null where there are no samples of it.</summary>
    public double? WithinRunStdDevUs { get; init; }

    /// <summary>Probability that a sample (a run, where runs are the unit) of the compared environment is larger than one of the reference, ties half.</summary>
    public double? LargerProbability { get; init; }

    /// <summary>p of the rank test (Brunner-Munzel) that this probability is one half; not adjusted.</summary>
    public double? RankPValue { get; init; }

    /// <summary>Difference in us up to which two means count as the same.</summary>
    public double? EquivalenceMarginUs { get; init; }

    /// <summary>p of two one-sided tests that the means differ by more than the margin: small means "the same".</summary>
    public double? EquivalencePValue { get; init; }

    /// <summary>Runs on each side that would settle it at the spread between runs seen here; null where it is settled, or not known.</summary>
    public int? NeededRunCount { get; init; }

    /// <summary>How the standard error came about: Samples, Joined, Runs, or Bound where logs of one run do not join.</summary>
    public string? ErrorBasis { get; init; }

    /// <summary>The part that holds this one, for views.</summary>
    internal string? Parent { get; init; }

    /// <summary>Difference of the round trips, in us; null where one is not known.</summary>
    internal double? RoundTripDeltaUs { get; init; }

    /// <summary>Basis of the reference, for views.</summary>
    internal string? ReferenceBasis { get; init; }

    /// <summary>Basis of the compared environment, for views.</summary>
    internal string? DifferenceBasis { get; init; }

    /// <summary>Where on the path the part lies, for reports.</summary>
    internal string? Location { get; init; }

    /// <summary>Ends of the reference mean's own interval in us, for reports; null without a test.</summary>
    internal (double Low, double High)? ReferenceInterval { get; init; }

    /// <summary>The same of the compared environment's mean.</summary>
    internal (double Low, double High)? DifferenceInterval { get; init; }

    /// <summary>Roles whose logs the two means are made from.</summary>
    internal IReadOnlyList<LogRole> Roles { get; init; } = [];
}
