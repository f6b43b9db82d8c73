using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// The path between the hosts is no wire: it ends where the other host's softirq takes the packet, and so holds interrupt
/// moderation and the wake-up of the interrupted CPU. A difference in it can have the cause of the workers' wake-ups.
/// </summary>
internal sealed class HostToHostIdleWakeupRule : IFindingRule
{
    public string Id => "HostToHostIdleWakeup";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (LayerFinding.Told(input.Compared, "HostToHost") is not { } row)
        {
            return [];
        }

        FindingPair pair = input.Compared!;
        FindingSide slow = row.DeltaUs > 0 ? pair.Difference : pair.Reference;
        bool isWakeup = new VhostWorkerWakeupRule().Of(input).Any();
        return
        [
            new LatencyFinding
            {
                Severity = LayerFinding.Severity(row),
                Finding = $"The path between the hosts takes {LayerFinding.More(row)} in {pair.Difference.Name}, and can hold the wake-up of an idle CPU",
                Evidence = FindingText.Join("; ", LayerFinding.Evidence(row), isWakeup ? "the vhost workers' wake-ups differ too" : null, DepthOf(input)) + ".",
                Confidence = FindingConfidence.OfDifference([row]) + " That an idle CPU is part of it is possible, not shown.",
                Caveat = "C+J runs from one host's dev_queue_xmit to the other's netif_receive_skb: queueing, driver, switch, interrupt moderation and the wake-up of the interrupted CPU on both ways. Topology and distance are in it as well. " + FindingCaveat.Kernel(pair),
                NextStep = $"Get-CStateUsage -HostName {CommandText.Host(slow, HostRole.Sender)}, {CommandText.Host(slow, HostRole.Receiver)} -DurationSeconds 10",
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
                Rows = [row],
            },
        ];
    }

    private static string? DepthOf(FindingInput input)
    {
        string[] deepest = [.. input.CStateConfig.Where(host => host.MaxExitLatencyUs is not null).Select(host => FormattableString.Invariant($"{host.HostName} may enter {host.DeepestEnabled} ({host.MaxExitLatencyUs} us to leave)"))];
        return deepest.Length == 0 ? null : FindingText.List(deepest);
    }
}
