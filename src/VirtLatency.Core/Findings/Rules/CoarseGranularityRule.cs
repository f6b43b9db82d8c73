using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>A verdict of higher or lower whose difference is not larger than what the log can print.</summary>
internal sealed class CoarseGranularityRule : IFindingRule
{
    public string Id => "CoarseGranularity";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.Pairs.Select(FindingOf).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingPair pair)
    {
        (LatencyDifference Row, double StepUs)[] coarse = [.. new[] { BreakdownLevel.Segment, BreakdownLevel.Stage }
            .SelectMany(level => pair.Rows(level))
            .Where(row => row.DeltaUs is not null && FindingPair.IsTold(row))
            .Select(row => (row, StepOf(pair, row)))
            .Where(item => Math.Abs(item.row.DeltaUs!.Value) <= item.Item2)];
        return coarse.Length == 0 ? null : new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"Print steps are too coarse for {FindingText.List(coarse.Select(item => FindingText.Part(item.Row)))}: the difference is no larger than a step",
            Evidence = string.Join("; ", coarse.Select(item => $"{FindingText.Delta(item.Row)}, printed in steps of {FindingText.Us(item.StepUs)} us")) + ".",
            Confidence = "Low, whatever p says: the test knows the spread of the samples, not what their rounding hides.",
            Caveat = "Means of many rounded values can resolve less than a step, where the values spread over several steps and both sides are rounded alike. kvm_vhost_tun_latency cuts to whole us, tun_tx_to_kvm_irq rounds.",
            NextStep = CommandText.Capture(pair.Difference, RoleOf(coarse[0].Row)!.Value).Replace(" > ", coarse[0].Row.Segment is "E" or "L" ? " --output chains.json > " : " > ", StringComparison.Ordinal),
            ReferenceEnvironment = pair.Reference.Name,
            DifferenceEnvironment = pair.Difference.Name,
        };
    }

    /// <summary>The larger print step of both sides; a stage or segment that is a difference or sum of printed numbers has as many.</summary>
    private static double StepOf(FindingPair pair, LatencyDifference row)
    {
        int numbers = row switch { { Name: "S3->S4" } => 2, { Level: "Segment", Segment: "E" or "L" } => 3, _ => 1 };
        return RoleOf(row) is { } role ? numbers * Math.Max(pair.Reference.Figures.StepOf(role), pair.Difference.Figures.StepOf(role)) : 0;
    }

    private static LogRole? RoleOf(LatencyDifference row) => PathModel.Segments.FirstOrDefault(part => part.Id == row.Segment)?.Role;
}
