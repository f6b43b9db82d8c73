using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>A change was measured, but not at what it is for: the round trip has no number before and after it.</summary>
internal sealed class FixWithoutRoundTripRule : IFindingRule
{
    public string Id => "FixWithoutRoundTrip";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Change is not { EndToEnd: null } pair)
        {
            return [];
        }

        string[] stages = [.. pair.Rows(BreakdownLevel.Stage).Where(row => row.Name is "S1->S2" or "S0" && row.DeltaUs is not null).Select(FindingText.Delta)];
        string logs = FindingText.List(pair.Difference.Roles.Select(role => FormattableString.Invariant($"{role.Key} (n {role.Sum(log => log.SampleCount)})")));
        FindingSide missing = pair.Difference.Has(LogRole.SenderVm) ? pair.Reference : pair.Difference;
        return
        [
            new LatencyFinding
            {
                Severity = nameof(FindingSeverity.Important),
                Finding = $"That the round trip is shorter after the change is not shown: {missing.Name} has no end-to-end measurement",
                Evidence = $"Logs of {pair.Difference.Name}: {(logs.Length == 0 ? "none with a role" : logs)}. Wake-ups that can be set off: {(stages.Length == 0 ? "none" : string.Join("; ", stages))}.",
                Confidence = "Certain: neither kernel_icmp_rtt in the sender VM nor ping's own output is there on both sides.",
                Caveat = "A stage that became shorter can be made up for elsewhere, and a stage is only part of the path: the difference of RoundTrip is not the sum of what was measured.",
                NextStep = CommandText.Capture(missing, LogRole.SenderVm),
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
            },
        ];
    }
}
