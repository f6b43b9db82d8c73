using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The round trips differ, and the VMs' own network stacks are shown to be the same: by equivalence, never by a large p.</summary>
internal sealed class VmStackNotGuiltyRule : IFindingRule
{
    public string Id => "VmStackNotGuilty";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Compared is not { } pair || !FindingPair.IsTold(pair.RoundTrip) || pair.Row(BreakdownLevel.Layer, "VmInternal") is not { } row || !(row.EquivalencePValue < input.EquivalenceAlpha))
        {
            return [];
        }

        return
        [
            new LatencyFinding
            {
                Severity = nameof(FindingSeverity.Information),
                Finding = $"The network stacks inside the VMs are not where {pair.Difference.Name} differs from {pair.Reference.Name}",
                Evidence = $"{FindingText.Delta(row)}, against RoundTrip's {FindingText.Signed(pair.RoundTrip!.DeltaUs!.Value)} us; the same within {FindingText.Us(row.EquivalenceMarginUs!.Value)} us, p {FindingText.P(row.EquivalencePValue!.Value)}.",
                Confidence = FindingConfidence.OfSameness(row),
                Caveat = "The stacks end at the guest's driver: its kick, and the wake-up of a halted vCPU before the guest's interrupt, are not in them. " + FindingCaveat.Kernel(pair),
                NextStep = $"Compare-LatencyEnvironment {CommandText.Variable(pair.Reference.Name)} {CommandText.Variable(pair.Difference.Name)} -Level Layer",
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
                Rows = [row],
            },
        ];
    }
}
