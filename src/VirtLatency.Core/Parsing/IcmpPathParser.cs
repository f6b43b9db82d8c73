using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads icmp_drop_detector (and icmp_path_tracer, which prints the same). The latency line has no id: it belongs to the
/// complete mark directly above. A stage that was not seen is printed as 0.0; the mark's Y/- flags tell it.
/// </summary>
public sealed class IcmpPathParser : LogParser<IcmpPathRecord>
{
    private static readonly byte[][] NoiseAtLineStart =
    [
        "Flow path:"u8.ToArray(), "Tracing..."u8.ToArray(), "Detaching..."u8.ToArray(), "Total flows tracked:"u8.ToArray(),
        "Request internal drops:"u8.ToArray(), "External drops:"u8.ToArray(), "Reply internal drops:"u8.ToArray(),
        "=== ICMP Flow Statistics"u8.ToArray(), "Exiting"u8.ToArray(),
    ];

    /// <summary>Four numbers printed with one decimal: their sum can be 0.2 us off.</summary>
    private const long RoundingNanoseconds = 200;

    private readonly SequenceTracker _sequences = new();
    private readonly IcmpDropReader _drops;
    private TimeSpan _timeOut = SequenceTracker.DefaultTimeOut;
    private IcmpPathRecord _record;
    private bool _awaitsLatency;
    private bool _reqRx;
    private bool _reqTx;
    private bool _repRx;
    private bool _repTx;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the records.</param>
    /// <param name="drop">Takes the packets that the tool saw no end of; null when nobody asks for them.</param>
    public IcmpPathParser(ILogVisitor<IcmpPathRecord> visitor, Action<IcmpDropRecord>? drop = null)
        : base(LogTool.IcmpDropDetector, visitor) => _drops = new IcmpDropReader(drop ?? (_ => { }), Issue);

    private protected override ReadOnlySpan<byte> Banner => "=== ICMP Drop Detector ==="u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (line.IsEmpty)
        {
            return LineKind.Noise;
        }

        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "  Latency(us): "u8))
        {
            return LatencyLine(rest, number, terminated);
        }

        LineKind kind = OtherLine(line, number, terminated);
        if (kind == LineKind.Noise)
        {
            MissLatency();
        }

        return kind;
    }

    private LineKind OtherLine(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (line[0] == ' ' || ByteText.IsRuler(line, (byte)'-'))
        {
            return LineKind.Noise;
        }

        if (char.IsAsciiDigit((char)line[0]))
        {
            return Event(line, number);
        }

        if (_drops.TryTake(line, number, Facts.RunCount, out LineKind kind))
        {
            MissLatency();
            return kind;
        }

        return ByteText.StartsWithAny(line, NoiseAtLineStart) ? LineKind.Noise : Header(line, terminated);
    }

    private protected override void End(long lastLine)
    {
        MissLatency();
        _drops.Miss();
    }

    private LineKind Header(ReadOnlySpan<byte> line, bool terminated)
    {
        ReadOnlySpan<byte> rest = line;
        if (line.StartsWith(Banner))
        {
            MissLatency();
            _drops.Miss();
            BeginRun();
            _timeOut = SequenceTracker.DefaultTimeOut;
            return LineKind.Parsed;
        }

        if (ByteText.Take(ref rest, "Source IP: "u8))
        {
            return Address(rest, text => Facts.Source = text);
        }

        if (ByteText.Take(ref rest, "Destination IP: "u8))
        {
            return Address(rest, text => Facts.Destination = text);
        }

        if (ByteText.Take(ref rest, "RX Interface"u8))
        {
            Facts.ReceiveInterfaces = InterfaceList.Read(rest);

            // From 9e56f36 on the text is the same, though the probe at the exits moved from dev_queue_xmit to net_dev_xmit.
            bool isLater = rest.StartsWith("(s): "u8);
            Facts.Version = isLater ? "9e56f36+" : "c488e5d";
            Facts.ProbeBoundary = isLater ? "dev_queue_xmit or net_dev_xmit (the log does not tell)" : "dev_queue_xmit";
            return LineKind.Parsed;
        }

        if (ByteText.Take(ref rest, "TX Interface"u8))
        {
            Facts.TransmitInterfaces = InterfaceList.Read(rest);
            return LineKind.Parsed;
        }

        if (ByteText.Take(ref rest, "Timeout: "u8) && ByteText.TakeInteger(ref rest, int.MaxValue, out int timeOut) && rest.SequenceEqual(" ms"u8))
        {
            _timeOut = TimeSpan.FromMilliseconds(timeOut);
            return LineKind.Parsed;
        }

        if (ByteText.Take(ref rest, "Error loading BPF program: "u8))
        {
            Facts.ToolError = "the BPF program was not loaded";
            return LineKind.Parsed;
        }

        if (terminated && ByteText.Take(ref rest, "Complete flows: "u8) && ByteText.TakeInteger(ref rest, out long complete) && rest.IsEmpty)
        {
            Facts.AddClosingCount(complete);
            return LineKind.Parsed;
        }

        return LineKind.Malformed;
    }

    private static LineKind Address(ReadOnlySpan<byte> rest, Action<string> keep)
    {
        if (!ByteText.TakeAddress(ref rest, out uint address))
        {
            return LineKind.Malformed;
        }

        keep(AddressText.Of(address));
        return LineKind.Parsed;
    }

    private LineKind Event(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line;
        if (!ByteText.TakeDateTime(ref rest, out DateTime time))
        {
            return LineKind.Malformed;
        }

        if (rest.StartsWith(" [new] "u8) || rest.StartsWith(" [update] "u8))
        {
            return LineKind.Noise;
        }

        MissLatency();
        if (!ByteText.TakeIcmpKey(ref rest, " [complete] ID="u8, " Seq="u8, out ushort id, out ushort sequence)
            || !TakeSeen(ref rest, " ReqRX:"u8, out _reqRx)
            || !TakeSeen(ref rest, " ReqTX:"u8, out _reqTx)
            || !TakeSeen(ref rest, " RepRX:"u8, out _repRx)
            || !TakeSeen(ref rest, " RepTX:"u8, out _repTx)
            || !rest.IsEmpty)
        {
            return Damaged(number, "expected '<date> <time> [complete] ID=<n> Seq=<n> ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y'; the flow is left out");
        }

        int run = RunOfRecord();
        _record = new IcmpPathRecord
        {
            Line = number,
            Run = run,
            Timestamp = time,
            IcmpId = id,
            Sequence = sequence,
            Flags = _sequences.FlagsOf(run, id, sequence, time),
        };
        _awaitsLatency = true;
        return LineKind.Parsed;
    }

    private static bool TakeSeen(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> label, out bool seen)
    {
        seen = false;
        if (!ByteText.Take(ref rest, label) || rest.IsEmpty || (rest[0] != 'Y' && rest[0] != '-'))
        {
            return false;
        }

        seen = rest[0] == 'Y';
        rest = rest[1..];
        return true;
    }

    private LineKind LatencyLine(ReadOnlySpan<byte> rest, long number, bool terminated)
    {
        if (!_awaitsLatency)
        {
            return Damaged(number, "a Latency line without a [complete] line directly above; it belongs to no flow and is left out");
        }

        ReadOnlySpan<byte> whole = rest;

        // Both lines come from one print callback of the tool: between them only text of stderr can stand.
        _awaitsLatency = false;
        if (!TakeField(ref rest, "ReqInternal="u8, _reqRx && _reqTx, out _record.ReqInternal)
            || !TakeField(ref rest, "External="u8, _reqTx && _repRx, out _record.External)
            || !TakeField(ref rest, "RepInternal="u8, _repRx && _repTx, out _record.RepInternal)
            || !TakeField(ref rest, "Total="u8, _reqRx && _repTx, out _record.Total)
            || !rest.IsEmpty)
        {
            return Damaged(number, "expected 'Latency(us): ReqInternal=<n.n>  External=<n.n>  RepInternal=<n.n>  Total=<n.n>'; the flow is left out");
        }

        // Printed with one decimal: with the decimal there the number is whole.
        if (!terminated && whole[^2] != '.')
        {
            return Damaged(number, "the file ends inside this line, so its last number may be cut; the flow is left out");
        }

        long sum = Latency.Sum(_record.ReqInternal, _record.External, _record.RepInternal);
        bool addsUp = sum == Latency.Missing || _record.Total == Latency.Missing || Math.Abs(_record.Total - sum) <= RoundingNanoseconds;
        _record.Flags |= addsUp ? SampleFlags.None : SampleFlags.Inconsistent;
        _record.Flags |= _record.Total > Latency.FromTimeSpan(_timeOut) ? SampleFlags.StaleFlow : SampleFlags.None;
        Visitor.Record(in _record);
        return LineKind.Parsed;
    }

    private bool TakeField(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> label, bool seen, out long value)
    {
        value = Latency.Missing;
        rest = rest.TrimStart((byte)' ');
        if (!ByteText.Take(ref rest, label))
        {
            return false;
        }

        NumberStatus status = ByteText.TakeMicroseconds(ref rest, out long nanoseconds);
        if (status == NumberStatus.Wrapped)
        {
            _record.Flags |= SampleFlags.Wrapped;
        }
        else if (seen)
        {
            value = nanoseconds;
            _record.Flags |= nanoseconds < 0 ? SampleFlags.Negative : SampleFlags.None;
        }

        return status != NumberStatus.Invalid;
    }

    private void MissLatency()
    {
        if (_awaitsLatency)
        {
            _awaitsLatency = false;
            Issue(_record.Line, "no Latency line stands below this [complete] line; the flow is left out (was the tool run without --verbose?)");
        }
    }
}
