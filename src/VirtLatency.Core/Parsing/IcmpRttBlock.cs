using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads a record of kernel_icmp_rtt as one piece, where every byte of it is what the tool prints for a packet with all
/// its totals; anything else is left to <see cref="IcmpRttParser"/>, line by line, from the record's beginning.
/// The trick: names of stages, probes, interfaces and addresses are the same from record to record. The first time they
/// are looked at as the parser does, and kept; from then on one comparison tells that they are the same bytes again.
/// </summary>
internal sealed class IcmpRttBlock
{
    /// <summary>A longer record is left to the line parser, which bounds its lines.</summary>
    private const int MostBytes = LogLineReader.MaxLineBytes;

    private const int MostDigits = 12;
    private const int StageLetters = 6;
    private const int StagePairLength = 8;

    private readonly KnownText _session = new();
    private readonly KnownText[] _pointers = KnownText.Several(StageLetters);
    private readonly KnownText[] _stages = KnownText.Several(StageLetters);
    private readonly IcmpRttTask _path1 = new();
    private readonly IcmpRttTask _path2 = new();
    private readonly LogClock _clock = new();
    private (uint Source, uint Destination) _addresses;

    /// <summary>The record read last; run, line and marks against other records are the parser's to set.</summary>
    public IcmpRttRecord Record;

    /// <summary>Bytes of the record read last, its closing ruler included.</summary>
    public int Length { get; private set; }

    /// <summary>Its lines with values.</summary>
    public int ParsedLines { get; private set; }

    /// <summary>Its other lines.</summary>
    public long NoiseLines { get; private set; }

    /// <summary>What path 1's line says of the side that pings: null where it does not tell, true where the session has it second.</summary>
    public bool? IsReversed { get; private set; }

    private static ReadOnlySpan<byte> Ruler => "================================================================================\n"u8;

    /// <summary>Reads a record.</summary>
    /// <param name="text">Begins at the beginning of a line.</param>
    /// <param name="wantsMore">True when the text ends before it can be told.</param>
    /// <returns>True when a whole record was read.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, out bool wantsMore)
    {
        ReadOnlySpan<byte> rest = text;
        ParsedLines = 0;
        NoiseLines = 0;
        bool isRead = Head(ref rest) && Tasks(ref rest) && Pointers(ref rest) && Latencies(ref rest) && Close(ref rest);
        Length = text.Length - rest.Length;
        wantsMore = !isRead && text.Length <= MostBytes && rest.IndexOf((byte)'\n') < 0;
        return isRead && Length <= MostBytes;
    }

    private bool Head(ref ReadOnlySpan<byte> rest)
    {
        if (!Noise(ref rest, Ruler) || !ByteText.Take(ref rest, "=== ICMP RTT Trace: "u8) || !_clock.Take(ref rest, out DateTime time))
        {
            return false;
        }

        bool isTx = ByteText.Take(ref rest, " (TX (Local -> Remote)) ===\n"u8);
        if (!isTx && !ByteText.Take(ref rest, " (RX (Remote -> Local)) ===\n"u8))
        {
            return false;
        }

        Record = new IcmpRttRecord
        {
            Timestamp = time,
            IsTx = isTx,
            Path2Cpu = -1,
            Stage0To1 = Latency.Missing,
            Stage1To2 = Latency.Missing,
            Stage0To2 = Latency.Missing,
            Stage3To4 = Latency.Missing,
            Stage4To5 = Latency.Missing,
            Stage3To5 = Latency.Missing,
        };
        ParsedLines = 2;
        return Session(ref rest);
    }

    /// <summary><c>Session: a -> b (ID: 4001, Seq: 1)</c>.</summary>
    private bool Session(ref ReadOnlySpan<byte> rest)
    {
        if (!_session.Take(ref rest))
        {
            ReadOnlySpan<byte> whole = rest;
            if (!ByteText.Take(ref rest, "Session: "u8)
                || !ByteText.TakeAddress(ref rest, out _addresses.Source)
                || !ByteText.Take(ref rest, " -> "u8)
                || !ByteText.TakeAddress(ref rest, out _addresses.Destination)
                || !ByteText.Take(ref rest, " (ID: "u8))
            {
                _session.Keep(default);
                return false;
            }

            _session.Keep(whole[..^rest.Length]);
        }

        (Record.Source, Record.Destination) = _addresses;
        return ByteText.TakeIcmpKey(ref rest, default, ", Seq: "u8, out Record.IcmpId, out Record.Sequence) && ByteText.Take(ref rest, ")\n"u8);
    }

    private bool Tasks(ref ReadOnlySpan<byte> rest)
    {
        if (!_path1.TryTake(ref rest, "Path 1 ("u8, "ICMP_Type=8\n"u8) || !_path2.TryTake(ref rest, "Path 2 ("u8, "ICMP_Type=0\n"u8))
        {
            return false;
        }

        IsReversed = Record.IsTx ? null : _path1.IsReversed(Record.Source, Record.Destination);
        if (IsReversed == true)
        {
            (Record.Source, Record.Destination) = (Record.Destination, Record.Source);
        }

        Record.Path2Idle = _path2.Pid == 0;
        Record.Path2Cpu = _path2.Cpu;
        ParsedLines += IsReversed is null ? 1 : 2;
        NoiseLines += IsReversed is null ? 1 : 0;
        return true;
    }

    private bool Pointers(ref ReadOnlySpan<byte> rest)
    {
        if (!Noise(ref rest, "\n"u8))
        {
            return false;
        }

        if (Noise(ref rest, "SKB Pointers:\n"u8))
        {
            while (rest.Length > 0 && rest[0] == ' ')
            {
                if (!Pointer(ref rest))
                {
                    return false;
                }
            }

            return Noise(ref rest, "\n"u8);
        }

        return true;
    }

    private bool Pointer(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length <= IcmpRttLine.PointerColumn || !IsStageNumber(rest[8], out int stage))
        {
            return false;
        }

        ReadOnlySpan<byte> line = rest;
        if (!_pointers[stage].Take(ref rest))
        {
            int end = line.IndexOf((byte)'\n');
            if (end < 0 || !IcmpRttLine.IsPointer(line[..end]) || !IcmpRttLine.IsPlain(line[..end]))
            {
                return false;
            }

            _pointers[stage].Keep(line[..IcmpRttLine.PointerColumn]);
            rest = line[IcmpRttLine.PointerColumn..];
        }

        int digits = rest.IndexOfAnyExcept(IcmpRttLine.HexDigits);
        if (digits <= 0 || rest[digits] != '\n')
        {
            rest = line;
            return false;
        }

        NoiseLines++;
        rest = rest[(digits + 1)..];
        return true;
    }

    private bool Latencies(ref ReadOnlySpan<byte> rest) =>
        Noise(ref rest, "Path 1 Latencies (us):\n"u8)
        && Stages(ref rest, IcmpRttPart.Path1Heading, IcmpRttPart.Total1)
        && Total(ref rest, "  Total Path 1:"u8, out Record.Path1)
        && Noise(ref rest, "\n"u8)
        && Noise(ref rest, "Path 2 Latencies (us):\n"u8)
        && Stages(ref rest, IcmpRttPart.Path2Heading, IcmpRttPart.Total2)
        && Total(ref rest, "  Total Path 2:"u8, out Record.Path2)
        && Noise(ref rest, "\n"u8)
        && Total(ref rest, "Total RTT (Path1 Start to Path2 End):"u8, out Record.TotalRtt)
        && Total(ref rest, "Inter-Path Latency (P1 end -> P2 start):"u8, out Record.InterPath);

    /// <summary>A path's one or two stages, each part behind the one before.</summary>
    private bool Stages(ref ReadOnlySpan<byte> rest, IcmpRttPart part, IcmpRttPart end)
    {
        while (rest.StartsWith("  ["u8))
        {
            int pair = rest.Length < StagePairLength ? -1 : StagePair(rest[3], rest[6]);
            if (pair < 0 || PartOf(pair) <= part || PartOf(pair) >= end || !Stage(ref rest, pair, out long value))
            {
                return false;
            }

            part = PartOf(pair);
            StageOf(pair) = value;
        }

        return true;
    }

    private static int StagePair(byte from, byte to) => (from, to) switch
    {
        ((byte)'0', (byte)'1') => 0,
        ((byte)'1', (byte)'2') => 1,
        ((byte)'0', (byte)'2') => 2,
        ((byte)'3', (byte)'4') => 3,
        ((byte)'4', (byte)'5') => 4,
        ((byte)'3', (byte)'5') => 5,
        _ => -1,
    };

    private static IcmpRttPart PartOf(int pair) => pair switch
    {
        0 => IcmpRttPart.Stage0To1,
        1 or 2 => IcmpRttPart.Stage1To2,
        3 => IcmpRttPart.Stage3To4,
        _ => IcmpRttPart.Stage4To5,
    };

    private ref long StageOf(int pair)
    {
        switch (pair)
        {
            case 0:
                return ref Record.Stage0To1;
            case 1:
                return ref Record.Stage1To2;
            case 2:
                return ref Record.Stage0To2;
            case 3:
                return ref Record.Stage3To4;
            case 4:
                return ref Record.Stage4To5;
            default:
                return ref Record.Stage3To5;
        }
    }

    /// <summary><c>  [0->1] P1:S0 (ip_local_out)   -> P1:S1 (dev_queue_xmit)   :  20.839 us</c>; all before the number is known from record to record.</summary>
    private bool Stage(ref ReadOnlySpan<byte> rest, int pair, out long value)
    {
        ReadOnlySpan<byte> line = rest;
        value = Latency.Missing;
        if (!_stages[pair].Take(ref line))
        {
            int end = line.IndexOf((byte)'\n');
            ReadOnlySpan<byte> whole = end < 0 ? default : line[..end];
            int colon = whole.LastIndexOf((byte)':');
            if (colon < StagePairLength || !whole[4..6].SequenceEqual("->"u8) || IcmpRttLine.StageCell(whole[3..]).IsEmpty || !IcmpRttLine.IsPlain(whole))
            {
                return false;
            }

            _stages[pair].Keep(line[..(colon + 1)]);
            line = line[(colon + 1)..];
        }

        if (!ByteText.Take(ref line, "    N/A  us\n"u8) && !TakeLatency(ref line, out value))
        {
            return false;
        }

        ParsedLines++;
        rest = line;
        return true;
    }

    private bool Total(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> label, out long value)
    {
        ReadOnlySpan<byte> line = rest;
        if (!ByteText.Take(ref line, label) || !TakeLatency(ref line, out value))
        {
            value = Latency.Missing;
            return false;
        }

        ParsedLines++;
        rest = line;
        return true;
    }

    /// <summary>Blanks, digits, a point and three more of them, and the line's end: <c>  20.839 us</c>.</summary>
    private static bool TakeLatency(ref ReadOnlySpan<byte> line, out long nanoseconds)
    {
        nanoseconds = 0;
        int at = 0;
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        int start = at;
        for (uint digit; at < line.Length && (digit = (uint)line[at] - '0') <= 9; at++)
        {
            nanoseconds = (nanoseconds * 10) + digit;
        }

        if (at == start || at - start > MostDigits)
        {
            return false;
        }

        ReadOnlySpan<byte> tail = line[at..];
        if (tail.Length < 8 || tail[0] != '.' || !tail[4..8].SequenceEqual(" us\n"u8))
        {
            return false;
        }

        (uint tenths, uint hundredths, uint thousandths) = ((uint)tail[1] - '0', (uint)tail[2] - '0', (uint)tail[3] - '0');
        nanoseconds = (nanoseconds * 1000) + (tenths * 100) + (hundredths * 10) + thousandths;
        line = tail[8..];
        return tenths <= 9 && hundredths <= 9 && thousandths <= 9;
    }

    private bool Close(ref ReadOnlySpan<byte> rest)
    {
        if (Noise(ref rest, "\n"u8) && (!Noise(ref rest, "Kernel Stack Traces:\n"u8) || !Stacks(ref rest)))
        {
            return false;
        }

        return Noise(ref rest, Ruler);
    }

    private bool Stacks(ref ReadOnlySpan<byte> rest)
    {
        int length = IndentedLines.Skip(rest, out int lines);
        rest = length < 0 ? rest[(length == -1 ? rest.Length : 0)..] : rest[length..];
        NoiseLines += lines;
        return length >= 0;
    }

    private bool Noise(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line)
    {
        bool isThere = ByteText.Take(ref rest, line);
        NoiseLines += isThere ? 1 : 0;
        return isThere;
    }

    private static bool IsStageNumber(byte letter, out int stage)
    {
        stage = letter - '0';
        return stage is >= 0 and < StageLetters;
    }
}
