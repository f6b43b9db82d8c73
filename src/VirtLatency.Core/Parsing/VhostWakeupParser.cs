using System.Text;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads vhost_wakeup_latency: wake-ups of more than 50 us (with -v), and statistics of all wake-ups, by interval and at
/// the end. The statistics are of latencies cut to whole us and count from the tool's start.
/// </summary>
public sealed class VhostWakeupParser : LogParser<VhostWakeupRecord>
{
    private static readonly byte[][] NoiseAtLineStart =
        ["Press Ctrl-C to exit"u8.ToArray(), "Wakeup Latency Histogram "u8.ToArray()];

    private readonly Action<VhostWakeupStatistics>? _statisticsFound;
    private readonly TextPool _names = new();
    private VhostWakeupStatistics _open;
    private bool _isOpen;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the wake-ups.</param>
    /// <param name="statisticsFound">Told each block of statistics as it is read.</param>
    public VhostWakeupParser(ILogVisitor<VhostWakeupRecord> visitor, Action<VhostWakeupStatistics>? statisticsFound = null)
        : base(LogTool.VhostWakeupLatency, visitor) => _statisticsFound = statisticsFound;

    private protected override ReadOnlySpan<byte> Banner => "Tracing vhost worker wakeup latency..."u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (line.StartsWith(Banner))
        {
            BeginRun();
            _isOpen = false;
            return LineKind.Parsed;
        }

        if (line.StartsWith("  ["u8))
        {
            // The last number ends the line: in a line that the file's end cuts, it may be cut too.
            return terminated ? Wakeup(line[3..], number) : Damaged(number, "the line is cut; it is left out");
        }

        if (line.IsEmpty || ByteText.IsRuler(line, (byte)'=') || ByteText.StartsWithAny(line, NoiseAtLineStart) || IsHistogram(line))
        {
            return LineKind.Noise;
        }

        return Head(line, number) ?? (_isOpen && terminated ? Statistic(line, number) : LineKind.Malformed);
    }

    private protected override void End(long lastLine) => _isOpen = false;

    /// <summary>Reads <c>vhost-73801] pid=73868 latency=85.2us waker_cpu=36 target_cpu=12 run_cpu=12</c>.</summary>
    private LineKind Wakeup(ReadOnlySpan<byte> rest, long number)
    {
        var record = new VhostWakeupRecord { Line = number };
        int end = rest.LastIndexOf("] pid="u8);
        ReadOnlySpan<byte> name = end < 0 ? default : rest[..end];
        rest = end < 0 ? rest : rest[end..];
        if (!ByteText.Take(ref rest, "] pid="u8) || !ByteText.TakeInteger(ref rest, int.MaxValue, out record.WorkerTid)
            || !ByteText.Take(ref rest, " latency="u8) || ByteText.TakeMicroseconds(ref rest, out record.Latency) != NumberStatus.Ok
            || !ByteText.Take(ref rest, "us waker_cpu="u8) || !ByteText.TakeInteger(ref rest, int.MaxValue, out record.WakerCpu)
            || !ByteText.Take(ref rest, " target_cpu="u8) || !ByteText.TakeInteger(ref rest, int.MaxValue, out record.TargetCpu)
            || !ByteText.Take(ref rest, " run_cpu="u8) || !ByteText.TakeInteger(ref rest, int.MaxValue, out record.RunCpu)
            || !rest.IsEmpty)
        {
            return Damaged(number, "expected '  [<worker>] pid=<n> latency=<n>us waker_cpu=<n> target_cpu=<n> run_cpu=<n>'; the line is left out");
        }

        record.Run = RunOfRecord();
        record.WorkerName = !name.IsEmpty && char.IsAsciiLetterOrDigit((char)name[0]) ? _names.Get(name) : null;
        Facts.AddWorker(record.WorkerTid);
        Visitor.Record(in record);
        return LineKind.Parsed;
    }

    /// <summary>Reads the line over a block of statistics; null for any other line.</summary>
    private LineKind? Head(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line;
        if (line.SequenceEqual("Final Statistics:"u8))
        {
            return Open(number, null);
        }

        if (!ByteText.Take(ref rest, "["u8))
        {
            return null;
        }

        // Seconds to a tenth: read as us, their thousandths are ms.
        return ByteText.TakeMicroseconds(ref rest, out long elapsed) == NumberStatus.Ok && rest.SequenceEqual("s] Statistics:"u8) ? Open(number, elapsed) : LineKind.Malformed;
    }

    private LineKind Open(long number, long? elapsed)
    {
        RunOfRecord();
        _open = new VhostWakeupStatistics(number, elapsed, -1, -1, Latency.Missing, Latency.Missing);
        _isOpen = true;
        return LineKind.Parsed;
    }

    private LineKind Statistic(ReadOnlySpan<byte> rest, long number)
    {
        bool known = _open.Elapsed is null ? Final(rest) : Interval(rest);
        if (!known)
        {
            _isOpen = false;
            return Damaged(number, "a line of the statistics is damaged or not in its place; the block is left out");
        }

        if (_open.Max != Latency.Missing)
        {
            _isOpen = false;
            _statisticsFound?.Invoke(_open.SwitchCount == 0 ? _open with { Mean = Latency.Missing, Max = Latency.Missing } : _open);
        }

        return LineKind.Parsed;
    }

    /// <summary>Reads <c>  Wakeups: 12, Completed switches: 12</c>, then <c>  Avg latency: 12.3 us, Max latency: 250 us</c>.</summary>
    private bool Interval(ReadOnlySpan<byte> rest)
    {
        if (_open.WakeupCount < 0)
        {
            if (!ByteText.Take(ref rest, "  Wakeups: "u8) || !ByteText.TakeInteger(ref rest, out long wakeups)
                || !ByteText.Take(ref rest, ", Completed switches: "u8) || !ByteText.TakeInteger(ref rest, out long switches))
            {
                return false;
            }

            _open = _open with { WakeupCount = wakeups, SwitchCount = switches };
            return rest.IsEmpty;
        }

        if (!ByteText.Take(ref rest, "  Avg latency: "u8) || ByteText.TakeMicroseconds(ref rest, out long mean) != NumberStatus.Ok
            || !ByteText.Take(ref rest, " us, Max latency: "u8) || ByteText.TakeMicroseconds(ref rest, out long max) != NumberStatus.Ok)
        {
            return false;
        }

        _open = _open with { Mean = mean, Max = max };
        return rest.SequenceEqual(" us"u8);
    }

    /// <summary>Reads the four lines of the final block, in their order.</summary>
    private bool Final(ReadOnlySpan<byte> rest)
    {
        long number;
        if (_open.WakeupCount < 0)
        {
            bool wakeups = ByteText.Take(ref rest, "  Total wakeups: "u8) && ByteText.TakeInteger(ref rest, out number) && Set(_open with { WakeupCount = number });
            return wakeups && rest.IsEmpty;
        }

        if (_open.SwitchCount < 0)
        {
            bool switches = ByteText.Take(ref rest, "  Completed switches: "u8) && ByteText.TakeInteger(ref rest, out number) && Set(_open with { SwitchCount = number });
            return switches && rest.IsEmpty;
        }

        bool isMean = _open.Mean == Latency.Missing;
        bool known = ByteText.Take(ref rest, isMean ? "  Average latency: "u8 : "  Maximum latency: "u8)
            && ByteText.TakeMicroseconds(ref rest, out number) == NumberStatus.Ok
            && Set(isMean ? _open with { Mean = number } : _open with { Max = number });
        return known && rest.SequenceEqual(" us"u8);
    }

    private bool Set(VhostWakeupStatistics open)
    {
        _open = open;
        return true;
    }

    /// <summary>True for bcc's histogram: its head, and rows of <c>         0 -> 1          : 5        |****|</c>.</summary>
    private static bool IsHistogram(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line.TrimStart((byte)' ');
        return rest.StartsWith("latency(us) "u8)
            || (ByteText.TakeInteger(ref rest, out long _) && ByteText.Take(ref rest, " -> "u8) && ByteText.TakeInteger(ref rest, out long _) && rest.IndexOf(" : "u8) >= 0 && rest.IndexOf((byte)'|') > 0);
    }
}
