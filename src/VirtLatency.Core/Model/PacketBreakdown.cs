namespace VirtLatency.Model;

/// <summary>One packet that at least two logs of an environment have: its latency in each part of the path. Null is what no log says of it.</summary>
public sealed class PacketBreakdown
{
    /// <summary>Name of the environment.</summary>
    public string? Environment { get; init; }

    /// <summary>The run; null where there is only one, without a name.</summary>
    public string? Run { get; init; }

    /// <summary>ICMP identifier.</summary>
    public int IcmpId { get; init; }

    /// <summary>ICMP sequence number, 0 to 65535.</summary>
    public int Sequence { get; init; }

    /// <summary>Sender VM, ip_local_out to icmp_rcv, in us.</summary>
    public double? RoundTripUs { get; init; }

    /// <summary>Sender VM, transmit stack, in us.</summary>
    public double? SegmentAUs { get; init; }

    /// <summary>Sender host, request from vnet to NIC, in us.</summary>
    public double? SegmentBUs { get; init; }

    /// <summary>Receiver host, request from NIC to vnet, in us.</summary>
    public double? SegmentDUs { get; init; }

    /// <summary>Receiver host, tap to interrupt, in us.</summary>
    public double? SegmentEUs { get; init; }

    /// <summary>Receiver VM, receive stack, in us.</summary>
    public double? SegmentFUs { get; init; }

    /// <summary>Receiver VM, ICMP processing, in us.</summary>
    public double? SegmentGUs { get; init; }

    /// <summary>Receiver VM, transmit stack, in us.</summary>
    public double? SegmentHUs { get; init; }

    /// <summary>Receiver host, reply from vnet to NIC, in us.</summary>
    public double? SegmentIUs { get; init; }

    /// <summary>Sender host, reply from NIC to vnet, in us.</summary>
    public double? SegmentKUs { get; init; }

    /// <summary>Sender host, tap to interrupt, in us.</summary>
    public double? SegmentLUs { get; init; }

    /// <summary>Sender VM, receive stack, in us.</summary>
    public double? SegmentMUs { get; init; }

    /// <summary>C+J, both ways between the hosts, in us: SenderExternal less ReceiverHost.</summary>
    public double? HostToHostUs { get; init; }

    /// <summary>RoundTrip less A, M and SenderHostSpan, in us.</summary>
    public double? VirtSenderUs { get; init; }

    /// <summary>ReceiverExternal less ReceiverVm, in us.</summary>
    public double? VirtReceiverUs { get; init; }

    /// <summary>RoundTrip less all other parts, in us: print rounding; null where a VM or host log lacks the packet.</summary>
    public double? ResidualUs { get; init; }

    /// <summary>ping's own round trip, in us.</summary>
    public double? PingRttUs { get; init; }

    /// <summary>What is unusual about the packet in any of its logs; null where nothing is.</summary>
    public string? Flag { get; init; }
}
