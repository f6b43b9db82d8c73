using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// A mean on its way through sums and differences, with what it rests on: the smallest and largest count among its
/// parts, the rows left out, the logs and their runs, the columns it is made from, and why there is no mean. A sum has none when a part has none, or
/// when the parts are of different runs: such a difference would be one of runs, not of the path.
/// </summary>
internal sealed record Figure(
    double? MeanUs,
    long Count,
    long LargestCount,
    long ExcludedCount,
    IReadOnlyList<LogRole> Roles,
    IReadOnlyList<string> Runs,
    IReadOnlyList<PathTerm> Terms,
    IReadOnlyList<string> Reasons)
{
    public static Figure operator +(Figure left, Figure right) => Combine(left, right, left.MeanUs + right.MeanUs, 1);

    public static Figure operator -(Figure left, Figure right) => Combine(left, right, left.MeanUs - right.MeanUs, -1);

    public static Figure None(string reason, long excluded = 0) => new(null, 0, 0, excluded, [], [], [], [reason]);

    public static Figure Sum(params ReadOnlySpan<Figure> parts)
    {
        Figure sum = parts[0];
        foreach (Figure part in parts[1..])
        {
            sum += part;
        }

        return sum;
    }

    private static Figure Combine(Figure left, Figure right, double? mean, int sign)
    {
        bool otherRuns = mean is not null && !left.Runs.SequenceEqual(right.Runs);
        string[] reasons = otherRuns
            ? [$"not computed over different runs: {Text(left)} against {Text(right)}. Import runs that have the same logs"]
            : [];
        bool none = mean is null || otherRuns;
        return new Figure(
            none ? null : mean,
            none ? 0 : Math.Min(left.Count, right.Count),
            none ? 0 : Math.Max(left.LargestCount, right.LargestCount),
            Math.Max(left.ExcludedCount, right.ExcludedCount),
            [.. left.Roles.Union(right.Roles)],
            left.Runs,
            none ? [] : PathTerm.Combine(left.Terms, right.Terms, sign),
            [.. left.Reasons.Union(right.Reasons).Union(reasons)]);
    }

    private static string Text(Figure figure) =>
        $"{string.Join(" and ", figure.Roles)} has {string.Join(", ", figure.Runs.Select(run => run.Length == 0 ? "one run" : run))}";
}
