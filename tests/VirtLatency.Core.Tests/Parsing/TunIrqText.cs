namespace VirtLatency.Tests.Parsing;

/// <summary>What tun_tx_to_kvm_irq prints. The header is 24 lines, a chain 5.</summary>
internal static class TunIrqText
{
    public const string Header = """
        Detected kernel version: 5.10, distro: centos
        IRQ bypass module: loaded
        Using 5.x (with vhost_vring_call, 72 bytes) vhost structure layout
        Packet filters:
          Protocol: ICMP
          Source IP: 10.0.130.145
        Successfully attached to tun_net_xmit
        Successfully attached to vhost_add_used_and_signal_n
        Warning: eventfd_signal not available: Failed to attach BPF program
        Successfully attached to irqfd_wakeup (KVM interrupt injection)
        Successfully attached to vmx_deliver_posted_interrupt (IRQ bypass hardware path)
        Device filter: vnet2
        Queue filter: All queues

        ================================================================================
        TUN TX QUEUE INTERRUPT TRACING STARTED
        ================================================================================
        Tracing: tun_net_xmit -> vhost_signal -> eventfd_signal -> irqfd_wakeup -> posted_int
        Correlation: Stage 2->3->4 via eventfd_ctx, Stage 4->5 via GSI/vector
        Press Ctrl+C to stop

        Clearing BPF maps for clean state...
        Maps cleared. Ready for tracing.


        """;

    public const string Q1Stage1 = "TUN TX INTERRUPT [vnet2:q1] Stage 1 [tun_net_xmit]: Time=1970-01-31 10:13:20.123 Queue=1 Sock(tfile)=0xffff8f3d5a2b0840 CPU=20 PID=0 COMM=swapper/20 ICMP 10.0.130.145 -> 10.0.130.143 type=8 code=0 id=22804 seq=1\n";
    public const string Q1Stage2 = "TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=1970-01-31 10:13:20.123 Sock(vq)=0xffff8f3d5a2b0840 EventFD(vq)=0xffff8f3d41c7a100 VQ=0xffff8f3d77e80000 Delay=0.023ms CPU=6 PID=40211 COMM=vhost-40150\n";
    public const string Q1Stage3 = "TUN TX INTERRUPT [vnet2:q1] Stage 3 [eventfd_signal]: Time=1970-01-31 10:13:20.123 EventFD(arg)=0xffff8f3d41c7a100 Delay=0.005ms CPU=6 PID=40211 COMM=vhost-40150\n";
    public const string Q1Stage4 = "TUN TX INTERRUPT [vnet2:q1] Stage 4 [irqfd_wakeup]: Time=1970-01-31 10:13:20.123 EventFD(irqfd)=0xffff8f3d41c7a100 GSI(irqfd)=37 Delay=0.008ms CPU=6 PID=40211 COMM=vhost-40150\n";
    public const string Q1Stage5 = "TUN TX INTERRUPT [vnet2:q1] Stage 5 [posted_int]: Time=1970-01-31 10:13:20.123 Vector(arg)=37 VCPU=0xffff8f3c9d5c0000 Delay=0.003ms CPU=6 PID=40211 COMM=vhost-40150\n";

    /// <summary>d2=23, d3=5, d4=8 (from stage 2), d5=3 us: S3 to S4 is 3, S1 to S5 is 34.</summary>
    public const string Q1Chain = Q1Stage1 + Q1Stage2 + Q1Stage3 + Q1Stage4 + Q1Stage5;

    public const string Q0Stage1 = "TUN TX INTERRUPT [vnet2:q0] Stage 1 [tun_net_xmit]: Time=1970-01-31 10:13:20.123 Queue=0 Sock(tfile)=0xffff8f3d5a2b0000 CPU=22 PID=911 COMM=ovs-vswitchd ICMP 10.0.130.145 -> 10.0.130.143 type=8 code=0 id=22804 seq=2\n";
    public const string Q0Stage2 = "TUN TX INTERRUPT [vnet2:q0] Stage 2 [vhost_signal]: Time=1970-01-31 10:13:20.123 Sock(vq)=0xffff8f3d5a2b0000 EventFD(vq)=0xffff8f3d41c7a900 VQ=0xffff8f3d77e90000 Delay=0.105ms CPU=7 PID=40210 COMM=vhost-40150\n";
    public const string Q0Stage3 = "TUN TX INTERRUPT [vnet2:q0] Stage 3 [eventfd_signal]: Time=1970-01-31 10:13:20.123 EventFD(arg)=0xffff8f3d41c7a900 Delay=0.006ms CPU=7 PID=40210 COMM=vhost-40150\n";
    public const string Q0Stage4 = "TUN TX INTERRUPT [vnet2:q0] Stage 4 [irqfd_wakeup]: Time=1970-01-31 10:13:20.124 EventFD(irqfd)=0xffff8f3d41c7a900 GSI(irqfd)=36 Delay=0.010ms CPU=7 PID=40210 COMM=vhost-40150\n";
    public const string Q0Stage5 = "TUN TX INTERRUPT [vnet2:q0] Stage 5 [posted_int]: Time=1970-01-31 10:13:20.124 Vector(arg)=36 VCPU=0xffff8f3c9d5c8000 Delay=0.002ms CPU=7 PID=40210 COMM=vhost-40150\n";

    /// <summary>d2=105, d3=6, d4=10, d5=2 us: S3 to S4 is 4, S1 to S5 is 117.</summary>
    public const string Q0Chain = Q0Stage1 + Q0Stage2 + Q0Stage3 + Q0Stage4 + Q0Stage5;

    /// <summary>d2=16, d3=8, d4=10, d5=1 us: S3 to S4 is 2, S1 to S5 is 27.</summary>
    public const string ShortChain = """
        TUN TX [vnet2:q2] Stage 1: Time=05:28:58.266 Queue=2 CPU=36 ICMP 10.0.129.145->10.0.129.143 type=8
        TUN TX [vnet2:q2] Stage 2: Time=05:28:58.266 Delay=0.016ms CPU=12 PID=73868
        TUN TX [vnet2:q2] Stage 3: Time=05:28:58.266 Delay=0.008ms CPU=12 PID=73868
        TUN TX [vnet2:q2] Stage 4: Time=05:28:58.266 Delay=0.010ms CPU=12 PID=73868
        TUN TX [vnet2:q2] Stage 5: Time=05:28:58.266 Delay=0.001ms CPU=12 PID=73868

        """;

    /// <summary>The block that is printed at every statistics interval, in mid-stream; 23 lines.</summary>
    public const string Statistics = """

        ================================================================================
        TUN TX QUEUE INTERRUPT TRACING STATISTICS
        ================================================================================

        Overall Stage Distribution:
          Stage 1 [tun_net_xmit]: 8 events
          Stage 2 [vhost_signal]: 8 events
          Stage 3 [eventfd_signal]: 7 events
          Stage 4 [irqfd_wakeup]: 7 events
          Stage 5 [posted_int]: 5 events

        ================================================================================
        TUN TX INTERRUPT CHAIN ANALYSIS
        ================================================================================

        Queue: vnet2:q1
        --------------------------------------------------
          Chain Completeness: 62.5% (min 5 / max 8 events)

        Interrupt Latency Analysis:
          Average delay: 5457.0μs (from 46 samples)
          P50 delay: 8.0μs

        """;

    /// <summary>7 lines.</summary>
    public const string Footer = """

        ================================================================================
        TUN TX INTERRUPT TRACING STOPPED - FINAL SUMMARY
        ================================================================================

        TUN TX Queue Interrupt Tracing completed.
        Total events collected: 80

        """;
}
