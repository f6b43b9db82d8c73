using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One completed flow of icmp_drop_detector. Latencies in nanoseconds, <see cref="Latency.Missing"/> where a stage was not seen.</summary>
public struct IcmpPathRecord
{
    /// <summary>Line of the flow's complete mark.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Time of printing.</summary>
    public DateTime Timestamp;

    /// <summary>ICMP identifier.</summary>
    public ushort IcmpId;

    /// <summary>ICMP sequence number.</summary>
    public ushort Sequence;

    /// <summary>Request through the host.</summary>
    public long ReqInternal;

    /// <summary>Outside the probes.</summary>
    public long External;

    /// <summary>Reply through the host.</summary>
    public long RepInternal;

    /// <summary>All three.</summary>
    public long Total;

    /// <summary>What is unusual about the record.</summary>
    public SampleFlags Flags;
}
