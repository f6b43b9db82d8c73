namespace VirtLatency.LogWriter;

/// <summary>
/// One packet's way from the guest's kick to the tap device. Whole us, as the tool floors them; null where not
/// measured: such a stage and the total print 0.
/// </summary>
/// <param name="Time">Wall clock of printing; the tool prints no date.</param>
/// <param name="WorkerTid">Thread id of the vhost worker.</param>
/// <param name="Queue">Queue of the device.</param>
/// <param name="S0Us">ioeventfd_write to handle_tx_kick.</param>
/// <param name="S1Us">handle_tx_kick to tun_sendmsg.</param>
/// <param name="S2Us">tun_sendmsg to netif_receive_skb; a packet is printed only when it was measured.</param>
public sealed record KvmTunFigure(TimeOnly Time, int WorkerTid, int Queue, long? S0Us, long? S1Us, long S2Us);
