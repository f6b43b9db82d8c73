namespace VirtLatency.Analysis.Statistics;

/// <summary>A ratio of two estimates.</summary>
/// <param name="Value">Numerator over denominator; null when the denominator is 0.</param>
/// <param name="Interval">Where the true ratio lies; null where it cannot be bounded.</param>
/// <param name="Reason">Why there is no interval; null where there is one.</param>
internal sealed record RatioEstimate(double? Value, Interval? Interval, string? Reason);
