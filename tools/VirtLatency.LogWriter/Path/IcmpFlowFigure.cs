namespace VirtLatency.LogWriter;

/// <summary>
/// One flow (request and reply) of icmp_drop_detector. Latencies in us, printed to 0.1; null where one of the two
/// stages was not seen. The request's arrival is always seen, the others follow from the latencies; a flow without
/// <see cref="TotalUs"/> never completes.
/// </summary>
/// <param name="RequestTime">Wall clock of printing while the request passes the host.</param>
/// <param name="ReplyTime">Wall clock of printing while the reply passes the host.</param>
/// <param name="IcmpId">ICMP identifier.</param>
/// <param name="Sequence">ICMP sequence number.</param>
public sealed record IcmpFlowFigure(DateTime RequestTime, DateTime ReplyTime, ushort IcmpId, ushort Sequence)
{
    /// <summary>Request through the host.</summary>
    public decimal? ReqInternalUs { get; init; }

    /// <summary>From the request's leaving to the reply's arrival.</summary>
    public decimal? ExternalUs { get; init; }

    /// <summary>Reply through the host.</summary>
    public decimal? RepInternalUs { get; init; }

    /// <summary>From the request's arrival to the reply's leaving; null for a flow that does not complete.</summary>
    public decimal? TotalUs { get; init; }

    /// <summary>When the tool reports the flow as dropped; null when it completes or is still on its way at the end.</summary>
    public DateTime? DropTime { get; init; }

    internal bool IsRequestOut => (ReqInternalUs ?? ExternalUs) is not null;

    internal bool IsReplyIn => (ExternalUs ?? RepInternalUs) is not null;

    internal bool IsReplyOut => TotalUs is not null;
}
