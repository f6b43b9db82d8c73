using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One block of kernel_icmp_rtt. Latencies in nanoseconds, <see cref="Latency.Missing"/> where none was printed.</summary>
public struct IcmpRttRecord
{
    /// <summary>Line of the block's title.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Time of printing; null where the title has none.</summary>
    public DateTime? Timestamp;

    /// <summary>True for tx, the VM that pings.</summary>
    public bool IsTx;

    /// <summary>Source address, network order.</summary>
    public uint Source;

    /// <summary>Destination address, network order.</summary>
    public uint Destination;

    /// <summary>ICMP identifier.</summary>
    public ushort IcmpId;

    /// <summary>ICMP sequence number.</summary>
    public ushort Sequence;

    /// <summary>Total of path 1.</summary>
    public long Path1;

    /// <summary>Between the paths.</summary>
    public long InterPath;

    /// <summary>Total of path 2.</summary>
    public long Path2;

    /// <summary>Path 1 start to path 2 end.</summary>
    public long TotalRtt;

    /// <summary>Stage 0 to 1.</summary>
    public long Stage0To1;

    /// <summary>Stage 1 to 2.</summary>
    public long Stage1To2;

    /// <summary>Stage 0 to 2, printed as one by builds that have no stage 1.</summary>
    public long Stage0To2;

    /// <summary>Stage 3 to 4.</summary>
    public long Stage3To4;

    /// <summary>Stage 4 to 5.</summary>
    public long Stage4To5;

    /// <summary>Stage 3 to 5, printed as one by builds that have no stage 4.</summary>
    public long Stage3To5;

    /// <summary>CPU of path 2; -1 where the task's name does not tell.</summary>
    public int Path2Cpu;

    /// <summary>Whether path 2 interrupted the idle task; null where path 2's task line is absent.</summary>
    public bool? Path2Idle;

    /// <summary>What is unusual about the record.</summary>
    public SampleFlags Flags;

    /// <summary>
    /// Whether the parts add up to the totals, as differences of one clock's stamps do to the print step of each: where
    /// they do not, lines of two records have met, or a digit was lost.
    /// </summary>
    public readonly bool AddsUp =>
        Matches(TotalRtt, Path1, InterPath, Path2)
        && MatchesStages(Path1, Stage0To1, Stage1To2, Stage0To2)
        && MatchesStages(Path2, Stage3To4, Stage4To5, Stage3To5);

    /// <summary>A path's one or two stages, by build; with a total none of them is missing between others.</summary>
    private static bool MatchesStages(long total, long first, long second, long both)
    {
        bool isPair = first != Latency.Missing && second != Latency.Missing;
        return Matches(total, both) && (isPair ? Matches(total, first, second) : Matches(total, first) && Matches(total, second));
    }

    /// <summary>Three numbers rounded to 0.001 us each.</summary>
    private static bool Matches(long total, params ReadOnlySpan<long> parts)
    {
        const long tolerance = 3;
        long sum = Latency.Sum(parts);
        return total == Latency.Missing || sum == Latency.Missing || Math.Abs(total - sum) <= tolerance;
    }
}
