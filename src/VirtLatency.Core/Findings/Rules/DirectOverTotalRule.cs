using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Attribution Direct adds pieces that can be of other packets: its layers, or their differences, come to more than the whole.</summary>
internal sealed class DirectOverTotalRule : IFindingRule
{
    /// <summary>Print steps of the pieces, in percent of the whole: no excess below this is spoken of.</summary>
    private const double TolerancePercent = 1;

    public string Id => "DirectOverTotal";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        Excess[] found = [.. input.Sides.Select(ExcessOf).Append(ExcessOf(input.Compared)).OfType<Excess>()];
        if (found.Length == 0)
        {
            return [];
        }

        string? assumed = input.Sides.Any(side => !side.Has(LogRole.ReceiverKvmTun)) ? " I_1 was taken as B_1 where it was not measured." : null;
        return
        [
            new LatencyFinding
            {
                Severity = nameof(FindingSeverity.Caution),
                Finding = $"Attribution Direct comes to over 100 %: {FindingText.List(found.Select(excess => $"{FindingText.Percent(excess.Percent)} {excess.Place}"))}",
                Evidence = string.Join("; ", found.Select(excess => excess.Evidence)) + "." + assumed,
                Confidence = "Certain: it is a sum.",
                Caveat = "Direct shares must not be read as parts of one whole. Attribution Remainder gives shares that add up; what it cannot do is split a side's virtualization into its pieces.",
                NextStep = input.Compared is { } pair
                    ? $"Compare-LatencyEnvironment {CommandText.Variable(pair.Reference.Name)} {CommandText.Variable(pair.Difference.Name)} -Level Layer -Attribution Remainder"
                    : $"Get-SegmentBreakdown {CommandText.Variable(input.Difference.Name)} -Level Layer -Attribution Remainder",
                ReferenceEnvironment = input.Reference?.Name,
                DifferenceEnvironment = input.Difference.Name,
            },
        ];
    }

    private static Excess? ExcessOf(FindingSide side)
    {
        IReadOnlyList<SegmentLatency> rows = side.Rows(BreakdownLevel.Layer, LayerAttribution.Direct);
        double? sum = rows.Select(row => row.MeanUs).Aggregate((double?)0, (all, own) => all + own);
        return Excess.Of(sum, rows[0].RoundTripUs, $"in {side.Name}", FormattableString.Invariant($"{side.Name}: layers of {FindingText.Us(sum ?? 0)} us in a RoundTrip of {FindingText.Us(rows[0].RoundTripUs ?? 0)} us (n {rows.Min(row => row.SampleCount)})"));
    }

    private static Excess? ExcessOf(FindingPair? pair)
    {
        if (pair is null || !FindingPair.IsTold(pair.RoundTrip))
        {
            return null;
        }

        IReadOnlyList<LatencyDifference> rows = pair.Rows(BreakdownLevel.Layer, LayerAttribution.Direct);
        double? sum = rows.Select(row => row.DeltaUs).Aggregate((double?)0, (all, own) => all + own);
        double whole = pair.RoundTrip!.DeltaUs!.Value;
        return Excess.Of(sum, whole, "of the difference", $"the layers' differences of {FindingText.Signed(sum ?? 0)} us for a RoundTrip's of {FindingText.Signed(whole)} us");
    }

    private sealed record Excess(double Percent, string Place, string Evidence)
    {
        public static Excess? Of(double? sumUs, double? wholeUs, string place, string evidence) =>
            100 * sumUs / wholeUs is { } percent && wholeUs != 0 && percent > 100 + TolerancePercent ? new Excess(percent, place, evidence) : null;
    }
}
