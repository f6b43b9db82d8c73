using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The hosts' own forwarding between tap device and NIC differs.</summary>
internal sealed class HostForwardingRule : IFindingRule
{
    private static readonly string[] Segments = ["B", "D", "I", "K"];

    public string Id => "HostForwarding";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (LayerFinding.Told(input.Compared, "HostForwarding") is not { } row)
        {
            return [];
        }

        FindingPair pair = input.Compared!;
        IEnumerable<string> pieces = Segments.Select(id => pair.Row(BreakdownLevel.Segment, id)).OfType<LatencyDifference>().Select(FindingText.Delta);
        return
        [
            new LatencyFinding
            {
                Severity = LayerFinding.Severity(row),
                Finding = $"Forwarding in the hosts takes {LayerFinding.More(row)} in {pair.Difference.Name}",
                Evidence = $"{LayerFinding.Evidence(row)}. {string.Join("; ", pieces)}.",
                Confidence = FindingConfidence.OfDifference([row]),
                Caveat = "The four segments hold the switch (Open vSwitch, bridge) and, with probes at net_dev_xmit, the driver. " + FindingCaveat.Kernel(pair),
                NextStep = $"Compare-LatencyEnvironment {CommandText.Variable(pair.Reference.Name)} {CommandText.Variable(pair.Difference.Name)} | Where-Object Segment -in B, D, I, K | Format-Table -View Test",
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
                Rows = [row],
            },
        ];
    }
}
