
namespace VirtLatency.Model;

/// <summary>The columns of a tool's samples: four stored ones and what is computed from them, per sample.</summary>
public sealed class SampleSchema
{
    private static readonly SampleSchema IcmpRtt = new(1, SampleColumn.Path1, SampleColumn.InterPath, SampleColumn.Path2, SampleColumn.TotalRtt);
    private static readonly SampleSchema IcmpPath = new(100, SampleColumn.ReqInternal, SampleColumn.External, SampleColumn.RepInternal, SampleColumn.HostTotal);
    private static readonly SampleSchema KvmTun = new(1000, SampleColumn.S0, SampleColumn.S1, SampleColumn.S2, SampleColumn.KvmTotal);

    private static readonly SampleSchema Ping = new(1000, SampleColumn.PingRtt);

    // The text prints whole us, the JSON form ns.
    private static readonly SampleSchema TunIrq = new(
        1, SampleColumn.S1ToS2, SampleColumn.S2ToS3, SampleColumn.S2ToS4, SampleColumn.S4ToS5, SampleColumn.S3ToS4, SampleColumn.S1ToS5, SampleColumn.S1ToS4Only);

    private SampleSchema(int tickNanoseconds, params SampleColumn[] columns)
    {
        TickNanoseconds = tickNanoseconds;
        Columns = columns;
    }

    /// <summary>What 1 stands for in a stored value: the smallest step that any form of the tool's output has.</summary>
    public int TickNanoseconds { get; }

    /// <summary>Columns: the first four are stored, the others computed.</summary>
    public IReadOnlyList<SampleColumn> Columns { get; }

    /// <summary>Stored values that the tool prints, at most four; a sample's further ones are missing.</summary>
    public int StoredCount => Math.Min(Columns.Count, 4);

    /// <summary>The schema of a tool's log.</summary>
    /// <param name="tool">One of the tools that are read.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tool has no samples.</exception>
    public static SampleSchema Of(LogTool tool) => tool switch
    {
        LogTool.KernelIcmpRtt => IcmpRtt,
        LogTool.IcmpDropDetector => IcmpPath,
        LogTool.TunTxToKvmIrq => TunIrq,
        LogTool.KvmVhostTunLatency or LogTool.KvmVhostTunSummary => KvmTun,
        LogTool.Ping => Ping,
        _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, "not a tool whose samples are read"),
    };

    /// <summary>Computes all columns from the four stored values, in nanoseconds.</summary>
    /// <param name="stored">The stored values.</param>
    /// <param name="values">Gets a value per column.</param>
    public static void Expand(ReadOnlySpan<long> stored, Span<long> values)
    {
        stored[..Math.Min(stored.Length, values.Length)].CopyTo(values);
        if (values.Length > 4)
        {
            (long d2, long d3, long d4, long d5) = (stored[0], stored[1], stored[2], stored[3]);
            values[4] = d4 == Latency.Missing || d3 == Latency.Missing ? Latency.Missing : d4 - d3;
            values[5] = Latency.Sum(d2, d4, d5);
            values[6] = d5 == Latency.Missing ? Latency.Sum(d2, d4) : Latency.Missing;
        }
    }
}
