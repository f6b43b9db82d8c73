namespace VirtLatency.Model;

/// <summary>One column of one log, as often as a part of the path counts it: VirtReceiver is 1 x External of the receiver's host and -1 x Total of its VM.</summary>
/// <param name="Coefficient">How often, with its sign.</param>
/// <param name="Role">The log.</param>
/// <param name="Column">The column.</param>
internal readonly record struct PathTerm(double Coefficient, LogRole Role, SampleColumn Column)
{
    /// <summary>Adds two lists, the second with a sign; what cancels is gone.</summary>
    public static IReadOnlyList<PathTerm> Combine(IReadOnlyList<PathTerm> left, IReadOnlyList<PathTerm> right, int sign) =>
    [
        .. left.Concat(right.Select(term => term with { Coefficient = sign * term.Coefficient }))
            .GroupBy(term => (term.Role, term.Column))
            .Select(group => new PathTerm(group.Sum(term => term.Coefficient), group.Key.Role, group.Key.Column))
            .Where(term => term.Coefficient != 0),
    ];
}
