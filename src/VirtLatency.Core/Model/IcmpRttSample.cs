namespace VirtLatency.Model;

/// <summary>
/// One ping as kernel_icmp_rtt saw it inside a VM. Latencies in us, null where the tool printed none.
/// In a Tx log Path1 is segment A and Path2 segment M; in an Rx log Path1 is F, InterPath G and Path2 H.
/// </summary>
public sealed class IcmpRttSample
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Tx in the VM that pings, Rx in the VM that answers.</summary>
    public string? Direction { get; init; }

    /// <summary>Time of printing, in the VM's local zone; null where the log has none.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Source address of the request.</summary>
    public string? Source { get; init; }

    /// <summary>Destination address of the request.</summary>
    public string? Destination { get; init; }

    /// <summary>ICMP identifier.</summary>
    public int IcmpId { get; init; }

    /// <summary>ICMP sequence number; wraps to 0 after 65535.</summary>
    public int Sequence { get; init; }

    /// <summary>The run: a number counted from 1 by the banners in the file.</summary>
    public string? Run { get; init; }

    /// <summary>Path 1 in us: A (Tx) or F (Rx).</summary>
    public double? Path1Us { get; init; }

    /// <summary>Between the paths in us: everything outside the VM (Tx) or ICMP processing, G (Rx).</summary>
    public double? InterPathUs { get; init; }

    /// <summary>Path 2 in us: M (Tx) or H (Rx).</summary>
    public double? Path2Us { get; init; }

    /// <summary>Path 1 start to path 2 end in us: RoundTrip (Tx) or ReceiverVm (Rx).</summary>
    public double? TotalRttUs { get; init; }

    /// <summary>Stage 0 to 1 in us.</summary>
    public double? Stage0To1Us { get; init; }

    /// <summary>Stage 1 to 2 in us.</summary>
    public double? Stage1To2Us { get; init; }

    /// <summary>Stage 0 to 2 in us.</summary>
    public double? Stage0To2Us { get; init; }

    /// <summary>Stage 3 to 4 in us.</summary>
    public double? Stage3To4Us { get; init; }

    /// <summary>Stage 4 to 5 in us.</summary>
    public double? Stage4To5Us { get; init; }

    /// <summary>Stage 3 to 5 in us.</summary>
    public double? Stage3To5Us { get; init; }

    /// <summary>The CPU that path 2 ran on, where the task's name tells it (swapper/N, ksoftirqd/N).</summary>
    public int? Path2Cpu { get; init; }

    /// <summary>True when path 2 interrupted the idle task: that CPU may have had to wake up.</summary>
    public bool? Path2Idle { get; init; }

    /// <summary>What is unusual about the sample; see <see cref="SampleFlags"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file at which the record begins.</summary>
    public long Line { get; init; }

    /// <summary>Whether the sample takes part in means, decided when it was imported.</summary>
    internal bool Counted { get; init; } = true;
}
