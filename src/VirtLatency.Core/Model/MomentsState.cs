namespace VirtLatency.Model;

/// <summary>Every field of <see cref="Moments"/>, in nanoseconds.</summary>
/// <param name="Count">Values added.</param>
/// <param name="Sum">Their exact sum.</param>
/// <param name="RunningMean">Mean by Welford's method.</param>
/// <param name="Squares">Sum of squared distances from the mean.</param>
/// <param name="Min">Smallest value; 0 without values.</param>
/// <param name="Max">Largest value; 0 without values.</param>
internal readonly record struct MomentsState(long Count, Int128 Sum, double RunningMean, double Squares, long Min, long Max)
{
    /// <summary>Whether values can have given this.</summary>
    public bool IsPossible => Count == 0
        ? this == default
        : Count > 0 && Min <= Max && (Int128)Count * Min <= Sum && Sum <= (Int128)Count * Max && double.IsFinite(RunningMean) && double.IsFinite(Squares) && Squares >= 0;
}
