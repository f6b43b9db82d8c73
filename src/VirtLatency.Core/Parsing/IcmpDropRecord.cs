namespace VirtLatency.Parsing;

/// <summary>A flow that icmp_drop_detector gave up after its time-out.</summary>
public struct IcmpDropRecord
{
    /// <summary>Line of the block's title in the file.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>When the loss was noticed, up to a time-out and a second after the packet.</summary>
    public DateTime Timestamp;

    /// <summary>Address that pings.</summary>
    public uint Source;

    /// <summary>Address that answers.</summary>
    public uint Destination;

    /// <summary>ICMP identifier.</summary>
    public ushort IcmpId;

    /// <summary>ICMP sequence number.</summary>
    public ushort Sequence;

    /// <summary>Where, by the last of the four stages that was seen.</summary>
    public DropLocation Location;
}
