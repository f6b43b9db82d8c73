namespace VirtLatency.LogWriter;

/// <summary>What kvm_vhost_tun_latency_summary counted in one interval. S2 counts every packet, S0 and S1 those that have them.</summary>
/// <param name="Time">Wall clock of printing; the tool prints no date and no ms.</param>
/// <param name="S0">ioeventfd_write to handle_tx_kick.</param>
/// <param name="S1">handle_tx_kick to tun_sendmsg.</param>
/// <param name="S2">tun_sendmsg to netif_receive_skb.</param>
public sealed record KvmIntervalFigure(TimeOnly Time, KvmHistogram S0, KvmHistogram S1, KvmHistogram S2);
