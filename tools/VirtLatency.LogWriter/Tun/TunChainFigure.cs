namespace VirtLatency.LogWriter;

/// <summary>
/// One packet's way from the tap device to the injected interrupt. The four pieces are in us and follow each other
/// without overlap; they are printed as ms with 3 decimals. The first null piece ends the chain.
/// </summary>
/// <param name="Time">Stage 1 in the tool's form: the host's uptime as a date in 1970.</param>
/// <param name="Queue">The queue and its worker.</param>
/// <param name="Irq">The task that stage 1 ran in.</param>
/// <param name="Packet">What stage 1 tells about the packet.</param>
/// <param name="Stage1To2Us">tun_net_xmit to vhost_signal.</param>
/// <param name="Stage2To3Us">vhost_signal to eventfd_signal.</param>
/// <param name="Stage3To4Us">eventfd_signal to irqfd_wakeup. The tool prints stage 4 from stage 2; the writer adds it up.</param>
/// <param name="Stage4To5Us">irqfd_wakeup to the posted interrupt.</param>
public sealed record TunChainFigure(
    DateTime Time,
    TunQueue Queue,
    TunHostTask Irq,
    TunPacket Packet,
    decimal? Stage1To2Us = null,
    decimal? Stage2To3Us = null,
    decimal? Stage3To4Us = null,
    decimal? Stage4To5Us = null)
{
    /// <summary>Last stage that was seen, 1 to 5.</summary>
    public int LastStage =>
        Stage1To2Us is null ? 1 : Stage2To3Us is null ? 2 : Stage3To4Us is null ? 3 : Stage4To5Us is null ? 4 : 5;
}
