using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// The closing averages of kvm_vhost_tun_latency in their three layouts: a block with the counts before it (6ab1dad and
/// later), the same on one line (abbreviated logs), and a table of <c>cnt= avg=</c> (50ab798).
/// </summary>
internal sealed class KvmTunFooter(Action<KvmTunAverage>? found)
{
    private const int MostAverages = 4096;

    private static readonly byte[][] OneLineLabels = [" S0="u8.ToArray(), ", S1="u8.ToArray(), ", S2="u8.ToArray(), ", Total="u8.ToArray()];

    private static readonly byte[][] TableLabels =
        ["S0 (ioeventfd->kick):"u8.ToArray(), "S1 (kick->sendmsg):"u8.ToArray(), "S2 (sendmsg->receive):"u8.ToArray(), "Total chain:"u8.ToArray()];

    private readonly List<KvmTunAverage> _averages = [];
    private readonly long?[] _counts = new long?[4];

    public IReadOnlyList<KvmTunAverage> Averages => _averages;

    /// <summary>A new run: counts of the one before are not its own.</summary>
    public void BeginRun() => Array.Clear(_counts);

    /// <summary>Reads <c>S0=4 S1=4 S2=4 chain(all)= 4</c>.</summary>
    public LineKind Counts(ReadOnlySpan<byte> rest)
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

    /// <summary>Reads the number or <c>n/a</c> that ends a line of the block.</summary>
    public LineKind Average(ReadOnlySpan<byte> rest, long number, int run, int stage)
    {
        bool none = rest.SequenceEqual("n/a"u8);
        long mean = Latency.Missing;
        if (!none && (ByteText.TakeMicroseconds(ref rest, out mean) != NumberStatus.Ok || !rest.IsEmpty))
        {
            return LineKind.Malformed;
        }

        Keep(new KvmTunAverage(number, NameOf(stage), _counts[stage], none ? Latency.Missing : mean, run));
        return LineKind.Parsed;
    }

    /// <summary>Reads the abbreviated form <c> S0=14.750, S1=3.500, S2=3.250, Total=21.500</c>.</summary>
    public LineKind OneLine(ReadOnlySpan<byte> rest, long number, int run)
    {
        Span<long> means = stackalloc long[4];
        for (int stage = 0; stage < means.Length; stage++)
        {
            if (!ByteText.Take(ref rest, OneLineLabels[stage]) || ByteText.TakeMicroseconds(ref rest, out means[stage]) != NumberStatus.Ok)
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
            Keep(new KvmTunAverage(number, NameOf(stage), _counts[stage], means[stage], run));
        }

        return LineKind.Parsed;
    }

    /// <summary>The stage whose row of 50ab798's table the line is; -1 for any other line.</summary>
    public static int RowOfTable(ReadOnlySpan<byte> line)
    {
        for (int stage = 0; stage < TableLabels.Length; stage++)
        {
            if (line.StartsWith(TableLabels[stage]))
            {
                return stage;
            }
        }

        return -1;
    }

    /// <summary>Reads <c>S0 (ioeventfd->kick):   cnt=       9  avg=  111251.2us</c>, with <c>N/Aus</c> where there is none.</summary>
    public LineKind Row(ReadOnlySpan<byte> line, long number, int run, int stage)
    {
        ReadOnlySpan<byte> rest = line[TableLabels[stage].Length..].TrimStart((byte)' ');
        if (!ByteText.Take(ref rest, "cnt="u8) || !ByteText.TakePaddedInteger(ref rest, out long count))
        {
            return LineKind.Malformed;
        }

        rest = rest.TrimStart((byte)' ');
        if (!ByteText.Take(ref rest, "avg="u8))
        {
            return LineKind.Malformed;
        }

        rest = rest.TrimStart((byte)' ');
        long mean = Latency.Missing;
        bool known = ByteText.Take(ref rest, "N/A"u8) || ByteText.TakeMicroseconds(ref rest, out mean) == NumberStatus.Ok;
        if (!known || !rest.SequenceEqual("us"u8))
        {
            return LineKind.Malformed;
        }

        Keep(new KvmTunAverage(number, NameOf(stage), count, mean, run));
        return LineKind.Parsed;
    }

    private static string NameOf(int stage) => stage switch { 0 => "S0", 1 => "S1", 2 => "S2", _ => "Total" };

    private void Keep(KvmTunAverage average)
    {
        found?.Invoke(average);
        if (_averages.Count < MostAverages)
        {
            _averages.Add(average);
        }
    }
}
