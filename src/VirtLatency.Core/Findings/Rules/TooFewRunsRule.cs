using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The run is what has to be repeated: with fewer than three a side only the runs are compared, and some differences need more.</summary>
internal sealed class TooFewRunsRule : IFindingRule
{
    private const int Least = 3;

    public string Id => "TooFewRuns";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        foreach (FindingPair pair in input.Pairs)
        {
            (int one, int other) = (pair.EndToEnd?.ReferenceRunCount ?? pair.Reference.Environment.RunCount, pair.EndToEnd?.DifferenceRunCount ?? pair.Difference.Environment.RunCount);
            int? needed = pair.EndToEnd?.NeededRunCount;
            if (Math.Min(one, other) < Least || needed is not null)
            {
                yield return FindingOf(pair, one, other, needed);
            }
        }
    }

    private static LatencyFinding FindingOf(FindingPair pair, int one, int other, int? needed)
    {
        (string reference, string difference) = (pair.Reference.Name, pair.Difference.Name);
        bool isFew = Math.Min(one, other) < Least;
        string spread = pair.EndToEnd is { BetweenRunStdDevUs: { } between } row ? FormattableString.Invariant($"; the runs' conditions spread by {FindingText.Us(between)} us, packets within a run by {FindingText.Us(row.WithinRunStdDevUs ?? 0)} us") : string.Empty;
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = isFew
                ? $"Too few runs: what is shown of {reference} and {difference} is that these runs differ or not, not the environments"
                : FormattableString.Invariant($"More runs are needed to tell {reference} from {difference}: {needed} a side at this spread"),
            Evidence = FormattableString.Invariant($"{FindingText.Count(one, "run")} of {reference}, {other} of {difference}; intervals of environments need {Least} a side{spread}."),
            Confidence = "Certain: it is a count.",
            Caveat = "Packets of one run share the placement of threads, caches and temperature, so more packets of the same run do not help. With 10 % of spread between runs, a third to four fifths of comparisons of single runs find a difference where there is none.",
            NextStep = CommandText.Noted("once the folders have a subfolder for each of three runs or more", $"{CommandText.Variable(reference)}, {CommandText.Variable(difference)} = Import-LatencyEnvironment {CommandText.Literal(reference)}, {CommandText.Literal(difference)}"),
            ReferenceEnvironment = reference,
            DifferenceEnvironment = difference,
        };
    }
}
