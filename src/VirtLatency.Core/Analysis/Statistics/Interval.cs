namespace VirtLatency.Analysis.Statistics;

/// <summary>From Low to High, both in the unit of what is estimated.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a value lies inside or on an end.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True if so.</returns>
    public bool Contains(double value) => Low <= value && value <= High;
}
