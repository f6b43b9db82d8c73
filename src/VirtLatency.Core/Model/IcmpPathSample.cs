namespace VirtLatency.Model;

/// <summary>
/// One ping through a host as icmp_drop_detector saw it. Latencies in us, null where a stage was not seen.
/// On the sender's host ReqInternal is segment B and RepInternal K; on the receiver's host D and I.
/// </summary>
public sealed class IcmpPathSample
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver, from the interfaces in the header; null where they do not tell.</summary>
    public string? HostRole { get; init; }

    /// <summary>Time of printing, in the host's local zone.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Source address of the request, from the header.</summary>
    public string? Source { get; init; }

    /// <summary>Destination address of the request, from the header.</summary>
    public string? Destination { get; init; }

    /// <summary>ICMP identifier.</summary>
    public int IcmpId { get; init; }

    /// <summary>ICMP sequence number; wraps to 0 after 65535.</summary>
    public int Sequence { get; init; }

    /// <summary>The run: a number counted from 1 by the banners in the file.</summary>
    public string? Run { get; init; }

    /// <summary>Request through the host in us: B (sender) or D (receiver).</summary>
    public double? ReqInternalUs { get; init; }

    /// <summary>Outside the two probes in us: SenderExternal or ReceiverExternal.</summary>
    public double? ExternalUs { get; init; }

    /// <summary>Reply through the host in us: K (sender) or I (receiver).</summary>
    public double? RepInternalUs { get; init; }

    /// <summary>All three in us: SenderHostSpan or ReceiverHost.</summary>
    public double? TotalUs { get; init; }

    /// <summary>What is unusual about the sample; see <see cref="SampleFlags"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line of the flow's complete mark.</summary>
    public long Line { get; init; }

    /// <summary>Whether the sample takes part in means, decided when it was imported.</summary>
    internal bool Counted { get; init; } = true;
}
