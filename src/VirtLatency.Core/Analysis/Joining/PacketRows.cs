using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>Rows of single packets.</summary>
internal static class PacketRows
{
    /// <summary>A row for each packet that at least two logs have, streaming.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="join">Its join.</param>
    /// <returns>The rows; flagged packets are among them.</returns>
    public static IEnumerable<PacketBreakdown> Of(LatencyEnvironment environment, PacketJoin join) =>
        join.Packets().Select(packet => RowOf(environment.Name, packet));

    private static PacketBreakdown RowOf(string environment, JoinedPacket packet)
    {
        var values = new PacketValues(in packet, countedOnly: false);
        return new PacketBreakdown
        {
            Environment = environment,
            Run = packet.Group.Run,
            IcmpId = packet.Group.IcmpId,
            Sequence = packet.Sequence,
            RoundTripUs = Latency.ToMicroseconds(values.RoundTrip),
            SegmentAUs = Latency.ToMicroseconds(values.A),
            SegmentBUs = Latency.ToMicroseconds(values.B),
            SegmentDUs = Latency.ToMicroseconds(values.D),
            SegmentEUs = Latency.ToMicroseconds(values.E),
            SegmentFUs = Latency.ToMicroseconds(values.F),
            SegmentGUs = Latency.ToMicroseconds(values.G),
            SegmentHUs = Latency.ToMicroseconds(values.H),
            SegmentIUs = Latency.ToMicroseconds(values.I),
            SegmentKUs = Latency.ToMicroseconds(values.K),
            SegmentLUs = Latency.ToMicroseconds(values.L),
            SegmentMUs = Latency.ToMicroseconds(values.M),
            HostToHostUs = Latency.ToMicroseconds(values.HostToHost),
            VirtSenderUs = Latency.ToMicroseconds(values.VirtSender),
            VirtReceiverUs = Latency.ToMicroseconds(values.VirtReceiver),
            ResidualUs = Latency.ToMicroseconds(values.Residual),
            PingRttUs = Latency.ToMicroseconds(values.PingRtt),
            Flag = SampleSelection.TextOf(values.Flags),
        };
    }
}
