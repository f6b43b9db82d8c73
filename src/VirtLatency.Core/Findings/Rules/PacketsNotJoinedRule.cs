using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>A log that names its packets has none of RoundTrip's: its means are of another run.</summary>
internal sealed class PacketsNotJoinedRule : IFindingRule
{
    public string Id => "PacketsNotJoined";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.Sides.Where(side => side.Has(LogRole.SenderVm)).Select(FindingOf).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingSide side)
    {
        JoinRates rates = side.Figures.Join.Rates;
        ILookup<LogRole, LogJoin> logs = rates.Logs.Where(log => log is { LeftOut: null, RecordCount: > 0 }).ToLookup(log => log.Role);
        LogRole[] strangers = [.. JoinRole.All.Where(role => role != LogRole.SenderVm && logs[role].Any() && rates.CountOf(LogRole.SenderVm, role) == 0)];
        if (strangers.Length == 0 || !logs[LogRole.SenderVm].Any())
        {
            return null;
        }

        long own = logs[LogRole.SenderVm].Sum(log => log.RecordCount);
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"In {side.Name} {FindingText.List(strangers.Select(role => role.ToString()))} {(strangers.Length == 1 ? "is" : "are")} not of RoundTrip's packets",
            Evidence = FormattableString.Invariant($"{string.Join("; ", strangers.Select(role => FormattableString.Invariant($"{role}: 0 of {logs[role].Sum(log => log.RecordCount)} packets are among SenderVm's {own}")))}. {rates.Summary()}."),
            Confidence = "Certain as far as the ids go: packets are known by run, addresses, ICMP id and sequence.",
            Caveat = "Such means may be right for their own run. Set beside RoundTrip they compare two runs, and kvm_vhost_tun_latency prints no ids at all, so nothing tells of its packets.",
            NextStep = CommandText.Noted("while all other tools run", CommandText.Capture(side, strangers[0])),
            DifferenceEnvironment = side.Name,
        };
    }
}
