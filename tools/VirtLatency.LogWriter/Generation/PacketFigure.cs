namespace VirtLatency.LogWriter;

/// <summary>
/// One ping packet on its whole way, in path order, in us with 1 ns resolution. What a tool measures over several
/// pieces is their sum, so logs made from the same packets agree with each other exactly. Letters are the segments'.
/// </summary>
public sealed record PacketFigure
{
    /// <summary>Number of the packet in its sequence, from 0.</summary>
    public required long Number { get; init; }

    /// <summary>Wall clock when the request leaves.</summary>
    public required DateTime Time { get; init; }

    /// <summary>ICMP identifier.</summary>
    public required ushort IcmpId { get; init; }

    /// <summary>ICMP sequence number.</summary>
    public required ushort Sequence { get; init; }

    /// <summary>A: out of the sender VM's stack.</summary>
    public required decimal SenderOutUs { get; init; }

    /// <summary>B_1: the request's kick to the tap device.</summary>
    public required KickPieces RequestKick { get; init; }

    /// <summary>B: the request through the sender's host.</summary>
    public required decimal SenderHostOutUs { get; init; }

    /// <summary>C: the request between the hosts.</summary>
    public required decimal RequestNetworkUs { get; init; }

    /// <summary>D: the request through the receiver's host.</summary>
    public required decimal ReceiverHostInUs { get; init; }

    /// <summary>E: the request from the tap device to the interrupt.</summary>
    public required TunPieces RequestTun { get; init; }

    /// <summary>Interrupt to the receiver VM's stack, which no tool sees.</summary>
    public required decimal RequestGapUs { get; init; }

    /// <summary>F, first part: __netif_receive_skb to ip_rcv.</summary>
    public required decimal ReceiverStage0To1Us { get; init; }

    /// <summary>F, second part: ip_rcv to icmp_rcv.</summary>
    public required decimal ReceiverStage1To2Us { get; init; }

    /// <summary>G: the receiver VM's turn-round.</summary>
    public required decimal ReceiverTurnUs { get; init; }

    /// <summary>H: out of the receiver VM's stack.</summary>
    public required decimal ReceiverOutUs { get; init; }

    /// <summary>I_1: the reply's kick to the tap device.</summary>
    public required KickPieces ReplyKick { get; init; }

    /// <summary>I: the reply through the receiver's host.</summary>
    public required decimal ReceiverHostOutUs { get; init; }

    /// <summary>J: the reply between the hosts.</summary>
    public required decimal ReplyNetworkUs { get; init; }

    /// <summary>K: the reply through the sender's host.</summary>
    public required decimal SenderHostInUs { get; init; }

    /// <summary>L: the reply from the tap device to the interrupt.</summary>
    public required TunPieces ReplyTun { get; init; }

    /// <summary>Interrupt to the sender VM's stack, which no tool sees.</summary>
    public required decimal ReplyGapUs { get; init; }

    /// <summary>M, first part: __netif_receive_skb to ip_rcv.</summary>
    public required decimal SenderStage3To4Us { get; init; }

    /// <summary>M, second part: ip_rcv to icmp_rcv.</summary>
    public required decimal SenderStage4To5Us { get; init; }

    /// <summary>F + G + H.</summary>
    public decimal ReceiverVmUs => ReceiverStage0To1Us + ReceiverStage1To2Us + ReceiverTurnUs + ReceiverOutUs;

    /// <summary>External of the receiver's host: E + gap + receiver VM + I_1.</summary>
    public decimal ReceiverExternalUs => RequestTun.TotalUs + RequestGapUs + ReceiverVmUs + ReplyKick.TotalUs;

    /// <summary>Total of the receiver's host: D + External + I.</summary>
    public decimal ReceiverHostUs => ReceiverHostInUs + ReceiverExternalUs + ReceiverHostOutUs;

    /// <summary>External of the sender's host: C + receiver's host + J.</summary>
    public decimal SenderExternalUs => RequestNetworkUs + ReceiverHostUs + ReplyNetworkUs;

    /// <summary>Total of the sender's host: B + External + K.</summary>
    public decimal SenderHostUs => SenderHostOutUs + SenderExternalUs + SenderHostInUs;

    /// <summary>Between the sender VM's paths: B_1 + sender's host + L + gap.</summary>
    public decimal InterPathUs => RequestKick.TotalUs + SenderHostUs + ReplyTun.TotalUs + ReplyGapUs;

    /// <summary>A + between the paths + M.</summary>
    public decimal RoundTripUs => SenderOutUs + InterPathUs + SenderStage3To4Us + SenderStage4To5Us;

    /// <summary>Wall clock some time into the packet's way.</summary>
    /// <param name="elapsedUs">Time since the request left, in us.</param>
    /// <returns>The time.</returns>
    public DateTime After(decimal elapsedUs) => Time.AddTicks((long)(elapsedUs * TimeSpan.TicksPerMicrosecond));
}
