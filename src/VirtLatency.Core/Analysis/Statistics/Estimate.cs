namespace VirtLatency.Analysis.Statistics;

/// <summary>A number that was estimated, and how well: all that tests and intervals need.</summary>
/// <param name="Value">The estimate, in us where latencies are meant.</param>
/// <param name="StandardError">Its standard error in the same unit; 0 when the data showed no spread at all.</param>
/// <param name="DegreesOfFreedom">Of the standard error; at least 1.</param>
internal readonly record struct Estimate(double Value, double StandardError, double DegreesOfFreedom)
{
    /// <summary>Value over standard error; null without spread.</summary>
    public double? T => StandardError > 0 ? Value / StandardError : null;

    /// <summary>
    /// Two-sided p of "the true value is 0"; null without spread: values that are all equal are steps of a clock, and say
    /// nothing about how far the next ones would lie.
    /// </summary>
    public double? PValue => T is { } t ? Distributions.TwoSidedP(t, DegreesOfFreedom) : null;

    /// <summary>The interval that holds the true value with the level's probability.</summary>
    /// <param name="level">0.95 for one interval; 1 - 0.05 / m for each of m that shall hold together (Bonferroni).</param>
    /// <returns>The interval, or null without spread.</returns>
    public Interval? IntervalAt(double level)
    {
        if (StandardError <= 0)
        {
            return null;
        }

        double half = Distributions.Critical(level, DegreesOfFreedom) * StandardError;
        return new Interval(Value - half, Value + half);
    }
}
