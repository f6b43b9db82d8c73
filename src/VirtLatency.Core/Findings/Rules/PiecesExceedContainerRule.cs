using VirtLatency.Analysis;
using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// What was measured inside a virtualization layer is longer than the layer, which the round trip's own logs give. For
/// the same packets that cannot be: the pieces are of other packets, or of other conditions.
/// </summary>
internal sealed class PiecesExceedContainerRule : IFindingRule
{
    private static readonly string[] Containers = [PathModel.VirtSender, PathModel.VirtReceiver];

    public string Id => "PiecesExceedContainer";

    public IEnumerable<LatencyFinding> Of(FindingInput input) =>
        input.Sides.SelectMany(side => Containers.Select(container => FindingOf(input, side, container))).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingInput input, FindingSide side, string container)
    {
        IReadOnlyList<SegmentLatency> rows = side.Rows(BreakdownLevel.Layer, detail: true);
        SegmentLatency[] pieces = [.. rows.Where(row => row.Parent == container && row is { MeanUs: not null, Basis: nameof(Basis.Measured) })];
        SegmentLatency? whole = rows.FirstOrDefault(row => row.Segment == container);
        SegmentLatency? rest = rows.FirstOrDefault(row => row.Parent == container && row.Segment == "Unmeasured");
        if (whole?.MeanUs is not { } wholeUs || rest?.MeanUs is not { } restUs || pieces.Length == 0 || -restUs <= ToleranceUs(side, [whole, .. pieces]))
        {
            return null;
        }

        Interval? interval = RestOf(side, whole, pieces)?.IntervalAt(input.ConfidenceLevel);
        string names = string.Join(" + ", pieces.Select(piece => piece.Segment));
        string shown = string.Join(" + ", pieces.Select(piece => FormattableString.Invariant($"{piece.Segment} {FindingText.Us(piece.MeanUs!.Value)} (n {piece.SampleCount})")));
        string[] alone = [.. pieces.Where(piece => pieces.Length > 1 && piece.MeanUs > wholeUs).Select(piece => $"{piece.Segment} alone exceeds it by {FindingText.Us(piece.MeanUs!.Value - wholeUs)} us")];
        string between = interval is { } known ? $" [{FindingText.Us(-known.High)}, {FindingText.Us(-known.Low)}]" : string.Empty;
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"In {side.Name} the measured {names} exceed{(pieces.Length == 1 ? "s" : string.Empty)} {container}, which must hold {(pieces.Length == 1 ? "it" : "them")}, by {FindingText.Us(-restUs)} us",
            Evidence = FormattableString.Invariant($"{shown} = {FindingText.Us(wholeUs - restUs)} us in a {container} of {FindingText.Us(wholeUs)} us (n {whole.SampleCount}): {FindingText.Us(-restUs)} us too much{between}{string.Concat(alone.Select(text => "; " + text))}."),
            Confidence = interval is { High: < 0 }
                ? "Certain of these logs: for the same packets it is impossible, and the interval does not hold 0."
                : "That the means do not fit is certain; the interval holds 0 or is not known, so chance could do it.",
            Caveat = $"It does not say which log is odd. A longer ping interval lets a worker's CPU sink deeper into idle, so {names} may be right for their own packets. They must not be added to this round trip.",
            NextStep = $"Get-LatencyClosure {CommandText.Variable(side.Name)} | Where-Object Passed -eq $false",
            DifferenceEnvironment = side.Name,
        };
    }

    /// <summary>What the pieces leave, with the largest error that the logs' own errors allow: how they depend on each other is not known.</summary>
    private static Estimate? RestOf(FindingSide side, SegmentLatency whole, SegmentLatency[] pieces)
    {
        (double, Estimate?)[] terms = [(1, MeanOf(side, whole)), .. pieces.Select(piece => (-1.0, MeanOf(side, piece)))];
        return Array.TrueForAll(terms, term => term.Item2 is not null) ? LinearCombination.Bound([.. terms.Select(term => (term.Item1, term.Item2!.Value))]) : null;
    }

    private static Estimate? MeanOf(FindingSide side, SegmentLatency row)
    {
        PartSamples samples = SampleSource.Of(side.Figures, row);
        return PartEstimator.Within(samples.Roles, samples.Joined)?.Mean;
    }

    /// <summary>What print steps alone can make of it.</summary>
    private static double ToleranceUs(FindingSide side, IEnumerable<SegmentLatency> rows) =>
        rows.SelectMany(row => row.Terms).Sum(term => Math.Abs(term.Coefficient) * side.Figures.StepOf(term.Role) * (LogRoleName.ToolOf(term.Role) == LogTool.TunTxToKvmIrq ? 3 : 1)) / 2;
}
