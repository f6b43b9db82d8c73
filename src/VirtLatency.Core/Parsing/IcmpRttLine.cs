namespace VirtLatency.Parsing;

/// <summary>Shapes of the lines in a record of kernel_icmp_rtt: a line that was put together from two does not have them.</summary>
internal static class IcmpRttLine
{
    public static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Behind <c>  Stage 0 (</c> the name is padded to 40 letters.</summary>
    private const int NameEnd = 51;

    /// <summary>Where a pointer's digits begin.</summary>
    public const int PointerColumn = 56;

    /// <summary><c>  Stage 0 (P1:S0 (ip_local_out)      ): 0xffff9c8e8b1c8100</c>.</summary>
    public static bool IsPointer(ReadOnlySpan<byte> line) =>
        line.StartsWith("  Stage "u8)
        && line.Length > PointerColumn
        && line.IndexOf("): 0x"u8) == NameEnd
        && line[PointerColumn..].IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>What stands behind the names of two stages: <c>P1:S0 (ip_local_out) -> P1:S1 (dev_queue_xmit) : 20.839 us</c>; empty where it is not so.</summary>
    public static ReadOnlySpan<byte> StageCell(ReadOnlySpan<byte> line)
    {
        int colon = line.LastIndexOf((byte)':');
        bool isNamed = colon > 0 && line.IndexOf(" -> P"u8) > 0 && line.IndexOf(" -> P"u8) == line.LastIndexOf(" -> P"u8) && line[..colon].TrimEnd((byte)' ').EndsWith(")"u8);
        return isNamed ? line[(colon + 1)..] : default;
    }

    /// <summary>A task's line from its beginning to its end; COMM may hold anything.</summary>
    public static bool IsTask(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> type) =>
        rest.IndexOf(": PID="u8) > 0 && rest.IndexOf(" COMM="u8) > 0 && rest.IndexOf(" IF="u8) > 0 && rest.EndsWith(type);

    /// <summary>True for a line that holds nothing that another line, or stderr, was written into it with.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> line) =>
        !line.Contains((byte)0) && line.IndexOf("Possibly lost "u8) < 0 && line.IndexOf("=== Kernel ICMP RTT Tracer ==="u8) < 0
        && line.IndexOf(": warning: "u8) < 0 && line.IndexOf(": note: "u8) < 0;
}
