using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Packets were lost in a run: those that took longest may be missing from its means.</summary>
internal sealed class PacketLossRule : IFindingRule
{
    public string Id => "PacketLoss";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.Sides.Select(FindingOf).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingSide side)
    {
        string? lost = side.Figures.LossNote(LogRole.SenderPing) is { } note ? "ping: " + note : null;
        EnvironmentLog[] drops = [.. side.Environment.Logs.Where(log => log.DropCount > 0)];
        if (lost is null && drops.Length == 0)
        {
            return null;
        }

        IEnumerable<string> seen = drops.Select(log => FormattableString.Invariant($"{log.Role ?? "a host log"}: {log.DropCount} packets lost from sight beside {log.SampleCount} complete"));
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"Packets were lost in {side.Name}",
            Evidence = FindingText.Join("; ", seen.Prepend(lost ?? string.Empty)) + ".",
            Confidence = lost is null ? "Moderate: icmp_drop_detector also reports a drop for a packet that passed, where it reads the events out of order." : "High: ping saw no answer.",
            Caveat = "A lost packet has no latency: means and quantiles are of the others only, and can look better than the path is.",
            NextStep = drops.Length > 0 ? $"Import-IcmpPathLog {CommandText.Literal(drops[0].File ?? "LOG")} -Drop" : $"Import-PingLog {CommandText.Literal(side.Figures.Logs(LogRole.SenderPing)[0].File ?? "LOG")} | Where-Object Lost",
            DifferenceEnvironment = side.Name,
        };
    }
}
