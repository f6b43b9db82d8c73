using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Whether there is anything to explain: the round trips of both environments, end to end.</summary>
internal sealed class RoundTripDiffersRule : IFindingRule
{
    public string Id => "RoundTripDiffers";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Compared is not { EndToEnd: { } row } pair || !FindingPair.IsTested(row))
        {
            return [];
        }

        bool isSame = row.EquivalencePValue < input.EquivalenceAlpha;
        (string one, string other) = (pair.Reference.Name, pair.Difference.Name);
        bool isTold = FindingPair.IsTold(row);
        return
        [
            new LatencyFinding
            {
                Severity = (isTold ? FindingSeverity.Important : FindingSeverity.Information).ToString(),
                Finding = isTold ? $"The round trip is {FindingText.Us(Math.Abs(row.DeltaUs!.Value))} us {(row.DeltaUs > 0 ? "longer" : "shorter")} in {other} than in {one}"
                    : isSame ? $"The round trips of {one} and {other} are the same within {FindingText.Us(row.EquivalenceMarginUs!.Value)} us"
                    : $"The round trips of {one} and {other} are not told apart",
                Evidence = FindingText.Delta(row) + ".",
                Confidence = isTold ? FindingConfidence.OfDifference([row]) : isSame ? FindingConfidence.OfSameness(row) : FindingConfidence.OfDoubt(row),
                Caveat = FindingCaveat.Kernel(pair),
                NextStep = $"Compare-LatencyEnvironment {CommandText.Variable(one)} {CommandText.Variable(other)} -Level Layer",
                ReferenceEnvironment = one,
                DifferenceEnvironment = other,
                Rows = [row],
            },
        ];
    }
}
