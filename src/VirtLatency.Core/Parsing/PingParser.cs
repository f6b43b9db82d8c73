using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads the output of ping: iputils (and inetutils, which prints much the same) and busybox. An answer is a record at
/// once; a packet without one becomes a record when it is certain to be lost, see <see cref="PingLosses"/>.
/// </summary>
public sealed class PingParser : LogParser<PingRecord>
{
    private const string AnswerForm = "expected '<n> bytes from <address>: icmp_seq=<n> ttl=<n> time=<n.nnn> ms'; the answer is left out";

    private readonly PingLosses _losses;
    private readonly PingTime _times = new();
    private readonly TextPool _addresses = new();
    private readonly KnownText _answer = new();
    private string? _answerFrom;
    private bool _isAnswerBusybox;
    private string? _source;
    private string? _destination;
    private int? _first;
    private int _icmpId = -1;
    private bool _hasBanner;
    private bool _isClosed;
    private bool _hasFirst;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the records.</param>
    public PingParser(ILogVisitor<PingRecord> visitor)
        : base(LogTool.Ping, visitor)
    {
        _losses = new PingLosses(Lost);
        _losses.Begin(null);
    }

    private protected override ReadOnlySpan<byte> Banner => PingText.Banner;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        LineKind kind = Classify(line.TrimEnd((byte)'\a'), number, terminated);
        if (kind == LineKind.Malformed)
        {
            _losses.Doubt();
        }

        return kind;
    }

    /// <summary>An answer of the machine that answered before, without remarks behind its time.</summary>
    private protected override bool TryPlain(ReadOnlySpan<byte> line, long number, out LineKind kind)
    {
        kind = LineKind.Parsed;
        ReadOnlySpan<byte> rest = line;
        DateTime? time = line.Length > 0 && line[0] == '[' && PingText.TakeStamp(ref rest, out DateTime stamp) ? stamp : null;
        var record = new PingRecord { Line = number, Timestamp = time, IcmpId = -1, Rtt = Latency.Missing };
        if (!_answer.Take(ref rest)
            || !TakeHead(ref rest, ref record)
            || !ByteText.Take(ref rest, " time="u8)
            || !TakeTime(ref rest, _isAnswerBusybox || _first == 0, ref record)
            || !rest.IsEmpty)
        {
            return false;
        }

        record.Destination = _answerFrom;
        Emit(ref record, _isAnswerBusybox, isDuplicate: false);
        return true;
    }

    private protected override void End(long lastLine)
    {
        _losses.End();
        Close();
    }

    private LineKind Classify(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (line.IsEmpty)
        {
            return LineKind.Noise;
        }

        ReadOnlySpan<byte> rest = line;
        DateTime? time = PingText.TakeStamp(ref rest, out DateTime stamp) ? stamp : null;
        ReadOnlySpan<byte> answer = rest;
        if (PingText.TakeSize(ref rest))
        {
            return Answer(answer, rest, time, number, terminated);
        }

        if (ByteText.Take(ref rest, "no answer yet for icmp_seq="u8))
        {
            return Unanswered(rest, time, number, terminated);
        }

        if (ByteText.Take(ref rest, "From "u8))
        {
            return ErrorAnswer(rest, time, number);
        }

        if (time is not null)
        {
            return LineKind.Malformed;
        }

        if (rest.StartsWith(PingText.Banner))
        {
            return BannerLine(rest);
        }

        return char.IsAsciiDigit((char)rest[0]) ? Counts(rest, number) : NoiseOrNot(rest);
    }

    private static LineKind NoiseOrNot(ReadOnlySpan<byte> line) => PingText.IsNoise(line) ? LineKind.Noise : LineKind.Malformed;

    private LineKind BannerLine(ReadOnlySpan<byte> line)
    {
        if (!PingText.IsBanner(line))
        {
            return LineKind.Malformed;
        }

        int close = line.IndexOf((byte)')');
        ReadOnlySpan<byte> rest = close < 0 ? default : line[(close + 1)..];
        bool countsFromZero = rest.StartsWith(": "u8);
        bool countsFromOne = line.EndsWith(" bytes of data."u8) || (!countsFromZero && !rest.StartsWith(" from "u8));
        StartRun(countsFromZero ? 0 : countsFromOne ? 1 : null);
        _hasBanner = true;
        _destination = TextOf(PingText.AddressIn(line));
        if (ByteText.TakeThrough(ref rest, " from "u8))
        {
            // Both print a colon behind the source: busybox at once, iputils behind a blank and the device.
            ReadOnlySpan<byte> source = ByteText.TakeWord(ref rest);
            _source = TextOf(source.Length > 1 && source[^1] == ':' && source[^2] != ':' ? source[..^1] : source);
        }
        else if (ByteText.TakeThrough(ref rest, ", id 0x"u8) && ByteText.TakeThrough(ref rest, " = "u8) && ByteText.TakeInteger(ref rest, ushort.MaxValue, out int id))
        {
            _icmpId = id;
        }

        Facts.Source = _source;
        Facts.Destination = _destination;
        return LineKind.Parsed;
    }

    private LineKind Answer(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> rest, DateTime? time, long number, bool terminated)
    {
        var record = new PingRecord { Line = number, Timestamp = time, IcmpId = -1, Rtt = Latency.Missing };
        if (!PingText.TakeFrom(ref rest, out ReadOnlySpan<byte> from, out bool isBusybox))
        {
            return Damaged(number, AnswerForm);
        }

        record.Destination = TextOf(PingText.AddressIn(from));
        ReadOnlySpan<byte> begin = answer[..^rest.Length];
        if (!TakeHead(ref rest, ref record))
        {
            return Damaged(number, AnswerForm);
        }

        bool isTimed = ByteText.Take(ref rest, " time="u8);
        if (isTimed && !TakeTime(ref rest, isBusybox || _first == 0, ref record))
        {
            return Damaged(number, AnswerForm);
        }

        bool isTruncated = !isTimed && ByteText.Take(ref rest, " (truncated)"u8);
        bool isDuplicate = ByteText.Take(ref rest, " (DUP!)"u8);
        bool isBad = ByteText.Take(ref rest, " (BAD CHECKSUM!)"u8);
        ByteText.Take(ref rest, " (DIFFERENT ADDRESS!)"u8);
        ByteText.Take(ref rest, "\t(same route)"u8);
        ReadOnlySpan<byte> glued = isTruncated ? rest : default;
        if (!isTruncated && !rest.IsEmpty)
        {
            return Damaged(number, AnswerForm);
        }

        if (!terminated && !isTimed && !isTruncated)
        {
            return Damaged(number, "the file ends inside this line, so its last number may be cut; the answer is left out");
        }

        if (isBad)
        {
            // ping itself does not count such an answer: its packet stays unanswered.
            return LineKind.Noise;
        }

        _answer.Keep(begin);
        (_answerFrom, _isAnswerBusybox) = (record.Destination, isBusybox);
        Emit(ref record, isBusybox, isDuplicate);

        // iputils from 20250602 prints no line end behind "(truncated)".
        return glued.IsEmpty ? LineKind.Parsed : Classify(glued, number, terminated);
    }

    /// <summary>Reads <c>7 ident=21973 ttl=64</c>.</summary>
    private static bool TakeHead(ref ReadOnlySpan<byte> rest, ref PingRecord record)
    {
        if (!ByteText.TakeInteger(ref rest, ushort.MaxValue, out int sequence))
        {
            return false;
        }

        record.Sequence = (ushort)sequence;
        return (!ByteText.Take(ref rest, " ident="u8) || ByteText.TakeInteger(ref rest, ushort.MaxValue, out record.IcmpId))
            && (!ByteText.Take(ref rest, " ttl="u8) || ByteText.TakeInteger(ref rest, byte.MaxValue, out _));
    }

    private bool TakeTime(ref ReadOnlySpan<byte> rest, bool isCarrySafe, ref PingRecord record)
    {
        NumberStatus status = _times.Take(ref rest, isCarrySafe, out record.Rtt);
        if (status == NumberStatus.Wrapped)
        {
            record.Flags |= SampleFlags.Wrapped;
        }
        else if (record.Rtt == 0)
        {
            // ping prints 0 where its clock went back; no answer takes less than 1 us.
            record.Flags |= SampleFlags.Negative;
            record.Rtt = Latency.Missing;
        }

        return status != NumberStatus.Invalid && ByteText.Take(ref rest, " ms"u8);
    }

    private void Emit(ref PingRecord record, bool isBusybox, bool isDuplicate)
    {
        EnsureRun(record.Sequence, isBusybox, isDuplicate);
        _icmpId = record.IcmpId < 0 ? _icmpId : record.IcmpId;
        record.IcmpId = _icmpId;
        record.Source = _source;
        record.Destination ??= _destination;
        record.Run = RunOfRecord();
        if (record.Sequence == _first && !isDuplicate && !_hasFirst)
        {
            _hasFirst = true;
            record.Flags |= SampleFlags.First;
        }

        record.Flags |= isDuplicate ? SampleFlags.Duplicate : SampleFlags.None;
        if (_losses.Answer(record.Sequence, record.Line, isDuplicate))
        {
            record.Flags |= SampleFlags.Reordered;
        }

        Visitor.Record(in record);
    }

    /// <summary>Without a banner a run begins at the first record, behind the counts of another, and where the numbers begin again.</summary>
    private void EnsureRun(ushort sequence, bool isBusybox, bool isDuplicate)
    {
        bool beginsAgain = !_hasBanner && !isDuplicate && sequence == _first && _losses.AnswerCount > 0 && _losses.IsPast(sequence);
        if (_isClosed || beginsAgain)
        {
            StartRun(null);
        }

        if (_first is null)
        {
            _first = isBusybox || sequence == 0 ? 0 : 1;
            if (_hasBanner)
            {
                BeginCounting(_first.Value);
            }
        }

        Facts.Version = isBusybox ? "busybox" : _first == 1 ? "iputils" : null;
    }

    /// <summary>A banner that does not tell the first number, and now a line that does.</summary>
    private void BeginCounting(int first)
    {
        bool hasDamage = _losses.HasDamage;
        _first = first;
        _losses.Begin(first);
        if (hasDamage)
        {
            _losses.Doubt();
        }
    }

    private LineKind Unanswered(ReadOnlySpan<byte> rest, DateTime? time, long number, bool terminated)
    {
        if (!terminated || !ByteText.TakeInteger(ref rest, ushort.MaxValue, out int sequence) || !rest.IsEmpty)
        {
            return Damaged(number, "expected 'no answer yet for icmp_seq=<n>'");
        }

        NoAnswer((ushort)sequence, LossEvidence.NoAnswerYet, number, time);
        return LineKind.Parsed;
    }

    /// <summary>
    /// <c>10.0.0.1 icmp_seq=3 Destination Host Unreachable</c>: the packet failed. With a colon before the number it is advice
    /// (redirect, source quench), and without a number another host's packet (-v).
    /// </summary>
    private LineKind ErrorAnswer(ReadOnlySpan<byte> rest, DateTime? time, long number)
    {
        int label = rest.IndexOf(" icmp_seq="u8);
        if (label < 0)
        {
            return rest.IndexOf(": "u8) > 0 ? LineKind.Noise : LineKind.Malformed;
        }

        if (label > 0 && rest[label - 1] == ':')
        {
            return LineKind.Noise;
        }

        rest = rest[(label + " icmp_seq=".Length)..];
        if (!ByteText.TakeInteger(ref rest, ushort.MaxValue, out int sequence) || !ByteText.Take(ref rest, " "u8))
        {
            return Damaged(number, "expected 'From <address> icmp_seq=<n> <error>'");
        }

        NoAnswer((ushort)sequence, LossEvidence.ErrorAnswer, number, time);
        return LineKind.Parsed;
    }

    private void NoAnswer(ushort sequence, LossEvidence evidence, long number, DateTime? time)
    {
        EnsureRun(sequence, isBusybox: false, isDuplicate: true);
        _losses.NoAnswer(sequence, evidence, number, time);
    }

    /// <summary>Reads <c>100 packets transmitted, 97 received, ...</c>, in busybox <c>97 packets received, ...</c>.</summary>
    private LineKind Counts(ReadOnlySpan<byte> rest, long number)
    {
        if (!ByteText.TakeInteger(ref rest, out long transmitted)
            || !ByteText.Take(ref rest, " packets transmitted, "u8)
            || !ByteText.TakeInteger(ref rest, out long received)
            || !(ByteText.Take(ref rest, " received"u8) || ByteText.Take(ref rest, " packets received"u8)))
        {
            return LineKind.Malformed;
        }

        bool isWhole = _hasBanner && !_isClosed && !_losses.HasDamage && _losses.AnswerCount > 0;
        if (_hasBanner && _first is null)
        {
            BeginCounting(1);
        }

        if (!_isClosed && _first is { } first)
        {
            _losses.End(first, transmitted, received, number);
        }

        if (isWhole && _losses.LostCount != transmitted - received)
        {
            Issue(number, string.Create(CultureInfo.InvariantCulture, $"ping counts {transmitted - received} lost packets, its lines show {_losses.LostCount}: lines are missing from the log"));
        }

        Close();
        return LineKind.Parsed;
    }

    private void StartRun(int? first)
    {
        _losses.End();
        BeginRun();
        _losses.Begin(first);
        _times.Clear();
        (_first, _icmpId, _source, _destination) = (first, -1, null, null);
        (_hasBanner, _isClosed, _hasFirst) = (false, false, false);
    }

    /// <summary>What follows without a banner is another run.</summary>
    private void Close() => (_isClosed, _hasBanner) = (true, false);

    private void Lost(ushort sequence, LossEvidence evidence, long line, DateTime? time)
    {
        var record = new PingRecord
        {
            Line = line,
            Run = RunOfRecord(),
            Timestamp = time,
            Source = _source,
            Destination = _destination,
            IcmpId = _icmpId,
            Sequence = sequence,
            Rtt = Latency.Missing,
            Loss = evidence,
        };
        Visitor.Record(in record);
    }

    private string? TextOf(ReadOnlySpan<byte> address) => PingText.IsAddress(address) ? _addresses.Get(address) : null;
}
