namespace VirtLatency.Model;

/// <summary>A column's mean without the samples behind it, in nanoseconds.</summary>
/// <param name="Count">Samples behind it; 0 where there is no mean.</param>
/// <param name="Mean">The mean, or the estimate of it.</param>
/// <param name="Low">The least that it can be; the mean itself where it is exact.</param>
/// <param name="High">The most that it can be; the mean itself where it is exact.</param>
public readonly record struct ColumnMean(long Count, long Mean, long Low, long High)
{
    /// <summary>No mean.</summary>
    public static readonly ColumnMean None;

    /// <summary>A mean that is known.</summary>
    /// <param name="count">Samples behind it.</param>
    /// <param name="mean">The mean.</param>
    /// <returns>The mean with itself as its bounds.</returns>
    public static ColumnMean Exact(long count, long mean) => new(count, mean, mean, mean);
}
