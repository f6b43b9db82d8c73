namespace VirtLatency.Model;

/// <summary>
/// One packet's way from the guest's kick to the tap device as kvm_vhost_tun_latency saw it (segment B_1 on the
/// sender's host, I_1 on the receiver's). Whole us, each floored by the tool: a stage is about 0.5 us low, the total 1.5.
/// </summary>
public sealed class KvmTunSample
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver as given; null when only the file itself was asked, for it cannot tell.</summary>
    public string? HostRole { get; init; }

    /// <summary>The tap device, from the header.</summary>
    public string? Device { get; init; }

    /// <summary>Wall clock of printing, HH:MM:SS.mmm; the tool prints no date.</summary>
    public string? Time { get; init; }

    /// <summary>Thread id of the vhost worker.</summary>
    public int? WorkerTid { get; init; }

    /// <summary>Queue of the device.</summary>
    public int? Queue { get; init; }

    /// <summary>ioeventfd_write to handle_tx_kick in us: holds the wake-up of the vhost worker.</summary>
    public double? S0Us { get; init; }

    /// <summary>handle_tx_kick to tun_sendmsg in us.</summary>
    public double? S1Us { get; init; }

    /// <summary>tun_sendmsg to netif_receive_skb in us.</summary>
    public double? S2Us { get; init; }

    /// <summary>S0 + S1 + S2 in us; null where the tool printed total=0 because a stage was not measured.</summary>
    public double? TotalUs { get; init; }

    /// <summary>What is unusual about the sample; see <see cref="SampleFlags"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file.</summary>
    public long Line { get; init; }

    /// <summary>Whether the sample takes part in means, decided when it was imported.</summary>
    internal bool Counted { get; init; } = true;
}
