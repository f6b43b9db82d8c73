namespace VirtLatency.Parsing;

/// <summary>
/// Reads what stage 1 tells of its packet, behind a task name that may hold blanks:
/// <c>ICMP a -> b type=8 code=0 id=1 seq=1</c>, <c>TCP a:p -> b:p</c>, <c>UDP ...</c>, <c>IP a -> b proto=1</c>; from the C
/// port <c>ICMP a->b</c>, <c>TCP a:p->b:p</c>, <c>OTHER a->b</c>; or nothing, or <c>[packet info parse error]</c>.
/// </summary>
internal static class TunPacketReader
{
    private const int Icmp = 1;
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <summary>Reads the packet.</summary>
    /// <returns>False when the ICMP description is damaged.</returns>
    public static bool Read(ReadOnlySpan<byte> text, ref TunEvent stage)
    {
        ReadOnlySpan<byte> rest = text;
        if (TakeThroughLast(ref rest, "ICMP "u8) && rest.Length > 0 && char.IsAsciiDigit((char)rest[0]))
        {
            stage.Protocol = Icmp;
            return ReadIcmp(rest, ref stage);
        }

        // Task names may look like these: what does not fit whole is none.
        _ = TryRead(text, "TCP "u8, Tcp, ref stage)
            || TryRead(text, "UDP "u8, Udp, ref stage)
            || TryRead(text, "IP "u8, -1, ref stage)
            || TryRead(text, "OTHER "u8, -1, ref stage);
        return true;
    }

    /// <summary>Reads an ICMP packet that is all of the text; otherwise nothing is changed.</summary>
    /// <returns>True when it was read.</returns>
    public static bool TryReadIcmpOnly(ReadOnlySpan<byte> text, ref TunEvent stage)
    {
        if (!ByteText.Take(ref text, "ICMP "u8) || text.IsEmpty || !char.IsAsciiDigit((char)text[0]))
        {
            return false;
        }

        if (ReadIcmp(text, ref stage))
        {
            stage.Protocol = Icmp;
            return true;
        }

        (stage.Source, stage.Destination, stage.IcmpType, stage.IcmpId, stage.Sequence, stage.TellsIcmp) = (0, 0, -1, -1, -1, false);
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, int protocol, ref TunEvent stage)
    {
        bool hasPorts = protocol is Tcp or Udp;
        if (!TakeThroughLast(ref text, name) || !TakePair(ref text, hasPorts, out uint source, out uint destination)
            || (ByteText.Take(ref text, " proto="u8) && !ByteText.TakeInteger(ref text, byte.MaxValue, out protocol))
            || !text.IsEmpty)
        {
            return false;
        }

        (stage.Protocol, stage.Source, stage.Destination) = (protocol, source, destination);
        return true;
    }

    /// <summary>The short form stops after the type, the C port before it.</summary>
    private static bool ReadIcmp(ReadOnlySpan<byte> rest, ref TunEvent stage)
    {
        if (!TakePair(ref rest, hasPorts: false, out stage.Source, out stage.Destination))
        {
            return false;
        }

        if (stage.Layout == TunLayout.Libbpf)
        {
            return rest.IsEmpty;
        }

        if (!ByteText.Take(ref rest, " type="u8) || !ByteText.TakeInteger(ref rest, byte.MaxValue, out stage.IcmpType))
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            return true;
        }

        stage.TellsIcmp = ByteText.Take(ref rest, " code="u8)
            && ByteText.TakeInteger(ref rest, byte.MaxValue, out int _)
            && ByteText.Take(ref rest, " id="u8)
            && ByteText.TakeInteger(ref rest, ushort.MaxValue, out stage.IcmpId)
            && ByteText.Take(ref rest, " seq="u8)
            && ByteText.TakeInteger(ref rest, ushort.MaxValue, out stage.Sequence)
            && rest.IsEmpty;
        return stage.TellsIcmp;
    }

    private static bool TakePair(ref ReadOnlySpan<byte> rest, bool hasPorts, out uint source, out uint destination)
    {
        destination = 0;
        return ByteText.TakeAddress(ref rest, out source)
            && TakePort(ref rest, hasPorts)
            && (ByteText.Take(ref rest, " -> "u8) || ByteText.Take(ref rest, "->"u8))
            && ByteText.TakeAddress(ref rest, out destination)
            && TakePort(ref rest, hasPorts);
    }

    private static bool TakePort(ref ReadOnlySpan<byte> rest, bool hasPort) =>
        !hasPort || (ByteText.Take(ref rest, ":"u8) && ByteText.TakeInteger(ref rest, ushort.MaxValue, out int _));

    /// <summary>Moves behind the last occurrence of the word: at the text's beginning or behind a blank.</summary>
    private static bool TakeThroughLast(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        int at = text.LastIndexOf(word);
        if (at < 0 || (at > 0 && text[at - 1] != ' '))
        {
            return false;
        }

        text = text[(at + word.Length)..];
        return true;
    }
}
