namespace VirtLatency.Model;

/// <summary>
/// Count, exact sum, spread and range of a column, added to one by one and mergeable. Values are nanoseconds; the sum
/// is a whole number, so the mean has no rounding but its last division. Spread by Welford's method, merged by Chan's
/// (Chan, Golub, LeVeque 1979).
/// </summary>
public struct Moments
{
    private Int128 _sum;
    private double _runningMean;
    private double _squares;
    private bool _isMeanOnly;

    /// <summary>Values added.</summary>
    public long Count { get; private set; }

    /// <summary>Smallest value in nanoseconds.</summary>
    public long Min { get; private set; }

    /// <summary>Largest value in nanoseconds.</summary>
    public long Max { get; private set; }

    /// <summary>Smallest value in us; null without values, and where a mean came without its values.</summary>
    public readonly double? MinUs => Count == 0 || _isMeanOnly ? null : Min / 1000.0;

    /// <summary>Largest value in us; null without values, and where a mean came without its values.</summary>
    public readonly double? MaxUs => Count == 0 || _isMeanOnly ? null : Max / 1000.0;

    /// <summary>Mean in us; null without values.</summary>
    public readonly double? MeanUs => Count == 0 ? null : (double)_sum / Count / 1000.0;

    /// <summary>Sample standard deviation in us (n - 1); null below two values, and where a mean came without its values.</summary>
    public readonly double? StdDevUs => Count < 2 || _isMeanOnly ? null : Math.Sqrt(_squares / (Count - 1)) / 1000.0;

    /// <summary>All that it holds, to be kept and brought back exactly.</summary>
    internal readonly MomentsState State => new(Count, _sum, _runningMean, _squares, Min, Max);

    /// <summary>Brings back what was kept.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Moments that go on where the kept ones ended.</returns>
    internal static Moments Of(in MomentsState state) => new()
    {
        Count = state.Count,
        Min = state.Min,
        Max = state.Max,
        _sum = state.Sum,
        _runningMean = state.RunningMean,
        _squares = state.Squares,
    };

    /// <summary>Adds a value.</summary>
    /// <param name="nanoseconds">The value.</param>
    public void Add(long nanoseconds)
    {
        Min = Count == 0 ? nanoseconds : Math.Min(Min, nanoseconds);
        Max = Count == 0 ? nanoseconds : Math.Max(Max, nanoseconds);
        Count++;
        _sum += nanoseconds;
        double distance = nanoseconds - _runningMean;
        _runningMean += distance / Count;
        _squares += distance * (nanoseconds - _runningMean);
    }

    /// <summary>Adds a mean whose values are not known: from here on there is a count and a mean, but no spread and no range.</summary>
    /// <param name="count">Values behind the mean; none changes nothing.</param>
    /// <param name="meanNanoseconds">The mean.</param>
    public void AddMean(long count, long meanNanoseconds)
    {
        if (count > 0)
        {
            Count += count;
            _sum += (Int128)meanNanoseconds * count;
            _isMeanOnly = true;
        }
    }

    /// <summary>Adds all values of another.</summary>
    /// <param name="other">The other.</param>
    public void Add(in Moments other)
    {
        if (other.Count == 0)
        {
            return;
        }

        if (Count == 0)
        {
            this = other;
            return;
        }

        double distance = other._runningMean - _runningMean;
        long count = Count + other.Count;
        _squares += other._squares + (distance * distance * ((double)Count * other.Count / count));
        _runningMean += distance * other.Count / count;
        _sum += other._sum;
        Count = count;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        _isMeanOnly |= other._isMeanOnly;
    }
}
