using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Flags keep samples out of means: what is said of these means is not said of the slow, stale or damaged samples beside them.</summary>
internal sealed class SamplesLeftOutRule : IFindingRule
{
    public string Id => "SamplesLeftOut";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        foreach (FindingSide side in input.Sides)
        {
            (LogRole Role, FlaggedSamples Samples)[] roles = [.. side.Roles.Select(role => (role.Key, side.Figures.Flagged(role.Key))).Where(role => role.Item2.LeftOutCount > 0)];
            if (roles.Length > 0)
            {
                yield return FindingOf(side, roles);
            }
        }
    }

    private static LatencyFinding FindingOf(FindingSide side, (LogRole Role, FlaggedSamples Samples)[] roles) => new()
    {
        Severity = nameof(FindingSeverity.Caution),
        Finding = $"Samples of {side.Name} are left out of its means by their flags: {FindingText.List(roles.Select(role => role.Role.ToString()))}",
        Evidence = string.Join("; ", roles.Select(role => FormattableString.Invariant($"{role.Role}: {role.Samples.LeftOutCount} of {role.Samples.SampleCount} ({role.Samples.LeftOutFlags})"))) + ".",
        Confidence = "Certain: it is a count.",
        Caveat = "A flag makes a value doubtful, not wrong. StaleFlow, StaleKick and LateInterrupt are long by definition: where they are real, the means look better than the path is, and nothing is called the same or fixed without them. With them, artefacts of the tools are in the means.",
        NextStep = CommandText.Noted("with them, to see what they change", $"{CommandText.Variable(side.Name)} = Import-LatencyEnvironment {CommandText.Literal(side.Environment.Path ?? side.Name)} -IncludeFlagged"),
        DifferenceEnvironment = side.Name,
    };
}
