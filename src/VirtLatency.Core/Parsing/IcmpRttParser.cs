using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads kernel_icmp_rtt, tx and rx. A record lies between two rulers: title, session, tasks, pointers, stage
/// latencies, totals, and stacks unless they were switched off. Unknown lines inside a record (stderr merged into the
/// file) are counted and left out; a record is used only if its total and its closing ruler are there.
/// </summary>
public sealed partial class IcmpRttParser : LogParser<IcmpRttRecord>
{
    private static readonly byte[][] NoiseAtLineStart =
    [
        "BPF program loaded"u8.ToArray(), "Verifying probe attachments"u8.ToArray(), "Tracing ICMP RTT"u8.ToArray(),
        "Debug counters enabled"u8.ToArray(), "Debug Counters"u8.ToArray(), "Detaching..."u8.ToArray(), "Exiting."u8.ToArray(),
        "Monitoring "u8.ToArray(), "Local IP:"u8.ToArray(), "Remote IP:"u8.ToArray(),
        "Hit Ctrl-C"u8.ToArray(), "No debug counters"u8.ToArray(), "No debug statistics"u8.ToArray(),
    ];

    private static readonly (byte[] Text, IcmpRttPart Part)[] Headings =
    [
        ("SKB Pointers:"u8.ToArray(), IcmpRttPart.PointersHeading), ("Path 1 Latencies (us):"u8.ToArray(), IcmpRttPart.Path1Heading),
        ("Path 2 Latencies (us):"u8.ToArray(), IcmpRttPart.Path2Heading), ("Kernel Stack Traces:"u8.ToArray(), IcmpRttPart.StacksHeading),
    ];

    private readonly SequenceTracker _sequences = new();
    private readonly IcmpRttVersion _version = new();
    private readonly IcmpRttHeader _header;
    private IcmpRttRecord _record;
    private bool _inRecord;
    private bool _hasSession;
    private bool _isDamaged;
    private IcmpRttPart _part;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the records.</param>
    public IcmpRttParser(ILogVisitor<IcmpRttRecord> visitor)
        : base(LogTool.KernelIcmpRtt, visitor) => _header = new IcmpRttHeader(Facts, _version);

    private protected override ReadOnlySpan<byte> Banner => "=== Kernel ICMP RTT Tracer ==="u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (line.IsEmpty)
        {
            return LineKind.Noise;
        }

        return line[0] switch
        {
            (byte)' ' => Indented(line, number),
            (byte)'=' => Title(line, number, terminated),
            _ => Text(line, number),
        };
    }

    private protected override void End(long lastLine)
    {
        if (_inRecord)
        {
            Discard("the file ends inside it");
        }
    }

    private LineKind Title(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (ByteText.IsRuler(line, (byte)'='))
        {
            if (_inRecord)
            {
                Close(whole: terminated || line.Length >= 80);
            }

            return LineKind.Noise;
        }

        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "=== ICMP RTT Trace: "u8))
        {
            return Open(rest, number);
        }

        if (!line.StartsWith(Banner))
        {
            return _inRecord ? Foreign(number) : LineKind.Malformed;
        }

        if (_inRecord)
        {
            Discard("a new run begins inside it");
        }

        BeginRun();
        _version.Forget(Facts);
        return LineKind.Parsed;
    }

    private LineKind Open(ReadOnlySpan<byte> rest, long number)
    {
        if (_inRecord)
        {
            Discard("the next record begins inside it");
        }

        _inRecord = true;
        _part = IcmpRttPart.Title;
        _hasSession = false;
        _record = new IcmpRttRecord
        {
            Line = number,
            Run = RunOfRecord(),
            Path2Cpu = -1,
            Path1 = Latency.Missing,
            InterPath = Latency.Missing,
            Path2 = Latency.Missing,
            TotalRtt = Latency.Missing,
            Stage0To1 = Latency.Missing,
            Stage1To2 = Latency.Missing,
            Stage0To2 = Latency.Missing,
            Stage3To4 = Latency.Missing,
            Stage4To5 = Latency.Missing,
            Stage3To5 = Latency.Missing,
        };

        bool timed = ByteText.TakeDateTime(ref rest, out DateTime time);
        _record.Timestamp = timed ? time : null;
        _record.IsTx = rest.StartsWith(" (TX ("u8);
        _isDamaged = !timed || !(_record.IsTx || rest.StartsWith(" (RX ("u8));
        Facts.Direction ??= _record.IsTx ? "Tx" : "Rx";
        return _isDamaged
            ? Damaged(number, "expected '=== ICMP RTT Trace: <date> <time> (TX|RX (...)) ==='; the record is left out")
            : LineKind.Parsed;
    }

    private LineKind Indented(ReadOnlySpan<byte> line, long number)
    {
        // Probe checks and debug counters outside of records, symbols at a record's end; nothing else is indented there.
        if (!_inRecord || _part == IcmpRttPart.StacksHeading)
        {
            return LineKind.Noise;
        }

        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "  ["u8))
        {
            return StageLatency(rest, number);
        }

        if (ByteText.Take(ref rest, "  Total Path 1:"u8))
        {
            return Value(IcmpRttPart.Total1, rest, number, ref _record.Path1);
        }

        if (ByteText.Take(ref rest, "  Total Path 2:"u8))
        {
            return Value(IcmpRttPart.Total2, rest, number, ref _record.Path2);
        }

        bool isPointer = _part is IcmpRttPart.PointersHeading or IcmpRttPart.Pointer && IcmpRttLine.IsPointer(line);
        _part = isPointer ? IcmpRttPart.Pointer : _part;
        return isPointer ? LineKind.Noise : Foreign(number);
    }

    private LineKind StageLatency(ReadOnlySpan<byte> rest, long number)
    {
        if (rest.Length < 5 || !rest[1..3].SequenceEqual("->"u8))
        {
            return Foreign(number);
        }

        _version.SeeStage(rest, Facts);
        switch (((char)rest[0], (char)rest[3]))
        {
            case ('0', '1'):
                return Value(IcmpRttPart.Stage0To1, IcmpRttLine.StageCell(rest), number, ref _record.Stage0To1);
            case ('1', '2'):
                return Value(IcmpRttPart.Stage1To2, IcmpRttLine.StageCell(rest), number, ref _record.Stage1To2);
            case ('0', '2'):
                return Value(IcmpRttPart.Stage1To2, IcmpRttLine.StageCell(rest), number, ref _record.Stage0To2);
            case ('3', '4'):
                return Value(IcmpRttPart.Stage3To4, IcmpRttLine.StageCell(rest), number, ref _record.Stage3To4);
            case ('4', '5'):
                return Value(IcmpRttPart.Stage4To5, IcmpRttLine.StageCell(rest), number, ref _record.Stage4To5);
            case ('3', '5'):
                return Value(IcmpRttPart.Stage4To5, IcmpRttLine.StageCell(rest), number, ref _record.Stage3To5);
            default:
                return Spoil(number, "a stage pair that kernel_icmp_rtt does not have; the record is left out");
        }
    }

    private LineKind Text(ReadOnlySpan<byte> line, long number)
    {
        if (_inRecord)
        {
            return Part(line, number);
        }

        return ByteText.StartsWithAny(line, NoiseAtLineStart) ? LineKind.Noise : _header.Take(line);
    }

    /// <summary>A line of a record that is not indented.</summary>
    private LineKind Part(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "Session: "u8))
        {
            return Comes(IcmpRttPart.Session) ? Session(rest, number) : Foreign(number);
        }

        if (ByteText.Take(ref rest, "Path 1 ("u8))
        {
            return Comes(IcmpRttPart.Task1) && IcmpRttLine.IsTask(rest, "ICMP_Type=8"u8) ? Initiator(rest) : Foreign(number);
        }

        if (ByteText.Take(ref rest, "Path 2 ("u8))
        {
            return Comes(IcmpRttPart.Task2) && IcmpRttLine.IsTask(rest, "ICMP_Type=0"u8) ? Task(rest, number) : Foreign(number);
        }

        if (ByteText.Take(ref rest, "Total RTT (Path1 Start to Path2 End):"u8))
        {
            return Value(IcmpRttPart.TotalRtt, rest, number, ref _record.TotalRtt);
        }

        if (ByteText.Take(ref rest, "Inter-Path Latency (P1 end -> P2 start):"u8))
        {
            return Value(IcmpRttPart.InterPath, rest, number, ref _record.InterPath);
        }

        foreach ((byte[] heading, IcmpRttPart part) in Headings)
        {
            if (line.SequenceEqual(heading))
            {
                return Comes(part) ? LineKind.Noise : Foreign(number);
            }
        }

        return Foreign(number);
    }

    /// <summary>Moves to a part that must still be ahead.</summary>
    private bool Comes(IcmpRttPart part)
    {
        bool isAhead = part > _part;
        _part = isAhead ? part : _part;
        return isAhead;
    }

    private LineKind Foreign(long number) => Spoil(number, "a line that does not belong at this place of a record, so a piece of the log is missing or damaged; the record is left out");

    /// <summary>A damaged line in a record: what stands around it may be of two records.</summary>
    private LineKind Spoil(long number, string message)
    {
        if (_isDamaged)
        {
            return LineKind.Malformed;
        }

        _isDamaged = true;
        return Damaged(number, message);
    }

    private protected override LineKind Hole(long number) => _inRecord ? Foreign(number) : base.Hole(number);

    private LineKind Session(ReadOnlySpan<byte> rest, long number)
    {
        _hasSession = ByteText.TakeAddress(ref rest, out _record.Source)
            && ByteText.Take(ref rest, " -> "u8)
            && ByteText.TakeAddress(ref rest, out _record.Destination)
            && ByteText.TakeIcmpKey(ref rest, " (ID: "u8, ", Seq: "u8, out _record.IcmpId, out _record.Sequence)
            && ByteText.Take(ref rest, ")"u8);
        if (_hasSession)
        {
            return LineKind.Parsed;
        }

        return Spoil(number, "expected 'Session: <address> -> <address> (ID: <n>, Seq: <n>)'; the record is left out");
    }

    /// <summary>
    /// Path 1's line names the other machine: <c>Path 1 (Request: RX from 10.0.130.145)</c>. Traced on the side that
    /// answers, that is the one that pings, and a session that has it second is printed the wrong way round.
    /// </summary>
    private LineKind Initiator(ReadOnlySpan<byte> rest)
    {
        if (_record.IsTx || !ByteText.Take(ref rest, "Request: RX from "u8))
        {
            return LineKind.Noise;
        }

        bool isReversed = ByteText.TakeAddress(ref rest, out uint initiator)
            ? initiator == _record.Destination && initiator != _record.Source
            : rest.StartsWith("remote)"u8);
        if (isReversed)
        {
            (_record.Source, _record.Destination) = (_record.Destination, _record.Source);
        }

        _version.SeeInitiator(isReversed, Facts);
        return LineKind.Parsed;
    }

    /// <summary>Path 2's task line: <c>...: PID=0      COMM=swapper/1    IF=ens4 ...</c>; COMM may hold anything.</summary>
    private LineKind Task(ReadOnlySpan<byte> rest, long number)
    {
        if (!ByteText.TakeThrough(ref rest, ": PID="u8) || !ByteText.TakeInteger(ref rest, int.MaxValue, out int pid))
        {
            return Foreign(number);
        }

        _record.Path2Idle = pid == 0;
        if (ByteText.TakeThrough(ref rest, "COMM="u8)
            && (ByteText.Take(ref rest, "swapper/"u8) || ByteText.Take(ref rest, "ksoftirqd/"u8))
            && ByteText.TakeInteger(ref rest, ushort.MaxValue, out int cpu))
        {
            _record.Path2Cpu = cpu;
        }

        return LineKind.Parsed;
    }

    /// <summary>A number's cell: <c>20.839 us</c> or <c>N/A</c>.</summary>
    private LineKind Value(IcmpRttPart part, ReadOnlySpan<byte> rest, long number, ref long value)
    {
        if (!Comes(part))
        {
            return Foreign(number);
        }

        ReadOnlySpan<byte> cell = ByteText.TrimBlanks(rest);
        if (cell.SequenceEqual("N/A  us"u8))
        {
            return LineKind.Parsed;
        }

        NumberStatus status = ByteText.TakeMicroseconds(ref cell, out long nanoseconds);
        if (status == NumberStatus.Invalid || !cell.SequenceEqual(" us"u8))
        {
            return Spoil(number, "expected a latency such as '20.839 us' or 'N/A' behind the last colon; the record is left out");
        }

        if (status == NumberStatus.Wrapped)
        {
            _record.Flags |= SampleFlags.Wrapped;
            return LineKind.Parsed;
        }

        value = nanoseconds;
        _record.Flags |= nanoseconds < 0 ? SampleFlags.Negative : SampleFlags.None;
        return LineKind.Parsed;
    }

    private void Close(bool whole)
    {
        // The tool prints a total whenever it prints a record, and the paths' totals and the part between them together.
        bool wrapped = _record.Flags.HasFlag(SampleFlags.Wrapped);
        bool paths = _record.Path1 != Latency.Missing && _record.Path2 != Latency.Missing;
        bool total = wrapped || (_record.TotalRtt != Latency.Missing && paths == (_record.InterPath != Latency.Missing));
        if (_isDamaged)
        {
            _inRecord = false;
        }
        else if (!whole)
        {
            Discard("the file ends inside its closing ruler");
        }
        else if (!_hasSession)
        {
            Discard("its Session line is missing");
        }
        else if (!total)
        {
            Discard("one of its totals is missing");
        }
        else
        {
            _inRecord = false;
            Emit();
        }
    }

    private void Emit()
    {
        _record.Flags |= _sequences.FlagsOf(_record.Run, _record.IcmpId, _record.Sequence, _record.Timestamp!.Value);
        _record.Flags |= _record.AddsUp ? SampleFlags.None : SampleFlags.Inconsistent;
        _record.Flags |= _record.TotalRtt > Latency.FromTimeSpan(SequenceTracker.DefaultTimeOut) ? SampleFlags.StaleFlow : SampleFlags.None;
        Visitor.Record(in _record);
    }

    private void Discard(string reason)
    {
        _inRecord = false;
        if (!_isDamaged)
        {
            Issue(_record.Line, $"the record that begins here is left out: {reason}");
        }
    }
}
