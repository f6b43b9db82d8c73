using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One answer of ping, or one packet that none came for.</summary>
public struct PingRecord
{
    /// <summary>Line of the answer, or the line that tells the loss.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Time of printing in UTC; null without -D.</summary>
    public DateTime? Timestamp;

    /// <summary>Source address; null where not printed.</summary>
    public string? Source;

    /// <summary>The address that answered, or was pinged; null where neither is printed.</summary>
    public string? Destination;

    /// <summary>ICMP identifier; -1 where not printed.</summary>
    public int IcmpId;

    /// <summary>ICMP sequence number.</summary>
    public ushort Sequence;

    /// <summary>Round trip in nanoseconds; <see cref="Latency.Missing"/> for lost packets and answers without a time.</summary>
    public long Rtt;

    /// <summary>What tells the loss; None for answers.</summary>
    public LossEvidence Loss;

    /// <summary>What is unusual about the record.</summary>
    public SampleFlags Flags;
}
