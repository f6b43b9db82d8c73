namespace VirtLatency.Model;

/// <summary>The place on the path that a log was taken at.</summary>
public enum LogRole
{
    /// <summary>kernel_icmp_rtt tx in the VM that pings.</summary>
    SenderVm,

    /// <summary>kernel_icmp_rtt rx in the VM that answers.</summary>
    ReceiverVm,

    /// <summary>icmp_drop_detector on the host of the VM that pings.</summary>
    SenderHost,

    /// <summary>icmp_drop_detector on the host of the VM that answers.</summary>
    ReceiverHost,

    /// <summary>tun_tx_to_kvm_irq on the receiver's host: requests reaching the VM (segment E).</summary>
    ReceiverTunIrq,

    /// <summary>tun_tx_to_kvm_irq on the sender's host: replies reaching the VM (segment L).</summary>
    SenderTunIrq,

    /// <summary>kvm_vhost_tun_latency on the sender's host: requests leaving the VM (segment B_1).</summary>
    SenderKvmTun,

    /// <summary>kvm_vhost_tun_latency on the receiver's host: replies leaving the VM (segment I_1).</summary>
    ReceiverKvmTun,

    /// <summary>Output of ping itself in the VM that pings (container PingRtt). Not every investigation keeps it.</summary>
    SenderPing,

    /// <summary>Output of a ping in the same VM while no tool ran: what the tools cost is told against it, and it is no part of the path.</summary>
    SenderPingWithoutTools,
}
