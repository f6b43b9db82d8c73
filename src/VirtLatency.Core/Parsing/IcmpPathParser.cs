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
    private readonly LogClock _clock = new();
    private TimeSpan _timeOut = SequenceTracker.DefaultTimeOut;
    private IcmpPathRecord _record;
    private bool _awaitsLatency;
    private Seen _seen;

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

    /// <summary>Events, latencies and rulers: all but a header's few lines and the blocks of drops.</summary>
    private protected override bool TryPlain(ReadOnlySpan<byte> line, long number, out LineKind kind)
    {
        kind = LineKind.Noise;
        ReadOnlySpan<byte> rest = line;
        if (_clock.Take(ref rest, out DateTime time))
        {
            return TryPlainEvent(rest, time, number, out kind);
        }

        if (ByteText.Take(ref rest, "  Latency(us): "u8))
        {
            kind = LineKind.Parsed;
            return _awaitsLatency && TryReadLatencies(rest) && Take();
        }

        if (line.IsEmpty || line[0] != '-' || !ByteText.IsRuler(line, (byte)'-'))
        {
            return false;
        }

        MissLatency();
        return true;
    }

    private bool TryPlainEvent(ReadOnlySpan<byte> rest, DateTime time, long number, out LineKind kind)
    {
        bool isComplete = ByteText.Take(ref rest, " [complete]"u8);
        kind = isComplete ? LineKind.Parsed : LineKind.Noise;
        if ((!isComplete && !ByteText.Take(ref rest, " [new]"u8) && !ByteText.Take(ref rest, " [update]"u8))
            || !TryReadEvent(rest, out ushort id, out ushort sequence, out Seen seen))
        {
            return false;
        }

        MissLatency();
        if (isComplete)
        {
            Await(time, id, sequence, seen, number);
        }

        return true;
    }

    private protected override LineKind Hole(long number)
    {
        MissLatency();
        _drops.Miss();
        return base.Hole(number);
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
            Facts.NextBuild();
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
        if (!_clock.Take(ref rest, out DateTime time))
        {
            return LineKind.Malformed;
        }

        if (rest.StartsWith(" [new] "u8) || rest.StartsWith(" [update] "u8))
        {
            return LineKind.Noise;
        }

        MissLatency();
        if (!ByteText.Take(ref rest, " [complete]"u8) || !TryReadEvent(rest, out ushort id, out ushort sequence, out Seen seen))
        {
            return Damaged(number, "expected '<date> <time> [complete] ID=<n> Seq=<n> ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y'; the flow is left out");
        }

        Await(time, id, sequence, seen, number);
        return LineKind.Parsed;
    }

    private static bool TryReadEvent(ReadOnlySpan<byte> rest, out ushort id, out ushort sequence, out Seen seen)
    {
        seen = default;
        return ByteText.TakeIcmpKey(ref rest, " ID="u8, " Seq="u8, out id, out sequence)
            && TakeSeen(ref rest, " ReqRX:"u8, out seen.ReqRx)
            && TakeSeen(ref rest, " ReqTX:"u8, out seen.ReqTx)
            && TakeSeen(ref rest, " RepRX:"u8, out seen.RepRx)
            && TakeSeen(ref rest, " RepTX:"u8, out seen.RepTx)
            && rest.IsEmpty;
    }

    /// <summary>A flow is complete; its latencies stand on the next line.</summary>
    private void Await(DateTime time, ushort id, ushort sequence, Seen seen, long number)
    {
        int run = RunOfRecord();
        _seen = seen;
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

        // Both lines come from one print callback of the tool: between them only text of stderr can stand.
        _awaitsLatency = false;
        if (!TryReadLatencies(rest))
        {
            return Damaged(number, "expected 'Latency(us): ReqInternal=<n.n>  External=<n.n>  RepInternal=<n.n>  Total=<n.n>'; the flow is left out");
        }

        // Printed with one decimal: with the decimal there the number is whole.
        if (!terminated && rest[^2] != '.')
        {
            return Damaged(number, "the file ends inside this line, so its last number may be cut; the flow is left out");
        }

        Take();
        return LineKind.Parsed;
    }

    private bool TryReadLatencies(ReadOnlySpan<byte> rest) =>
        TakeField(ref rest, "ReqInternal="u8, _seen.ReqRx && _seen.ReqTx, out _record.ReqInternal)
        && TakeField(ref rest, "External="u8, _seen.ReqTx && _seen.RepRx, out _record.External)
        && TakeField(ref rest, "RepInternal="u8, _seen.RepRx && _seen.RepTx, out _record.RepInternal)
        && TakeField(ref rest, "Total="u8, _seen.ReqRx && _seen.RepTx, out _record.Total)
        && rest.IsEmpty;

    private bool Take()
    {
        _awaitsLatency = false;
        long sum = Latency.Sum(_record.ReqInternal, _record.External, _record.RepInternal);
        bool addsUp = sum == Latency.Missing || _record.Total == Latency.Missing || Math.Abs(_record.Total - sum) <= RoundingNanoseconds;
        _record.Flags |= addsUp ? SampleFlags.None : SampleFlags.Inconsistent;
        _record.Flags |= _record.Total > Latency.FromTimeSpan(_timeOut) ? SampleFlags.StaleFlow : SampleFlags.None;
        Visitor.Record(in _record);
        return true;
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

    /// <summary>The stages that a flow was seen at.</summary>
    private struct Seen
    {
        public bool ReqRx;
        public bool ReqTx;
        public bool RepRx;
        public bool RepTx;
    }
}
