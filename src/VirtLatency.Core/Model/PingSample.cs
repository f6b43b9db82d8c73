namespace VirtLatency.Model;

/// <summary>
/// One packet of ping as ping itself saw it, from user space (container PingRtt). ping prints 1 us below 1 ms, 10 us below
/// 10 ms, 100 us below 100 ms and 1 ms from there; busybox and ping -3 always 1 us.
/// </summary>
public sealed class PingSample
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Source address, where ping printed it (-I, -S); else null.</summary>
    public string? Source { get; init; }

    /// <summary>The address that answered; for a lost packet the one that was pinged.</summary>
    public string? Destination { get; init; }

    /// <summary>ICMP identifier, where ping printed it (-v); else null.</summary>
    public int? IcmpId { get; init; }

    /// <summary>ICMP sequence number; wraps to 0 after 65535. iputils begins with 1, busybox with 0.</summary>
    public int Sequence { get; init; }

    /// <summary>Round trip in us as printed; null for lost packets and for answers without a time.</summary>
    public double? RttUs { get; init; }

    /// <summary>True when no answer came.</summary>
    public bool Lost { get; init; }

    /// <summary>True for a further answer to a packet that was answered before (DUP!).</summary>
    public bool Duplicate { get; init; }

    /// <summary>Time of printing in UTC, where ping ran with -D; else null.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>The run: a number counted from 1 by the banners in the file.</summary>
    public string? Run { get; init; }

    /// <summary>What tells the loss: NoAnswerYet, ErrorAnswer, Gap or Footer; null for answers.</summary>
    public string? LossEvidence { get; init; }

    /// <summary>What is unusual about the sample; see <see cref="SampleFlags"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file; for a lost packet the line that tells the loss.</summary>
    public long Line { get; init; }

    /// <summary>Whether the sample takes part in means, decided when it was imported.</summary>
    internal bool Counted { get; init; } = true;
}
