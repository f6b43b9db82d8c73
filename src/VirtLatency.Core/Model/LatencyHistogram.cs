using HdrHistogram;

namespace VirtLatency.Model;

/// <summary>
/// Latencies in nanoseconds, counted in classes whose width is a thousandth of their value (HdrHistogram, 3 significant
/// digits): quantiles of any number of values in a bounded memory of 270 kB.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>An hour in nanoseconds: no tool waits so long; what is beyond counts as that.</summary>
    private const long Longest = 3_600_000_000_000;

    private readonly LongHistogram _values;
    private long _belowZero;

    /// <summary>Makes an empty histogram.</summary>
    public LatencyHistogram()
        : this(new LongHistogram(Longest, SignificantDigits))
    {
    }

    private LatencyHistogram(LongHistogram values) => _values = values;

    /// <summary>Digits of a value that are kept.</summary>
    public static int SignificantDigits => 3;

    /// <summary>Values added.</summary>
    public long Count => _values.TotalCount + _belowZero;

    /// <summary>Adds a value; below zero, which only -IncludeFlagged lets in, it is counted and no more.</summary>
    /// <param name="nanoseconds">The value.</param>
    public void Add(long nanoseconds)
    {
        if (nanoseconds < 0)
        {
            _belowZero++;
            return;
        }

        _values.RecordValue(Math.Min(nanoseconds, Longest));
    }

    /// <summary>Adds all values of another.</summary>
    /// <param name="other">The other.</param>
    public void Add(LatencyHistogram other)
    {
        _values.Add(other._values);
        _belowZero += other._belowZero;
    }

    /// <summary>The same values apart.</summary>
    /// <returns>A copy.</returns>
    public LatencyHistogram Copy()
    {
        var copy = new LatencyHistogram();
        copy.Add(this);
        return copy;
    }

    /// <summary>A quantile in us.</summary>
    /// <param name="p">0 to 1.</param>
    /// <param name="least">Null is returned below this many values.</param>
    /// <returns>The middle of the class that holds it; null where that lies below zero.</returns>
    public double? Quantile(double p, int least)
    {
        double position = (p * (Count - 1)) + 1 - _belowZero;
        if (Count < Math.Max(least, 1) || position < 1)
        {
            return null;
        }

        long value = _values.GetValueAtPercentile(100 * position / _values.TotalCount);
        return (_values.LowestEquivalentValue(value) + _values.HighestEquivalentValue(value)) / 2000.0;
    }
}
