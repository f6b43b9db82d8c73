namespace VirtLatency.Model;

/// <summary>The program that printed a log: those that are read, and relatives that are named when they are met.</summary>
public enum LogTool
{
    /// <summary>No known tool's text was found.</summary>
    Unknown,

    /// <summary>kernel_icmp_rtt: stages of one ping inside a VM's kernel.</summary>
    KernelIcmpRtt,

    /// <summary>icmp_drop_detector, later icmp_path_tracer: one ping through a host, vnet to physical NIC and back.</summary>
    IcmpDropDetector,

    /// <summary>tun_tx_to_kvm_irq: from tun_net_xmit to the injected interrupt.</summary>
    TunTxToKvmIrq,

    /// <summary>kvm_vhost_tun_latency_details and _no_discovery: from the guest's kick to the tap device.</summary>
    KvmVhostTunLatency,

    /// <summary>system_network_icmp_rtt: the same family as kernel_icmp_rtt, but of a host with Open vSwitch.</summary>
    SystemNetworkIcmpRtt,

    /// <summary>tcp_drop_detector: no ICMP id, so no segment of a ping.</summary>
    TcpDropDetector,

    /// <summary>udp_drop_detector: no ICMP id, so no segment of a ping.</summary>
    UdpDropDetector,

    /// <summary>kvm_vhost_tun_latency_summary: histograms without samples.</summary>
    KvmVhostTunSummary,

    /// <summary>Either kvm_vhost_tun_latency tool in discover mode: workers and eventfds, no latency.</summary>
    KvmVhostTunDiscovery,

    /// <summary>vhost_wakeup_latency: from the wake-up of a vhost worker to its running.</summary>
    VhostWakeupLatency,

    /// <summary>ping's own output.</summary>
    Ping,

    /// <summary>vhost_sched_config_check.</summary>
    VhostConfigCheck,
}
