using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// What failed checks of Get-LatencyClosure do to findings. A check puts the logs of roles in doubt; a finding rests on
/// rows, each made from logs of roles. Rows without a doubted log carry the finding; where there is none, the finding is one
/// step less sure. The caveat says it in both cases.
/// </summary>
internal static class FailedChecks
{
    /// <summary>Rules that say what does not fit together: all else is to be read after them.</summary>
    private static readonly string[] Rules = ["ClosureFailed", "PiecesExceedContainer"];

    /// <summary>The place of a finding before all that goes by severity: findings of failed checks come first.</summary>
    public static int RankOf(LatencyFinding finding) => Array.IndexOf(Rules, finding.Rule) is >= 0 and var place ? place : Rules.Length;

    /// <summary>The finding with what failed checks mean for it.</summary>
    public static LatencyFinding Weigh(LatencyFinding finding, FindingInput input)
    {
        (FindingSide Side, ClosureCheck Check)[] failed = [.. from side in input.Sides from check in side.Closure where check.Passed == false && finding.Rows.Any(row => Concerns(side, check, row)) select (side, check)];
        if (failed.Length == 0)
        {
            return finding;
        }

        string checks = string.Join(", ", failed.GroupBy(item => item.Side).Select(side => $"{FindingText.List(side.Select(item => item.Check.Check!).Distinct())} in {side.Key.Name}"));
        ILookup<bool, string> parts = finding.Rows.ToLookup(row => Array.Exists(failed, item => Concerns(item.Side, item.Check, row)), FindingText.Part);
        string[] sound = [.. parts[false]];
        if (sound.Length == 0)
        {
            return finding with { Confidence = FindingConfidence.Lowered(finding.Confidence), Caveat = $"Failed checks put these numbers in doubt: {checks}. {finding.Caveat}" };
        }

        string carriers = $"{FindingText.List(sound)} {(sound.Length == 1 ? "is in none of them and carries" : "are in none of them and carry")} the finding";
        return finding with { Caveat = $"Failed checks put {FindingText.List(parts[true])} in doubt: {checks}; {carriers}. {finding.Caveat}" };
    }

    private static bool Concerns(FindingSide side, ClosureCheck check, LatencyDifference row) =>
        (side.Name == row.ReferenceEnvironment || side.Name == row.DifferenceEnvironment) && check.DoubtedRoles.Intersect(row.Roles).Any();
}
