namespace VirtLatency.Model;

/// <summary>
/// Latencies travel through the program as whole nanoseconds in a <see cref="long"/>: the tools print 0.001, 0.1 or
/// 1 us, so every printed value is exact, and sums stay exact too. They become microseconds only in output rows.
/// </summary>
public static class Latency
{
    /// <summary>Stands for "not measured" wherever a latency is a plain number.</summary>
    public const long Missing = long.MinValue;

    /// <summary>Nanoseconds to microseconds.</summary>
    /// <param name="nanoseconds">The latency, or <see cref="Missing"/>.</param>
    /// <returns>Microseconds, or null when not measured.</returns>
    public static double? ToMicroseconds(long nanoseconds) => nanoseconds == Missing ? null : nanoseconds / 1000.0;

    /// <summary>Microseconds to whole nanoseconds.</summary>
    /// <param name="microseconds">Microseconds, or null when not measured.</param>
    /// <returns>Nanoseconds, or <see cref="Missing"/>.</returns>
    public static long FromMicroseconds(double? microseconds) =>
        microseconds is { } value ? (long)Math.Round(value * 1000.0) : Missing;

    /// <summary>A duration, for instance a tool's time-out, as whole nanoseconds.</summary>
    /// <param name="duration">The duration; its tick is 100 ns.</param>
    /// <returns>Nanoseconds.</returns>
    public static long FromTimeSpan(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Adds latencies; the sum is missing when a part is.</summary>
    /// <param name="parts">The parts in nanoseconds.</param>
    /// <returns>The sum, or <see cref="Missing"/>.</returns>
    public static long Sum(params ReadOnlySpan<long> parts)
    {
        long sum = 0;
        foreach (long part in parts)
        {
            if (part == Missing)
            {
                return Missing;
            }

            sum += part;
        }

        return sum;
    }
}
