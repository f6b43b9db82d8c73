using VirtLatency.Analysis;
using VirtLatency.Analysis.Closing;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// Numbers that must fit together do not: parts of one clock that are not their total, or an inside that is longer than
/// what holds it. Pieces in a virtualization layer, foreign packets and printed totals have rules of their own.
/// </summary>
internal sealed class ClosureFailedRule : IFindingRule
{
    public string Id => "ClosureFailed";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.Sides.Select(FindingOf).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingSide side)
    {
        ClosureCheck[] failed = [.. side.Closure.Where(check => check.Passed == false && !IsElsewhere(check))];
        return failed.Length == 0 ? null : new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"Numbers of {side.Name} do not fit together: {FindingText.List(failed.Select(check => check.Check!).Distinct())}",
            Evidence = string.Join("; ", failed.Select(check => FormattableString.Invariant($"{check.Check} ({check.Scope?.ToLowerInvariant()}): {FindingText.Us(check.ActualUs!.Value)} us, {check.Expected}, off by {FindingText.Us(check.ResidualUs!.Value)} us where print steps allow {FindingText.Us(check.ToleranceUs!.Value)}, n {check.SampleCount}"))) + ".",
            Confidence = "Certain: beyond what print steps can do.",
            Caveat = failed[0].Meaning ?? "The logs are damaged, or not of the same packets.",
            NextStep = $"Get-LatencyClosure {CommandText.Variable(side.Name)} | Where-Object Passed -eq $false",
            DifferenceEnvironment = side.Name,
        };
    }

    private static bool IsElsewhere(ClosureCheck check) =>
        check.DoubtedRoles.Count == 0
        || (check.Scope == CheckTerms.Means && (check.Check!.EndsWith("within " + PathModel.VirtSender, StringComparison.Ordinal) || check.Check.EndsWith("within " + PathModel.VirtReceiver, StringComparison.Ordinal)));
}
