using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Levels whose rows are sums and differences: Span and Layer.</summary>
internal static class LayerRows
{
    private const string Both = "Both";

    private static readonly PathPart SenderHostTotal = Part("SenderHostTotal", "sender VM and host", "sender VM and host: RoundTrip - SenderExternal");
    private static readonly PathPart PhysicalNetwork = Part("PhysicalNetwork", "between the hosts", "C+J: SenderExternal - ReceiverHost; NIC, wire, irq and its wake-up");
    private static readonly PathPart ReceiverHostTotal = Part("ReceiverHostTotal", "receiver host and VM", "receiver host and VM: ReceiverHost", LogRole.ReceiverHost, SampleColumn.HostTotal);
    private static readonly PathPart VmInternalLayer = Part("VmInternal", "VM network stacks", "A + F + G + H + M");
    private static readonly PathPart ForwardingLayer = Part("HostForwarding", "forwarding in hosts", "B + D + I + K");
    private static readonly PathPart HostToHostLayer = Part("HostToHost", "NIC, wire, irq", "C+J: SenderExternal - ReceiverHost; holds the wake-up of the interrupted CPU");
    private static readonly PathPart VirtSenderLayer = Part("VirtSender", "B_1, L and gaps", "RoundTrip - A - M - SenderHostSpan");
    private static readonly PathPart VirtReceiverLayer = Part("VirtReceiver", "E, I_1 and gaps", "ReceiverExternal - ReceiverVm");
    private static readonly PathPart VirtRxLayer = Part("VirtRx", "tap to irq, both", "E + L as measured");
    private static readonly PathPart VirtTxLayer = Part("VirtTx", "kick to tap, both", "B_1 + I_1 as measured");

    public static IEnumerable<SegmentLatency> Spans(RowWriter rows)
    {
        Figure external = rows.Container("SenderExternal");
        yield return rows.FromFigure(SenderHostTotal, PathModel.RoundTrip, Basis.Derived, rows.RoundTrip - external, share: true);
        yield return rows.FromFigure(PhysicalNetwork, PathModel.RoundTrip, Basis.Derived, external - rows.Container("ReceiverHost"), share: true);
        yield return rows.FromSamples(ReceiverHostTotal, PathModel.RoundTrip, share: true);
    }

    public static IEnumerable<SegmentLatency> Layers(RowWriter rows, LayerAttribution attribution, bool detail)
    {
        Figure vm = Figure.Sum(rows.Segment("A"), rows.Segment("F"), rows.Segment("G"), rows.Segment("H"), rows.Segment("M"));
        Figure forwarding = Figure.Sum(rows.Segment("B"), rows.Segment("D"), rows.Segment("I"), rows.Segment("K"));
        Figure hosts = rows.Container("SenderExternal") - rows.Container("ReceiverHost");
        yield return rows.FromFigure(VmInternalLayer, PathModel.RoundTrip, Basis.Derived, vm, share: true);
        yield return rows.FromFigure(ForwardingLayer, PathModel.RoundTrip, Basis.Derived, forwarding, share: true);
        yield return rows.FromFigure(HostToHostLayer, PathModel.RoundTrip, Basis.Derived, hosts, share: true);
        Figure common = Figure.Sum(vm, forwarding, hosts);
        foreach (SegmentLatency row in attribution == LayerAttribution.Direct ? Direct(rows, common) : Remainders(rows, common, detail))
        {
            yield return row;
        }
    }

    public static Figure VirtSender(RowWriter rows) => rows.RoundTrip - rows.Segment("A") - rows.Segment("M") - rows.Container("SenderHostSpan");

    public static Figure VirtReceiver(RowWriter rows) => rows.Container("ReceiverExternal") - rows.Container("ReceiverVm");

    private static IEnumerable<SegmentLatency> Remainders(RowWriter rows, Figure common, bool detail)
    {
        Figure sender = VirtSender(rows);
        Figure receiver = VirtReceiver(rows);
        yield return rows.FromFigure(VirtSenderLayer, PathModel.RoundTrip, Basis.Remainder, sender, share: true);
        foreach (SegmentLatency row in detail ? Inside(rows, sender, PathModel.VirtSender) : [])
        {
            yield return row;
        }

        yield return rows.FromFigure(VirtReceiverLayer, PathModel.RoundTrip, Basis.Remainder, receiver, share: true);
        foreach (SegmentLatency row in detail ? Inside(rows, receiver, PathModel.VirtReceiver) : [])
        {
            yield return row;
        }

        if (detail)
        {
            Figure rounding = rows.RoundTrip - common - sender - receiver;
            yield return rows.FromFigure(Part("Rounding", "print rounding", "RoundTrip less the five layers"), PathModel.RoundTrip, Basis.Remainder, rounding, share: false);
        }
    }

    /// <summary>The measured pieces of a virtualization layer, and what they leave of it.</summary>
    private static IEnumerable<SegmentLatency> Inside(RowWriter rows, Figure layer, string layerId)
    {
        Figure left = layer;
        foreach (PathPart part in PathModel.Segments.Where(part => part.Parent == layerId))
        {
            if (SegmentRows.IsUnmeasuredKick(part, rows))
            {
                yield return SegmentRows.KickBound(part, rows, layerId);
                continue;
            }

            yield return rows.FromSamples(part, layerId, share: false, SegmentRows.OtherRun(part, rows));
            Figure piece = rows.Segment(part.Id);
            left = piece.MeanUs is null ? left with { Reasons = [.. left.Reasons, .. piece.Reasons.Select(reason => $"{part.Id} not taken off: {reason}")] } : left - piece;
        }

        string? excess = left.MeanUs is < 0
            ? FormattableString.Invariant($"the measured pieces exceed {layerId} by {-left.MeanUs:0.000} us: they cannot be of the packets that gave RoundTrip")
            : null;
        yield return rows.FromFigure(Part("Unmeasured", "gaps no tool sees", $"{layerId} less its measured pieces"), layerId, Basis.Remainder, left, share: false, excess);
    }

    private static IEnumerable<SegmentLatency> Direct(RowWriter rows, Figure common)
    {
        Figure receive = rows.Segment("E") + rows.Segment("L");
        Figure first = rows.Segment("B_1");
        bool measured = rows.Figures.Logs(LogRole.ReceiverKvmTun).Count > 0;
        Figure transmit = first + (measured ? rows.Segment("I_1") : first);
        string? assumed = measured ? null : "I_1 was not measured: taken as B_1, so this is an upper bound";
        string? sum = SumNote(rows, Figure.Sum(common, receive, transmit));
        yield return rows.FromFigure(VirtRxLayer, PathModel.RoundTrip, Basis.Derived, receive, share: true, sum);
        yield return rows.FromFigure(VirtTxLayer, PathModel.RoundTrip, measured ? Basis.Derived : Basis.UpperBound, transmit, share: true, assumed, sum);
    }

    private static string? SumNote(RowWriter rows, Figure all) => all.MeanUs is { } sum && rows.RoundTrip.MeanUs is { } roundTrip
        ? FormattableString.Invariant($"the direct layers add up to {sum:0.000} us, {100 * sum / roundTrip:0.0} % of RoundTrip: pieces of other runs need not add up")
        : null;

    private static PathPart Part(string id, string name, string location, LogRole? role = null, SampleColumn column = default) =>
        new(id, PathModel.RoundTrip, name, Both, location, role, column);
}
