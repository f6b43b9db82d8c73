using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Two of the environments have a log in common, by content: a copy in the wrong folder, or an environment against itself.</summary>
internal sealed class SameLogsRule : IFindingRule
{
    public string Id => "SameLogs";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => PairsOf(input).Select(FindingOf).OfType<LatencyFinding>();

    /// <summary>What is compared, and the state after a change with what it should be like.</summary>
    private static IEnumerable<(FindingSide One, FindingSide Other)> PairsOf(FindingInput input)
    {
        IEnumerable<(FindingSide, FindingSide)> pairs = input.Pairs.Select(pair => (pair.Reference, pair.Difference));
        return input is { Reference: { } reference, After: { } after } ? pairs.Append((reference, after)) : pairs;
    }

    private static LatencyFinding? FindingOf((FindingSide One, FindingSide Other) pair)
    {
        (FindingSide one, FindingSide other) = pair;
        SharedLogs[] shared = [.. one.Roles.Select(role => one.Figures.SharedWith(other.Figures, role.Key)).Where(logs => logs.Any)];
        return shared.Length == 0 ? null : new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"{one.Name} and {other.Name} have the same logs of {FindingText.List(shared.Select(logs => logs.Name))}: nothing is concluded from their comparison",
            Evidence = string.Join("; ", shared.Select(logs => logs.Note)) + ".",
            Confidence = "High: the samples of these logs are the same one by one, or where only figures are there, in each of them.",
            Caveat = "Rows that rest on these logs have no verdict; other rows are compared. A part of a log beside the whole, or the same run seen by another tool, is not noticed.",
            NextStep = CommandText.Noted("for each side in a run of its own", CommandText.Capture(other, shared[0].Role)),
            ReferenceEnvironment = one.Name,
            DifferenceEnvironment = other.Name,
        };
    }
}
