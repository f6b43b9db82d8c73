namespace VirtLatency.LogWriter;

/// <summary>One packet of ping.</summary>
/// <param name="Time">When the reply was printed, or would have been; UTC, printed by -D as seconds since 1970.</param>
/// <param name="Sequence">ICMP sequence number.</param>
/// <param name="RttUs">Round trip in whole us; null when no reply came, which prints nothing without -O.</param>
/// <param name="IsDuplicate">Whether this is another reply to a request that was answered before.</param>
public sealed record PingFigure(DateTime Time, ushort Sequence, long? RttUs, bool IsDuplicate = false);
