namespace VirtLatency.LogWriter;

/// <summary>
/// One block of kernel_icmp_rtt. Latencies in us with 1 ns resolution; null where one of the two stages was not seen:
/// a segment then prints N/A and a total is left out.
/// </summary>
/// <param name="Time">Wall clock of printing.</param>
/// <param name="IcmpId">ICMP identifier.</param>
/// <param name="Sequence">ICMP sequence number.</param>
public sealed record IcmpRttFigure(DateTime Time, ushort IcmpId, ushort Sequence)
{
    /// <summary>Stage 0 to 1.</summary>
    public decimal? Stage0To1Us { get; init; }

    /// <summary>Stage 1 to 2; rx only.</summary>
    public decimal? Stage1To2Us { get; init; }

    /// <summary>Stage 3 to 4; tx only.</summary>
    public decimal? Stage3To4Us { get; init; }

    /// <summary>Stage 4 to 5.</summary>
    public decimal? Stage4To5Us { get; init; }

    /// <summary>Total of path 1: stage 0 to 1 (tx) or 0 to 2 (rx).</summary>
    public decimal? Path1Us { get; init; }

    /// <summary>End of path 1 to start of path 2.</summary>
    public decimal? InterPathUs { get; init; }

    /// <summary>Total of path 2: stage 3 to 5 (tx) or 4 to 5 (rx).</summary>
    public decimal? Path2Us { get; init; }

    /// <summary>Start of path 1 to end of path 2.</summary>
    public decimal? TotalUs { get; init; }

    /// <summary>Task of path 1; null for the log's own.</summary>
    public IcmpRttTask? Path1Task { get; init; }

    /// <summary>Task of path 2; null for the log's own.</summary>
    public IcmpRttTask? Path2Task { get; init; }

    /// <summary>Makes a block from the times of its stages, by the differences that the tool itself takes.</summary>
    /// <param name="direction">Trace direction.</param>
    /// <param name="time">Wall clock of printing.</param>
    /// <param name="icmpId">ICMP identifier.</param>
    /// <param name="sequence">ICMP sequence number.</param>
    /// <param name="stagesUs">Six times in us from any origin, null where not seen; tx uses 0, 1, 3, 4, 5 and rx 0, 1, 2, 4, 5.</param>
    /// <returns>The block.</returns>
    public static IcmpRttFigure FromStages(
        IcmpRttDirection direction, DateTime time, ushort icmpId, ushort sequence, ReadOnlySpan<decimal?> stagesUs)
    {
        bool isTx = direction == IcmpRttDirection.Tx;
        int path1End = isTx ? 1 : 2;
        int path2Start = isTx ? 3 : 4;
        return new IcmpRttFigure(time, icmpId, sequence)
        {
            Stage0To1Us = stagesUs[1] - stagesUs[0],
            Stage1To2Us = isTx ? null : stagesUs[2] - stagesUs[1],
            Stage3To4Us = isTx ? stagesUs[4] - stagesUs[3] : null,
            Stage4To5Us = stagesUs[5] - stagesUs[4],
            Path1Us = stagesUs[path1End] - stagesUs[0],
            InterPathUs = stagesUs[path2Start] - stagesUs[path1End],
            Path2Us = stagesUs[5] - stagesUs[path2Start],
            TotalUs = stagesUs[5] - stagesUs[0],
        };
    }
}
