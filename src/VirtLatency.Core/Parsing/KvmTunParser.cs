using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads kvm_vhost_tun_latency_details and _no_discovery, and the one-line averages of abbreviated logs. The tools
/// print a stage that was not measured as 0, and then total=0 too; S2 is measured on every line, so its 0 is real.
/// </summary>
public sealed class KvmTunParser : LogParser<KvmTunRecord>
{
    private const string WithoutDiscovery = "50ab798";
    private const int MillisecondsPerDay = 24 * 60 * 60 * 1000;

    /// <summary>Packets of one kick are printed within one wake-up of the tool.</summary>
    private const int MostMillisecondsOfBatch = 10;

    /// <summary>Queues whose last line is remembered; damaged ids must not fill the memory.</summary>
    private const int MostWorkers = 4096;

    private const long StaleNanoseconds = 1_000_000;
    private const long LongestWakeupNanoseconds = 100_000_000;

    private static readonly byte[][] NoiseAtLineStart =
    [
        "Total misses:"u8.ToArray(), "Total FIFO:"u8.ToArray(), "Total S0 path:"u8.ToArray(), "Total S1 path:"u8.ToArray(), "Total S2 path:"u8.ToArray(),
    ];

    private readonly KvmTunFooter _footer;
    private readonly KvmTunFrame _frame;
    private readonly Dictionary<(int Tid, int Queue), LastLine> _lastLines = [];

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the records.</param>
    /// <param name="averageFound">Told each average of a closing block as it is read.</param>
    public KvmTunParser(ILogVisitor<KvmTunRecord> visitor, Action<KvmTunAverage>? averageFound = null)
        : base(LogTool.KvmVhostTunLatency, visitor)
    {
        _frame = new KvmTunFrame(Facts);
        _footer = new KvmTunFooter(averageFound);
    }

    /// <summary>The averages of the closing blocks, in file order.</summary>
    public IReadOnlyList<KvmTunAverage> Averages => _footer.Averages;

    private protected override ReadOnlySpan<byte> Banner => KvmTunFrame.Banner;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (IsSample(line))
        {
            return Sample(line, number);
        }

        if (_frame.Read(line) is { } known)
        {
            NameVersion(line);
            return known;
        }

        if (ByteText.StartsWithAny(line, NoiseAtLineStart) || line.SequenceEqual("Exact averages (us):"u8))
        {
            return LineKind.Noise;
        }

        if (line.StartsWith("[final] KVM -> vhost -> TUN"u8))
        {
            Facts.Version = KvmTunFrame.DiscoveryVersion;
            return LineKind.Noise;
        }

        // The footer's numbers end their lines: in a line that the file's end cuts, the last one may be cut too.
        return terminated ? Own(line, number) : LineKind.Malformed;
    }

    private protected override void End(long lastLine)
    {
    }

    private void NameVersion(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("Target eventfds:"u8))
        {
            Facts.Version = KvmTunFrame.DiscoveryVersion;
        }
        else if (line.StartsWith("Target vhost TIDs:"u8))
        {
            NameWithoutDiscovery();
        }
    }

    private void NameWithoutDiscovery()
    {
        Facts.Version = WithoutDiscovery;
        Facts.ProbeBoundary = "netif_receive_skb";
    }

    private protected override bool TryPlain(ReadOnlySpan<byte> line, long number, out LineKind kind)
    {
        var record = new KvmTunRecord { Line = number };
        bool isSample = IsSample(line) && TryRead(line, ref record);
        kind = isSample ? Take(ref record) : LineKind.Noise;
        return isSample;
    }

    private static bool IsSample(ReadOnlySpan<byte> line) => line.Length > 1 && line[0] == '[' && char.IsAsciiDigit((char)line[1]);

    private LineKind Sample(ReadOnlySpan<byte> line, long number)
    {
        var record = new KvmTunRecord { Line = number };
        return TryRead(line, ref record)
            ? Take(ref record)
            : Damaged(number, "expected '[HH:MM:SS.mmm] tid=<n> queue=<n> s0=<n>us s1=<n>us s2=<n>us total=<n>us'; the line is left out");
    }

    private static bool TryRead(ReadOnlySpan<byte> line, ref KvmTunRecord record)
    {
        ReadOnlySpan<byte> rest = line[1..];
        return ByteText.TakeTimeOfDay(ref rest, out record.TimeOfDay)
            && ByteText.Take(ref rest, "] tid="u8)
            && ByteText.TakeInteger(ref rest, int.MaxValue, out record.WorkerTid)
            && ByteText.Take(ref rest, " queue="u8)
            && ByteText.TakeInteger(ref rest, ushort.MaxValue, out record.Queue)
            && TakeStage(ref rest, " s0="u8, out record.S0, ref record.Flags)
            && TakeStage(ref rest, " s1="u8, out record.S1, ref record.Flags)
            && TakeStage(ref rest, " s2="u8, out record.S2, ref record.Flags)
            && TakeStage(ref rest, " total="u8, out record.Total, ref record.Flags)
            && rest.IsEmpty;
    }

    private LineKind Take(ref KvmTunRecord record)
    {
        bool isChain = record.Total != 0;
        long sum = Latency.Sum(record.S0, record.S1, record.S2);
        bool addsUp = isChain ? record.Total == Latency.Missing || sum == Latency.Missing || record.Total == sum : record.S0 == 0 || record.S1 == 0;
        record.Flags |= addsUp ? SampleFlags.None : SampleFlags.Inconsistent;
        Facts.AddWorker(record.WorkerTid);
        record.Run = RunOfRecord();
        MarkAgainstLastLine(ref record);
        MarkMissing(ref record, isChain);
        Visitor.Record(in record);
        return LineKind.Parsed;
    }

    /// <summary>Whole us; a negative difference is printed as an unsigned number, and is missing.</summary>
    private static bool TakeStage(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> label, out long nanoseconds, ref SampleFlags flags)
    {
        nanoseconds = Latency.Missing;
        if (!ByteText.Take(ref rest, label) || rest.IsEmpty || !char.IsAsciiDigit((char)rest[0]))
        {
            return false;
        }

        if (ByteText.TakeWhole(ref rest, out long whole) && ByteText.Take(ref rest, "us"u8))
        {
            nanoseconds = whole * 1000;
            return true;
        }

        int digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        bool isWhole = digits > 0 && rest[digits..].StartsWith("us"u8);
        NumberStatus status = ByteText.TakeMicroseconds(ref rest, out long value);
        flags |= status == NumberStatus.Wrapped ? SampleFlags.Wrapped : SampleFlags.None;
        nanoseconds = status == NumberStatus.Ok ? value : Latency.Missing;
        return isWhole && status != NumberStatus.Invalid && ByteText.Take(ref rest, "us"u8);
    }

    private static void MarkMissing(ref KvmTunRecord record, bool isChain)
    {
        if (!isChain)
        {
            record.Total = Latency.Missing;
            record.S0 = record.S0 == 0 ? Latency.Missing : record.S0;
            record.S1 = record.S1 == 0 ? Latency.Missing : record.S1;
        }
    }

    /// <summary>
    /// Against the line before of the same worker and queue. A kick left in the tool's queue makes every later s0 about
    /// the ping interval long. And a kick's s0 is printed again for each further packet that the worker takes after it:
    /// it is one wake-up, so it counts for the first packet only.
    /// </summary>
    private void MarkAgainstLastLine(ref KvmTunRecord record)
    {
        (int, int) key = (record.WorkerTid, record.Queue);
        ref LastLine slot = ref CollectionsMarshal.GetValueRefOrNullRef(_lastLines, key);
        bool hasLast = !Unsafe.IsNullRef(ref slot);
        LastLine last = hasLast ? slot : default;
        int distance = hasLast ? record.TimeOfDay - last.TimeOfDay : MillisecondsPerDay;
        distance = distance < 0 ? distance + MillisecondsPerDay : distance;
        var current = new LastLine(record.TimeOfDay, record.S0, record.S1, record.S2, SampleFlags.None);
        if (hasLast && distance <= MostMillisecondsOfBatch && RepeatsKick(in record, in last))
        {
            record.Flags |= last.Flags;
            record.S0 = Latency.Missing;
        }
        else if (IsStale(record.S0, distance, hasLast && (last.Flags & SampleFlags.StaleKick) != SampleFlags.None))
        {
            record.Flags |= SampleFlags.StaleKick;
        }

        current = current with { Flags = record.Flags & SampleFlags.StaleKick };
        if (_lastLines.Count >= MostWorkers)
        {
            _lastLines.Clear();
        }
        else if (hasLast)
        {
            slot = current;
            return;
        }

        _lastLines[key] = current;
    }

    /// <summary>
    /// Over half the distance to the line before. Once stale, all that follow are until a short one, also over lines that
    /// are missing; and no worker takes a tenth of a second to wake up, which tells the first line of a queue.
    /// </summary>
    private static bool IsStale(long kick, int distance, bool wasStale) =>
        kick > StaleNanoseconds && (wasStale || kick > LongestWakeupNanoseconds || kick > distance * 500_000L);

    /// <summary>
    /// The versions with discovery forget the kick's time with its first packet, so that s1 is missing for the next.
    /// 50ab798 keeps it: the next packet's s1 runs from the same kick, over s1 and s2 of the packet before.
    /// </summary>
    private bool RepeatsKick(in KvmTunRecord record, in LastLine last) => record.S0 != 0 && record.S0 == last.S0
        && (record.Total == 0 ? record.S1 == 0 : Facts.Version == WithoutDiscovery && record.S1 >= last.S1 + last.S2);

    private LineKind Own(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, Banner))
        {
            BeginRun();
            _lastLines.Clear();
            _footer.BeginRun();
            return _frame.Device(rest);
        }

        if (ByteText.Take(ref rest, "Total samples: "u8))
        {
            return _footer.Counts(rest);
        }

        if (ByteText.Take(ref rest, "Exact averages (us):"u8))
        {
            return _footer.OneLine(rest, number, RunOfRecord());
        }

        if (ByteText.Take(ref rest, "  S0+S1+S2 avg (per-packet): "u8))
        {
            return _footer.Average(rest, number, RunOfRecord(), 3);
        }

        if (ByteText.Take(ref rest, "  S"u8) && ByteText.TakeInteger(ref rest, 2, out int stage) && ByteText.Take(ref rest, " avg: "u8))
        {
            return _footer.Average(rest, number, RunOfRecord(), stage);
        }

        return Table(line, number);
    }

    private LineKind Table(ReadOnlySpan<byte> line, long number)
    {
        if (line.SequenceEqual("Summary Statistics"u8))
        {
            NameWithoutDiscovery();
            return LineKind.Noise;
        }

        int stage = KvmTunFooter.RowOfTable(line);
        return stage < 0 ? LineKind.Malformed : _footer.Row(line, number, RunOfRecord(), stage);
    }

    /// <summary>What the next line of a queue is compared with: printed values, 0 where missing.</summary>
    private readonly record struct LastLine(int TimeOfDay, long S0, long S1, long S2, SampleFlags Flags);
}
