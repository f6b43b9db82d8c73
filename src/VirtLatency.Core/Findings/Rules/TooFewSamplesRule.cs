using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Logs with so few samples that their spread is hardly known: below ten, an interval is mostly a statement about that.</summary>
internal sealed class TooFewSamplesRule : IFindingRule
{
    private const int Enough = 10;

    public string Id => "TooFewSamples";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        foreach (FindingSide side in input.Sides)
        {
            (LogRole Role, long Count)[] few = [.. side.Roles.Select(role => (role.Key, role.Sum(log => log.SampleCount - log.ExcludedCount - log.Store.LostCount))).Where(role => role.Item2 < Enough)];
            if (few.Length > 0)
            {
                yield return FindingOf(input, side, few);
            }
        }
    }

    private static LatencyFinding FindingOf(FindingInput input, FindingSide side, (LogRole Role, long Count)[] few) => new()
    {
        Severity = nameof(FindingSeverity.Caution),
        Finding = $"Too few samples in {side.Name}: {FindingText.List(few.Select(role => FormattableString.Invariant($"n = {role.Count} ({LogRoleName.Describe(role.Role)})")))}",
        Evidence = string.Join("; ", few.Select(role => $"{role.Role}: {What(role.Count, input.ConfidenceLevel)}")) + ".",
        Confidence = "Certain: it is a count.",
        Caveat = "A mean of few samples can be right; it cannot be told from a wrong one. One slow wake-up in them, or one missing, makes the mean.",
        NextStep = CommandText.Capture(side, few[0].Role),
        DifferenceEnvironment = side.Name,
    };

    private static string What(long count, double level) => count switch
    {
        0 => "no sample that counts",
        1 => "one sample has no spread, so there is no interval and no test",
        _ => FormattableString.Invariant($"an interval of {count} samples is {FindingText.Us(Distributions.Critical(level, count - 1))} standard errors to each side, of 100 samples {FindingText.Us(Distributions.Critical(level, 99))}"),
    };
}
