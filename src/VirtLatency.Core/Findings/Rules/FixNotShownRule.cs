using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The round trip was measured before and after a change, and is not shown to be shorter.</summary>
internal sealed class FixNotShownRule : IFindingRule
{
    public string Id => "FixNotShown";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Change is not { EndToEnd: { Verdict: not "Lower" } row } pair || IsShownByCycles(pair))
        {
            return [];
        }

        bool isLonger = row.Verdict == "Higher";
        return
        [
            new LatencyFinding
            {
                Severity = nameof(FindingSeverity.Important),
                Finding = isLonger
                    ? $"The round trip is longer after the change: {pair.Difference.Name} against {pair.Reference.Name}"
                    : $"The round trip is not shown to be shorter after the change: {pair.Difference.Name} against {pair.Reference.Name}",
                Evidence = FindingText.Delta(row) + ".",
                Confidence = isLonger ? FindingConfidence.OfDifference([row]) : FindingConfidence.OfDoubt(row),
                Caveat = "Before and after differ in more than the change: time, load, placement. Only cycles of both settings in random order tell them apart. " + FindingCaveat.Kernel(pair),
                NextStep = $"Compare-LatencyEnvironment {CommandText.Variable(pair.Reference.Name)} {CommandText.Variable(pair.Difference.Name)} -Level Container | Format-Table -View Test",
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
                Rows = [row],
            },
        ];
    }

    /// <summary>Pairs of runs tell what their spread hides: where the change was switched on and off in turn, their test counts.</summary>
    private static bool IsShownByCycles(FindingPair pair) =>
        new[] { pair.Reference, pair.Difference }.All(side => side.Environment.Logs.Any(log => log.Cycle is not null))
        && FixComparison.Of(new FixRequest { Before = pair.Reference.Environment, After = pair.Difference.Environment, Levels = [BreakdownLevel.Container], Test = pair.Request })
            .Any(effect => effect.Segment is PathModel.RoundTrip or PathModel.PingRtt && effect is { CycleCount: > 0, ImprovementLowUs: > 0 } && effect.AdjustedPValue < pair.Request.Alpha);
}
