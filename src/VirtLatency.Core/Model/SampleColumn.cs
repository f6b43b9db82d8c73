
namespace VirtLatency.Model;

/// <summary>A value that a log gives for each of its samples.</summary>
public enum SampleColumn
{
    /// <summary>kernel_icmp_rtt: path 1. The first printed column of every tool comes first.</summary>
    Path1,

    /// <summary>kernel_icmp_rtt: between the paths.</summary>
    InterPath,

    /// <summary>kernel_icmp_rtt: path 2.</summary>
    Path2,

    /// <summary>kernel_icmp_rtt: path 1 start to path 2 end.</summary>
    TotalRtt,

    /// <summary>icmp_drop_detector: request through the host.</summary>
    ReqInternal,

    /// <summary>icmp_drop_detector: outside the probes.</summary>
    External,

    /// <summary>icmp_drop_detector: reply through the host.</summary>
    RepInternal,

    /// <summary>icmp_drop_detector: all three.</summary>
    HostTotal,

    /// <summary>tun_tx_to_kvm_irq: S1 to S2.</summary>
    S1ToS2,

    /// <summary>tun_tx_to_kvm_irq: S2 to S3.</summary>
    S2ToS3,

    /// <summary>tun_tx_to_kvm_irq: S2 to S4, as printed for stage 4.</summary>
    S2ToS4,

    /// <summary>tun_tx_to_kvm_irq: S4 to S5.</summary>
    S4ToS5,

    /// <summary>kvm_vhost_tun_latency: S0.</summary>
    S0,

    /// <summary>kvm_vhost_tun_latency: S1.</summary>
    S1,

    /// <summary>kvm_vhost_tun_latency: S2.</summary>
    S2,

    /// <summary>kvm_vhost_tun_latency: S0 + S1 + S2.</summary>
    KvmTotal,

    /// <summary>tun_tx_to_kvm_irq: S3 to S4 = printed stage 4 less printed stage 3.</summary>
    S3ToS4,

    /// <summary>tun_tx_to_kvm_irq: S1 to S5 = printed stages 2 + 4 + 5.</summary>
    S1ToS5,

    /// <summary>tun_tx_to_kvm_irq: S1 to S4 of chains without stage 5.</summary>
    S1ToS4Only,

    /// <summary>ping: its own round trip.</summary>
    PingRtt,
}
