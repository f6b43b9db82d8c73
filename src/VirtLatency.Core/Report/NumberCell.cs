using VirtLatency.Model;

namespace VirtLatency.Report;

/// <summary>A number at full precision with what it rests on; only its display is rounded.</summary>
/// <param name="Value">The number, never NaN or infinite.</param>
/// <param name="Unit">What it counts.</param>
public sealed record NumberCell(double Value, ReportUnit Unit) : ReportCell
{
    /// <summary>Samples behind it; null where a count has no meaning (counts, limits).</summary>
    public long? Count { get; init; }

    /// <summary>Lower end of its interval in its own unit; null where there is none.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public double? High { get; init; }

    /// <summary>How it came about; null where that is no question. An UpperBound is shown as a bound, Derived and Remainder as computed.</summary>
    public Basis? Basis { get; init; }

    /// <summary>True for differences: a plus sign stands before what is above 0.</summary>
    public bool IsSigned { get; init; }
}
