using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>What the tools themselves cost: ping's own time with and without them, where an environment of a bare ping is among the input.</summary>
internal sealed class InstrumentationRule : IFindingRule
{
    public string Id => "Instrumentation";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        FindingPair? pair = (from bare in input.Sides
                             from traced in input.Sides
                             where bare.IsPingOnly && !traced.IsPingOnly && traced.Has(LogRole.SenderPing)
                             select input.PairOf(bare, traced)).FirstOrDefault();
        return pair?.Row(BreakdownLevel.Container, "PingRtt") is { } row && FindingPair.IsTested(row) ? [Measured(pair, row, row.EquivalencePValue < input.EquivalenceAlpha)] : [NotMeasured(input)];
    }

    private static LatencyFinding Measured(FindingPair pair, LatencyDifference row, bool isSame)
    {
        bool isTold = FindingPair.IsTold(row);
        return new LatencyFinding
        {
            Severity = (isTold && !isSame ? FindingSeverity.Caution : FindingSeverity.Information).ToString(),
            Finding = isTold ? $"The tools make the round trip {FindingText.Us(Math.Abs(row.DeltaUs!.Value))} us {(row.DeltaUs > 0 ? "longer" : "shorter")}"
                : isSame ? "The tools do not change the round trip by more than the margin"
                : "What the tools cost is measured, but not told from 0",
            Evidence = $"Ping without tools against ping beside them: {FindingText.Delta(row)}.",
            Confidence = isTold ? FindingConfidence.OfDifference([row]) : isSame ? FindingConfidence.OfSameness(row) : FindingConfidence.OfDoubt(row),
            Caveat = "Absolute values of stages hold this cost; differences under the same builds, kernel and CPU hold it on both sides.",
            NextStep = $"Compare-LatencyEnvironment {CommandText.Variable(pair.Reference.Name)} {CommandText.Variable(pair.Difference.Name)} -Level Container",
            ReferenceEnvironment = pair.Reference.Name,
            DifferenceEnvironment = pair.Difference.Name,
        };
    }

    private static LatencyFinding NotMeasured(FindingInput input)
    {
        string[] traced = [.. input.Sides.Where(side => side.Has(LogRole.SenderPing)).Select(side => side.Name)];
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Information),
            Finding = "What the tools themselves cost is not measured",
            Evidence = traced.Length == 0 ? "No output of ping was kept, neither beside the tools nor without them." : $"Ping's output is there for {FindingText.List(traced)}; one of a ping without tools is missing.",
            Confidence = "Certain: the logs are not there.",
            Caveat = "Each stage holds the cost of the probes between its ends, so absolute values are upper bounds. Differences are comparable under the same builds, kernel, CPU and frequency.",
            NextStep = CommandText.Noted("while the tools run, and again without them into a folder of its own", CommandText.Capture(input.Difference, LogRole.SenderPing)),
            DifferenceEnvironment = input.Difference.Name,
        };
    }
}
