namespace VirtLatency.Model;

/// <summary>
/// A packet that icmp_drop_detector lost sight of. It can be false: where the tool reads the last event of a flow before
/// the first (another CPU's buffer), it reports a drop inside the host for a packet that passed.
/// </summary>
public sealed class IcmpDrop
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver: the host the log was taken on; null when the log does not tell.</summary>
    public string? HostRole { get; init; }

    /// <summary>Wall clock of the host when the loss was noticed: later than the packet by the time-out and up to a second.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Address that pings.</summary>
    public string? Source { get; init; }

    /// <summary>Address that answers.</summary>
    public string? Destination { get; init; }

    /// <summary>ICMP identifier.</summary>
    public int IcmpId { get; init; }

    /// <summary>ICMP sequence number.</summary>
    public int Sequence { get; init; }

    /// <summary>Run in the file, from 1.</summary>
    public string? Run { get; init; }

    /// <summary>RequestInternal, External or ReplyInternal.</summary>
    public string? DropLocation { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line of the drop's title in the file.</summary>
    public long Line { get; init; }
}
