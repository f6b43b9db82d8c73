using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The round trips differ, and the VMs' own stacks are not shown to be the same: they differ too, or the samples do not tell.</summary>
internal sealed class VmStackNotClearedRule : IFindingRule
{
    public string Id => "VmStackNotCleared";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Compared is not { } pair || !FindingPair.IsTold(pair.RoundTrip) || pair.Row(BreakdownLevel.Layer, "VmInternal") is not { } row || row.EquivalencePValue < input.EquivalenceAlpha)
        {
            return [];
        }

        bool isTold = FindingPair.IsTold(row);
        string margin = row.EquivalencePValue is { } p ? $"; the same within {FindingText.Us(row.EquivalenceMarginUs!.Value)} us is not shown, p {FindingText.P(p)}" : string.Empty;
        return
        [
            new LatencyFinding
            {
                Severity = isTold ? LayerFinding.Severity(row) : nameof(FindingSeverity.Information),
                Finding = isTold
                    ? $"The network stacks inside the VMs take {LayerFinding.More(row)} in {pair.Difference.Name}"
                    : $"The network stacks inside the VMs of {pair.Difference.Name} are not cleared: they are not shown to be like those of {pair.Reference.Name}",
                Evidence = $"{LayerFinding.Evidence(row)}{margin}.",
                Confidence = isTold ? FindingConfidence.OfDifference([row]) : FindingConfidence.OfDoubt(row),
                Caveat = "kernel_icmp_rtt's own cost is in these segments; it is the same on both sides only under the same build, kernel and CPU. " + FindingCaveat.Kernel(pair),
                NextStep = CommandText.Capture(pair.Difference, LogRole.SenderVm),
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
                Rows = [row],
            },
        ];
    }
}
