using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// A mean on its way through sums and differences, with what it rests on: the smallest count, the rows left out, the
/// logs, and the logs that are missing. A sum with a missing part has no mean.
/// </summary>
internal sealed record Figure(double? MeanUs, long Count, long ExcludedCount, IReadOnlyList<LogRole> Roles, IReadOnlyList<string> Reasons)
{
    public static Figure operator +(Figure left, Figure right) => Combine(left, right, left.MeanUs + right.MeanUs);

    public static Figure operator -(Figure left, Figure right) => Combine(left, right, left.MeanUs - right.MeanUs);

    public static Figure Sum(params ReadOnlySpan<Figure> parts)
    {
        Figure sum = parts[0];
        foreach (Figure part in parts[1..])
        {
            sum += part;
        }

        return sum;
    }

    private static Figure Combine(Figure left, Figure right, double? mean) => new(
        mean,
        mean is null ? 0 : Math.Min(left.Count, right.Count),
        Math.Max(left.ExcludedCount, right.ExcludedCount),
        [.. left.Roles.Union(right.Roles)],
        [.. left.Reasons.Union(right.Reasons)]);
}
