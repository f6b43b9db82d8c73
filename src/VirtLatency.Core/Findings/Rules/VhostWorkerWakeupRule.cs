using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// The wake-up of a vhost worker lies in S1->S2 of E and L and in S0 of B_1 and I_1. Where these stages carry the
/// difference of their segments and the other stages do not, it is the worker's waking that differs, not its work.
/// </summary>
internal sealed class VhostWorkerWakeupRule : IFindingRule
{
    /// <summary>What the other stages may have of it, together and without their signs.</summary>
    private const double MostOfOthers = 0.25;

    public string Id => "VhostWorkerWakeup";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Compared is not { } pair)
        {
            return [];
        }

        SegmentStages[] segments = [.. pair.Rows(BreakdownLevel.Stage)
            .Where(row => row is { Segment: not null, DeltaUs: not null })
            .GroupBy(row => row.Segment!)
            .Select(stages => new SegmentStages(stages.Key, [.. stages]))
            .Where(segment => segment.Differs)];
        bool isOneWay = segments.Select(segment => Math.Sign(segment.Wakeup?.DeltaUs ?? 0)).Distinct().Count() == 1;
        return segments.Length > 0 && isOneWay && Array.TrueForAll(segments, segment => segment.IsCarried) ? [FindingOf(input, pair, segments)] : [];
    }

    private static LatencyFinding FindingOf(FindingInput input, FindingPair pair, SegmentStages[] segments)
    {
        bool isLonger = segments[0].Wakeup!.DeltaUs > 0;
        FindingSide slow = isLonger ? pair.Difference : pair.Reference;
        string hosts = string.Join(", ", segments.Select(segment => CommandText.Host(slow, segment.End)).Distinct());
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Important),
            Finding = $"The vhost workers take {(isLonger ? "longer" : "less time")} to wake up in {pair.Difference.Name} than in {pair.Reference.Name}",
            Evidence = string.Join("; ", segments.Select(segment => segment.Text)) + ".",
            Confidence = FindingConfidence.OfDifference([.. segments.Select(segment => segment.Wakeup!)]),
            Caveat = "The two stages also hold the enqueueing, the context switch and, in S1->S2, the copies of what was queued before; that an idle state is the cause is not shown by them. " + FindingCaveat.Kernel(pair),
            NextStep = input.CStateConfig.Count == 0 ? $"Get-CStateConfig -HostName {hosts}" : $"Get-CStateUsage -HostName {hosts} -DurationSeconds 10",
            ReferenceEnvironment = pair.Reference.Name,
            DifferenceEnvironment = pair.Difference.Name,
            Rows = [.. segments.Select(segment => segment.Wakeup!)],
        };
    }

    /// <summary>A segment's stages: the one that holds the wake-up, and the others.</summary>
    private sealed class SegmentStages(string segment, IReadOnlyList<LatencyDifference> rows)
    {
        public LatencyDifference? Wakeup { get; } = rows.FirstOrDefault(row => row.Name is "S1->S2" or "S0");

        public HostRole End => segment is "E" or "I_1" ? HostRole.Receiver : HostRole.Sender;

        public bool Differs => rows.Any(FindingPair.IsTold);

        public bool IsCarried => FindingPair.IsTold(Wakeup) && Others.Sum(row => Math.Abs(row.DeltaUs!.Value)) <= MostOfOthers * Math.Abs(Wakeup!.DeltaUs!.Value);

        public string Text => $"{FindingText.Delta(Wakeup!)} (its other stages together {FindingText.Signed(Others.Sum(row => row.DeltaUs!.Value))} us)";

        private IEnumerable<LatencyDifference> Others => rows.Where(row => row != Wakeup);
    }
}
