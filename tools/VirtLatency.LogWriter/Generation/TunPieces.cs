namespace VirtLatency.LogWriter;

/// <summary>From the tap device to the injected interrupt, in us with 1 ns resolution.</summary>
/// <param name="Stage1To2Us">tun_net_xmit to vhost_signal.</param>
/// <param name="Stage2To3Us">vhost_signal to eventfd_signal.</param>
/// <param name="Stage3To4Us">eventfd_signal to irqfd_wakeup.</param>
/// <param name="Stage4To5Us">irqfd_wakeup to the posted interrupt.</param>
public sealed record TunPieces(decimal Stage1To2Us, decimal Stage2To3Us, decimal Stage3To4Us, decimal Stage4To5Us)
{
    /// <summary>All four in us.</summary>
    public decimal TotalUs => Stage1To2Us + Stage2To3Us + Stage3To4Us + Stage4To5Us;
}
