using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// What the tools themselves cost: ping's own time beside them and without them. An environment can hold both pings; else one
/// that holds a bare ping only, among the input, is set against one whose ping was traced.
/// </summary>
internal sealed class InstrumentationRule : IFindingRule
{
    public string Id => "Instrumentation";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        LatencyFinding[] own = [.. input.Sides.Select(side => OwnOf(input, side)).OfType<LatencyFinding>()];
        return own.Length > 0 ? own : [OfPair(input) ?? NotMeasured(input)];
    }

    private static LatencyFinding? OwnOf(FindingInput input, FindingSide side) => InstrumentationEffect.Of(side.Environment, input.Request) is { } row
        ? Measured(input, row, $"in {side.Name} ") with
        {
            NextStep = $"Get-LatencyClosure {CommandText.Variable(side.Name)} | Where-Object Check -like 'PingRtt*' | Format-Table -View Note -Wrap",
            DifferenceEnvironment = side.Name,
        }
        : null;

    private static LatencyFinding? OfPair(FindingInput input)
    {
        IEnumerable<LatencyFinding> found =
            from bare in input.Sides
            from traced in input.Sides
            where bare.IsPingOnly && !traced.IsPingOnly
            let row = InstrumentationEffect.Between(bare.Figures, traced.Figures, input.Request)
            where row is not null
            select Measured(input, row, string.Empty) with
            {
                NextStep = $"Compare-LatencyEnvironment {CommandText.Variable(bare.Name)} {CommandText.Variable(traced.Name)} -Level Container",
                ReferenceEnvironment = bare.Name,
                DifferenceEnvironment = traced.Name,
            };
        return found.FirstOrDefault();
    }

    private static LatencyFinding Measured(FindingInput input, LatencyDifference row, string where)
    {
        bool isSame = row.EquivalencePValue < input.EquivalenceAlpha;
        bool isTold = FindingPair.IsTold(row);
        string finding = isTold ? $"{where}the tools make the round trip {FindingText.Us(Math.Abs(row.DeltaUs!.Value))} us {(row.DeltaUs > 0 ? "longer" : "shorter")}"
            : isSame ? $"{where}the tools do not change the round trip by more than the margin"
            : $"{where}what the tools cost is measured, but not told from 0";
        return new LatencyFinding
        {
            Severity = (isTold && !isSame ? FindingSeverity.Caution : FindingSeverity.Information).ToString(),
            Finding = char.ToUpperInvariant(finding[0]) + finding[1..],
            Evidence = $"Ping without tools against ping beside them: {FindingText.Delta(row)}{(row.EquivalenceMarginUs is { } margin ? $"; the margin is {FindingText.Us(margin)} us" : string.Empty)}.",
            Confidence = isTold ? FindingConfidence.OfDifference([row]) : isSame ? FindingConfidence.OfSameness(row) : FindingConfidence.OfDoubt(row),
            Caveat = "Absolute values of stages hold this cost; differences under the same builds, kernel and CPU hold it on both sides.",
            NextStep = string.Empty,
            Rows = [row],
        };
    }

    private static LatencyFinding NotMeasured(FindingInput input)
    {
        string[] traced = NamesWith(LogRole.SenderPing);
        string[] bare = NamesWith(LogRole.SenderPingWithoutTools);
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Information),
            Finding = "What the tools themselves cost is not measured",
            Evidence = traced.Intersect(bare).FirstOrDefault() is { } both ? $"{both} has ping's output beside the tools and without them, but the two are one log, or one has no answer that counts."
                : traced.Length > 0 ? $"Ping's output is there for {FindingText.List(traced)}; one of a ping without tools is missing."
                : bare.Length > 0 ? $"The output of a ping without tools is there for {FindingText.List(bare)}; one of the ping beside them is missing."
                : "No output of ping was kept, neither beside the tools nor without them.",
            Confidence = "Certain: two such logs are not there.",
            Caveat = "Each stage holds the cost of the probes between its ends, so absolute values are upper bounds. Differences are comparable under the same builds, kernel, CPU and frequency.",
            NextStep = CommandText.Noted("while the tools run", CommandText.Capture(input.Difference, LogRole.SenderPing))
                + "\n" + CommandText.Noted("the same while no tool runs", CommandText.Capture(input.Difference, LogRole.SenderPingWithoutTools)),
            DifferenceEnvironment = input.Difference.Name,
        };

        string[] NamesWith(LogRole role) => [.. input.Sides.Where(side => side.Has(role)).Select(side => side.Name)];
    }
}
