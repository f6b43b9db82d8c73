namespace VirtLatency.Model;

/// <summary>
/// One packet's way from the tap device to the injected interrupt as tun_tx_to_kvm_irq saw it (segment E on the
/// receiver's host, L on the sender's). Latencies in us. The tool prints stage 4's delay from stage 2; here S3ToS4 is
/// the difference, so that the four pieces add up to S1 to S5.
/// </summary>
public sealed class TunIrqChain
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Receiver for ICMP type 8, Sender for type 0; null for other packets.</summary>
    public string? HostRole { get; init; }

    /// <summary>The tap device.</summary>
    public string? Device { get; init; }

    /// <summary>Queue of the device.</summary>
    public int? Queue { get; init; }

    /// <summary>
    /// The host's uptime at stage 1 in seconds (the log prints it as a date in 1970, in the host's zone); null where
    /// the log has no date.
    /// </summary>
    public double? UptimeSeconds { get; init; }

    /// <summary>ICMP type: 8 request, 0 reply; null when the packet was not ICMP or not told.</summary>
    public int? IcmpType { get; init; }

    /// <summary>ICMP identifier; null where the build does not print it.</summary>
    public int? IcmpId { get; init; }

    /// <summary>ICMP sequence number; null where the build does not print it.</summary>
    public int? Sequence { get; init; }

    /// <summary>Run in the file, as text.</summary>
    public string? Run { get; init; }

    /// <summary>Source address of the packet.</summary>
    public string? Source { get; init; }

    /// <summary>Destination address of the packet.</summary>
    public string? Destination { get; init; }

    /// <summary>The last stage that was seen, 1 to 5.</summary>
    public int LastStage { get; init; }

    /// <summary>tun_net_xmit to vhost_signal in us: holds the wake-up of the vhost worker.</summary>
    public double? S1ToS2Us { get; init; }

    /// <summary>vhost_signal to eventfd_signal in us.</summary>
    public double? S2ToS3Us { get; init; }

    /// <summary>eventfd_signal to irqfd_wakeup in us: printed stage 4 less printed stage 3.</summary>
    public double? S3ToS4Us { get; init; }

    /// <summary>irqfd_wakeup to the posted interrupt in us.</summary>
    public double? S4ToS5Us { get; init; }

    /// <summary>S1 to S5 in us: printed stages 2 + 4 + 5. Null unless those three were seen.</summary>
    public double? TotalUs { get; init; }

    /// <summary>S1 to S4 in us: printed stages 2 + 4. What there is of a chain whose injection was not seen.</summary>
    public double? S1ToS4Us { get; init; }

    /// <summary>S2 to S4 in us, as printed for stage 4: all that builds with three stages measure.</summary>
    public double? S2ToS4Us { get; init; }

    /// <summary>Sum of the four printed delays in us. It counts S2 to S3 twice; kept to reconcile with reports that used it.</summary>
    public double? PrintedSumUs { get; init; }

    /// <summary>Thread id of the vhost worker (PID of stages 2 to 5).</summary>
    public int? WorkerTid { get; init; }

    /// <summary>The CPU that the vhost worker ran on.</summary>
    public int? WorkerCpu { get; init; }

    /// <summary>The CPU that took the packet into the tap device.</summary>
    public int? IrqCpu { get; init; }

    /// <summary>True when that CPU was in its idle task (PID 0).</summary>
    public bool? IrqCpuIdle { get; init; }

    /// <summary>What is unusual about the chain; see <see cref="SampleFlags"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line of the chain's first stage in the file.</summary>
    public long Line { get; init; }

    /// <summary>Whether the sample takes part in means, decided when it was imported.</summary>
    internal bool Counted { get; init; } = true;
}
