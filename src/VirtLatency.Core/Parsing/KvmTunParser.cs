using System.Text;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads kvm_vhost_tun_latency_details, and the one-line averages of abbreviated logs. A stage that was not measured is
/// printed as 0, and then total=0 too; a real 0 has a total above 0.
/// </summary>
public sealed class KvmTunParser : LogParser<KvmTunRecord>
{
    private const int MillisecondsPerDay = 24 * 60 * 60 * 1000;
    private const int MostAverages = 4096;

    /// <summary>Queues whose last line is remembered; damaged ids must not fill the memory.</summary>
    private const int MostWorkers = 4096;

    private const long StaleNanoseconds = 1_000_000;

    private static readonly byte[][] NoiseAtLineStart =
    [
        "Target eventfds:"u8.ToArray(), "TID -> Queue"u8.ToArray(), "Measure mode:"u8.ToArray(), "Total misses:"u8.ToArray(),
        "Total FIFO:"u8.ToArray(), "Total S0 path:"u8.ToArray(), "Total S1 path:"u8.ToArray(), "Total S2 path:"u8.ToArray(),
        "[final] KVM -> vhost -> TUN"u8.ToArray(), "Flow filter:"u8.ToArray(), "Queue filter:"u8.ToArray(),
        "QEMU PID:"u8.ToArray(), "Target vhost TIDs:"u8.ToArray(), "Tracing..."u8.ToArray(),
    ];

    private static readonly byte[][] ShortLabels = [" S0="u8.ToArray(), ", S1="u8.ToArray(), ", S2="u8.ToArray(), ", Total="u8.ToArray()];

    private readonly List<KvmTunAverage> _averages = [];
    private readonly long?[] _counts = new long?[4];
    private readonly Dictionary<(int Tid, int Queue), int> _previousTimes = [];

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the records.</param>
    public KvmTunParser(ILogVisitor<KvmTunRecord> visitor)
        : base(LogTool.KvmVhostTunLatency, visitor)
    {
    }

    /// <summary>The averages of the closing blocks, in file order.</summary>
    public IReadOnlyList<KvmTunAverage> Averages => _averages;

    private protected override ReadOnlySpan<byte> Banner => "Device filter: "u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (line.IsEmpty || ByteText.IsRuler(line, (byte)'='))
        {
            return LineKind.Noise;
        }

        ReadOnlySpan<byte> rest = line;
        if (line.Length > 1 && line[0] == '[' && char.IsAsciiDigit((char)line[1]))
        {
            return Sample(line, number);
        }

        if (ByteText.Take(ref rest, "  TID "u8))
        {
            return Worker(rest);
        }

        if (ByteText.StartsWithAny(line, NoiseAtLineStart))
        {
            return LineKind.Noise;
        }

        // The footer's numbers end their lines: in a line that the file's end cuts, the last one may be cut too.
        return terminated ? Frame(line, number) : LineKind.Malformed;
    }

    private protected override void End(long lastLine)
    {
    }

    private LineKind Sample(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line[1..];
        var record = new KvmTunRecord { Line = number };
        if (!ByteText.TakeTimeOfDay(ref rest, out record.TimeOfDay)
            || !ByteText.Take(ref rest, "] tid="u8)
            || !ByteText.TakeInteger(ref rest, int.MaxValue, out record.WorkerTid)
            || !ByteText.Take(ref rest, " queue="u8)
            || !ByteText.TakeInteger(ref rest, ushort.MaxValue, out record.Queue)
            || !TakeStage(ref rest, " s0="u8, out record.S0)
            || !TakeStage(ref rest, " s1="u8, out record.S1)
            || !TakeStage(ref rest, " s2="u8, out record.S2)
            || !TakeStage(ref rest, " total="u8, out record.Total)
            || !rest.IsEmpty)
        {
            return Damaged(number, "expected '[HH:MM:SS.mmm] tid=<n> queue=<n> s0=<n>us s1=<n>us s2=<n>us total=<n>us'; the line is left out");
        }

        Facts.Version ??= "6ab1dad";
        Facts.AddWorker(record.WorkerTid);
        record.Run = RunOfRecord();
        MarkMissing(ref record);
        MarkStale(ref record);
        Visitor.Record(in record);
        return LineKind.Parsed;
    }

    private static bool TakeStage(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> label, out long nanoseconds)
    {
        nanoseconds = 0;
        return ByteText.Take(ref rest, label)
            && ByteText.TakeMicroseconds(ref rest, out nanoseconds) == NumberStatus.Ok
            && ByteText.Take(ref rest, "us"u8);
    }

    private static void MarkMissing(ref KvmTunRecord record)
    {
        if (record.Total != 0)
        {
            return;
        }

        record.Total = Latency.Missing;
        record.S0 = record.S0 == 0 ? Latency.Missing : record.S0;
        record.S1 = record.S1 == 0 ? Latency.Missing : record.S1;
        record.S2 = record.S2 == 0 ? Latency.Missing : record.S2;
    }

    /// <summary>A kick left in the tool's queue makes every later s0 about the ping interval long.</summary>
    private void MarkStale(ref KvmTunRecord record)
    {
        (int, int) line = (record.WorkerTid, record.Queue);
        if (_previousTimes.TryGetValue(line, out int previous) && record.S0 > StaleNanoseconds)
        {
            int distance = record.TimeOfDay - previous;
            distance = distance < 0 ? distance + MillisecondsPerDay : distance;
            record.Flags = record.S0 > distance * 500_000L ? SampleFlags.StaleKick : SampleFlags.None;
        }

        if (_previousTimes.Count >= MostWorkers)
        {
            _previousTimes.Clear();
        }

        _previousTimes[line] = record.TimeOfDay;
    }

    private LineKind Worker(ReadOnlySpan<byte> rest)
    {
        if (!ByteText.TakeInteger(ref rest, int.MaxValue, out int tid))
        {
            return LineKind.Malformed;
        }

        Facts.AddWorker(tid);
        return LineKind.Parsed;
    }

    private LineKind Frame(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "Device filter: "u8))
        {
            BeginRun();
            _previousTimes.Clear();
            Array.Clear(_counts);
            Facts.Device = ByteText.IsDeviceName(rest) ? Encoding.UTF8.GetString(rest) : null;
            return Facts.Device is not null || rest.StartsWith("All "u8) ? LineKind.Parsed : LineKind.Malformed;
        }

        if (ByteText.Take(ref rest, "Total samples: "u8))
        {
            return Counts(rest);
        }

        if (ByteText.Take(ref rest, "Exact averages (us):"u8))
        {
            return rest.IsEmpty ? LineKind.Noise : ShortAverages(rest, number);
        }

        if (ByteText.Take(ref rest, "  S0+S1+S2 avg (per-packet): "u8))
        {
            return Average(rest, number, 3);
        }

        if (ByteText.Take(ref rest, "  S"u8) && ByteText.TakeInteger(ref rest, 2, out int stage) && ByteText.Take(ref rest, " avg: "u8))
        {
            return Average(rest, number, stage);
        }

        return LineKind.Malformed;
    }

    /// <summary>Reads <c>S0=4 S1=4 S2=4 chain(all)= 4</c>.</summary>
    private LineKind Counts(ReadOnlySpan<byte> rest)
    {
        if (!ByteText.Take(ref rest, "S0="u8) || !ByteText.TakeInteger(ref rest, out long s0)
            || !ByteText.Take(ref rest, " S1="u8) || !ByteText.TakeInteger(ref rest, out long s1)
            || !ByteText.Take(ref rest, " S2="u8) || !ByteText.TakeInteger(ref rest, out long s2)
            || !ByteText.TakeThrough(ref rest, "chain(all)="u8))
        {
            return LineKind.Malformed;
        }

        rest = ByteText.TrimBlanks(rest);
        bool all = ByteText.TakeInteger(ref rest, out long chains);
        (_counts[0], _counts[1], _counts[2], _counts[3]) = (s0, s1, s2, all ? chains : null);
        return all ? LineKind.Parsed : LineKind.Malformed;
    }

    private LineKind Average(ReadOnlySpan<byte> rest, long number, int stage)
    {
        bool none = rest.SequenceEqual("n/a"u8);
        long mean = Latency.Missing;
        if (!none && (ByteText.TakeMicroseconds(ref rest, out mean) != NumberStatus.Ok || !rest.IsEmpty))
        {
            return LineKind.Malformed;
        }

        Keep(new KvmTunAverage(number, NameOf(stage), _counts[stage], none ? Latency.Missing : mean));
        return LineKind.Parsed;
    }

    /// <summary>Reads the abbreviated form <c> S0=14.750, S1=3.500, S2=3.250, Total=21.500</c>.</summary>
    private LineKind ShortAverages(ReadOnlySpan<byte> rest, long number)
    {
        Span<long> means = stackalloc long[4];
        for (int stage = 0; stage < means.Length; stage++)
        {
            ReadOnlySpan<byte> label = ShortLabels[stage];
            if (!ByteText.Take(ref rest, label) || ByteText.TakeMicroseconds(ref rest, out means[stage]) != NumberStatus.Ok)
            {
                return LineKind.Malformed;
            }
        }

        if (!rest.IsEmpty)
        {
            return LineKind.Malformed;
        }

        for (int stage = 0; stage < means.Length; stage++)
        {
            Keep(new KvmTunAverage(number, NameOf(stage), _counts[stage], means[stage]));
        }

        return LineKind.Parsed;
    }

    private static string NameOf(int stage) => stage switch { 0 => "S0", 1 => "S1", 2 => "S2", _ => "Total" };

    private void Keep(KvmTunAverage average)
    {
        if (_averages.Count < MostAverages)
        {
            _averages.Add(average);
        }
    }
}
