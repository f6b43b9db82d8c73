using System.Buffers;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>What ping prints besides its numbers: iputils (s20071127 to 20250605), busybox, and the inetutils form.</summary>
internal static class PingText
{
    public static readonly byte[] Banner = "PING "u8.ToArray();

    /// <summary>The last second of the year 9999.</summary>
    private const long LastSecond = 253_402_300_799;

    private static readonly SearchValues<byte> FloodCharacters = SearchValues.Create(".EC! \b\a"u8);
    private static readonly SearchValues<byte> AddressCharacters = SearchValues.Create("0123456789ABCDEFabcdef.:"u8);
    private static readonly SearchValues<byte> ZoneCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);

    private static readonly byte[][] NoiseAtLineStart =
    [
        "--- "u8.ToArray(), "rtt min/"u8.ToArray(), "round-trip min/"u8.ToArray(), "pipe "u8.ToArray(), "ipg/ewma "u8.ToArray(),
        "wrong data byte #"u8.ToArray(), "PATTERN: 0x"u8.ToArray(), "RR: "u8.ToArray(), "TS: "u8.ToArray(), "LSRR: "u8.ToArray(),
        "SSRR: "u8.ToArray(), "NOP"u8.ToArray(), "\t"u8.ToArray(), "Unrecorded hops: "u8.ToArray(), "unknown option "u8.ToArray(),
        "Vr HL TOS "u8.ToArray(), " 4  5  "u8.ToArray(), "ai->ai_family: "u8.ToArray(), "WARNING: "u8.ToArray(), "Warning: "u8.ToArray(),
    ];

    private static readonly byte[][] Programs = ["ping"u8.ToArray(), "ping4"u8.ToArray(), "ping6"u8.ToArray(), "busybox"u8.ToArray()];

    /// <summary>How sure it is that the text is ping's: High by its banner, Medium by an answer.</summary>
    public static LogConfidence Detect(ReadOnlySpan<byte> head)
    {
        LogConfidence found = LogConfidence.None;
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        while (!head.IsEmpty)
        {
            int end = head.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
            head = end < 0 ? default : head[(end + 1)..];

            if (IsBanner(line))
            {
                return LogConfidence.High;
            }

            TakeStamp(ref line, out _);
            bool isAnswer = TakeSize(ref line) && TakeFrom(ref line, out _, out _);
            found = isAnswer ? LogConfidence.Medium : found;
        }

        return found;
    }

    /// <summary>True for a whole <c>PING x (1.2.3.4) 56(84) bytes of data.</c> in any of its forms.</summary>
    public static bool IsBanner(ReadOnlySpan<byte> line) =>
        line.StartsWith(Banner)
        && line.IndexOf((byte)'(') > Banner.Length
        && (line.EndsWith(" bytes of data."u8) || line.EndsWith(" data bytes"u8) || line.IndexOf(" data bytes, id 0x"u8) > 0);

    /// <summary>Reads what -D puts before a line: seconds since 1970, with six decimals.</summary>
    public static bool TakeStamp(ref ReadOnlySpan<byte> line, out DateTime time)
    {
        time = default;
        ReadOnlySpan<byte> rest = line;
        if (!ByteText.Take(ref rest, "["u8)
            || !ByteText.TakeInteger(ref rest, out long seconds) || seconds > LastSecond
            || !ByteText.Take(ref rest, "."u8))
        {
            return false;
        }

        int before = rest.Length;
        if (!ByteText.TakeInteger(ref rest, out long microseconds) || before - rest.Length != 6 || !ByteText.Take(ref rest, "] "u8))
        {
            return false;
        }

        time = DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));
        line = rest;
        return true;
    }

    /// <summary>Reads <c>64 bytes from </c>.</summary>
    public static bool TakeSize(ref ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        if (!ByteText.TakeInteger(ref rest, out _) || !ByteText.Take(ref rest, " bytes from "u8))
        {
            return false;
        }

        line = rest;
        return true;
    }

    /// <summary>Reads who answered, and <c>: icmp_seq=</c>, the <c>: icmp_req=</c> of 2010, or busybox's <c>: seq=</c>.</summary>
    public static bool TakeFrom(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> from, out bool isBusybox)
    {
        isBusybox = false;
        from = default;
        int label = line.IndexOf("seq="u8);
        label = label < 0 ? line.IndexOf("icmp_req="u8) : label;
        if (label < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> before = line[..label];
        isBusybox = before.EndsWith(": "u8);
        before = before.EndsWith("icmp_"u8) ? before[..^5] : before;
        if (before.Length < 3 || !before.EndsWith(": "u8))
        {
            return false;
        }

        isBusybox &= line[label] == 's';
        from = before[..^2];
        line = line[(line[label..].IndexOf((byte)'=') + label + 1)..];
        return true;
    }

    /// <summary>The address in <c>1.2.3.4</c>, <c>name (1.2.3.4)</c>, <c>::1(::1)</c> or <c>::1(name (::1))</c>; empty for a bare name.</summary>
    public static ReadOnlySpan<byte> AddressIn(ReadOnlySpan<byte> text)
    {
        int close = text.IndexOf((byte)')');
        if (close > 0)
        {
            text = text[..close];
            text = text[(text.LastIndexOf((byte)'(') + 1)..];
        }

        return IsAddress(text) ? text : default;
    }

    /// <summary>True for the form of an address: no other text of a log reaches an output column.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        int zone = text.IndexOf((byte)'%');
        ReadOnlySpan<byte> address = zone < 0 ? text : text[..zone];
        return address.Length is > 1 and < 46
            && address.IndexOfAny((byte)'.', (byte)':') >= 0
            && address.IndexOfAnyExcept(AddressCharacters) < 0
            && (zone < 0 || (text.Length - zone is > 1 and <= 16 && text[(zone + 1)..].IndexOfAnyExcept(ZoneCharacters) < 0));
    }

    /// <summary>Lines that carry nothing needed: statistics, IP options, dumps of differing data, -f's dots, stderr.</summary>
    public static bool IsNoise(ReadOnlySpan<byte> line) =>
        ByteText.StartsWithAny(line, NoiseAtLineStart)
        || line.IndexOfAnyExcept(FloodCharacters) < 0
        || line.SequenceEqual("^C"u8)
        || IsMessage(line)
        || IsStatus(line)
        || IsDump(line);

    /// <summary><c>ping: sendmsg: Network is unreachable</c>, by whatever path ping was called.</summary>
    private static bool IsMessage(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf(": "u8);
        if (colon < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> name = line[..colon];
        name = name[(name.LastIndexOf((byte)'/') + 1)..];
        foreach (byte[] program in Programs)
        {
            if (name.SequenceEqual(program))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What Ctrl-\ prints to stderr: a carriage return, then <c>5/5 packets, 0% loss...</c>.</summary>
    private static bool IsStatus(ReadOnlySpan<byte> line) => line[0] == '\r' && line.IndexOf(" packets, "u8) > 0;

    /// <summary><c>#16</c>, a tab, and bytes in hexadecimal: the rest of a "wrong data byte" message.</summary>
    private static bool IsDump(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        return ByteText.Take(ref rest, "#"u8) && ByteText.TakeInteger(ref rest, out _) && ByteText.Take(ref rest, "\t"u8);
    }
}
