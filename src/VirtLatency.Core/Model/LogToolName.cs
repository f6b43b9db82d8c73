namespace VirtLatency.Model;

/// <summary>Names of the tools as their files are called.</summary>
public static class LogToolName
{
    /// <summary>The tool's own name, for messages and columns.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>For instance <c>kernel_icmp_rtt</c>; <c>unknown</c> where no tool was recognised.</returns>
    public static string Of(LogTool tool) => tool switch
    {
        LogTool.KernelIcmpRtt => "kernel_icmp_rtt",
        LogTool.IcmpDropDetector => "icmp_drop_detector",
        LogTool.TunTxToKvmIrq => "tun_tx_to_kvm_irq",
        LogTool.KvmVhostTunLatency => "kvm_vhost_tun_latency_details",
        LogTool.SystemNetworkIcmpRtt => "system_network_icmp_rtt",
        LogTool.TcpDropDetector => "tcp_drop_detector",
        LogTool.UdpDropDetector => "udp_drop_detector",
        LogTool.KvmVhostTunSummary => "kvm_vhost_tun_latency_summary",
        LogTool.KvmVhostTunDiscovery => "kvm_vhost_tun_latency in discover mode",
        LogTool.VhostWakeupLatency => "vhost_wakeup_latency",
        LogTool.Ping => "ping",
        LogTool.VhostConfigCheck => "vhost_sched_config_check",
        _ => "unknown",
    };
}
