namespace VirtLatency.Tests.Parsing;

/// <summary>One packet's whole log in each build's layout, as its print statements give it. Request: type 8, 10.0.130.145 to .143; reply: type 0, back.</summary>
internal static class TunIrqVersionText
{
    /// <summary>25 lines of header and footer, 3 stages: irqfd_wakeup 8 us behind stage 2; nothing else is measured. struct was not imported, so the packet is never told.</summary>
    public const string Uniform = """
        Successfully attached to tun_net_xmit
        Successfully attached to vhost_add_used_and_signal_n
        Successfully attached to irqfd_wakeup (verified offsets: eventfd_ctx +32, gsi +48)
        Device filter: vnet2
        Queue filter: All queues

        ================================================================================
        TUN TX QUEUE INTERRUPT TRACING STARTED
        ================================================================================
        Tracing: tun_net_xmit -> vhost_signal -> irqfd_wakeup
        Using proven filtering from vhost_queue_correlation_monitor.py
        Chain validation: Stage 3 only fires if Stage 2 created matching eventfd_ctx entry
        Chain analysis: ENABLED (interval: 10s)
        Press Ctrl+C to stop

        Clearing BPF maps for clean state...
        Maps cleared. Ready for tracing.

        TUN TX INTERRUPT [vnet2:q1] Stage 1 [tun_net_xmit]: Time=1970-01-31 10:13:20.123 Sock=0xffff8f3d5a2b0840 EventFD=0x0 GSI=0 VQ=0x0 Delay=0.000ms CPU=20 PID=0 COMM=swapper/20 [packet info parse error]
        TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=1970-01-31 10:13:20.124 Sock=0xffff8f3d5a2b0840 EventFD=0xffff8f3d41c7a100 GSI=0 VQ=0xffff8f3d77e80000 Delay=0.000ms CPU=6 PID=40211 COMM=vhost-40150
        TUN TX INTERRUPT [vnet2:q1] Stage 3 [irqfd_wakeup]: Time=1970-01-31 10:13:20.124 Sock=0xffff8f3d5a2b0840 EventFD=0xffff8f3d41c7a100 GSI=37 VQ=0x0 Delay=0.008ms CPU=6 PID=40211 COMM=vhost-40150

        ================================================================================
        TUN TX INTERRUPT TRACING STOPPED - FINAL SUMMARY
        ================================================================================

        ================================================================================
        TUN TX QUEUE INTERRUPT TRACING STATISTICS
        ================================================================================

        Overall Stage Distribution:
          Stage 1 [tun_net_xmit]: 1 events
          Stage 2 [vhost_signal]: 1 events
          Stage 3 [irqfd_wakeup]: 1 events

        ================================================================================
        TUN TX INTERRUPT CHAIN ANALYSIS
        ================================================================================

        Queue: vnet2:q1
        --------------------------------------------------
        Stage Event Counts:
          Stage 1 [tun_net_xmit]: 1 events
          Stage 2 [vhost_signal]: 1 events
          Stage 3 [irqfd_wakeup]: 1 events
          Chain Completeness: 100.0% (min 1 / max 1 events)
          COMPLETE CHAIN: tun_net_xmit -> vhost_signal -> irqfd_wakeup

        Interrupt Latency Analysis:
          Average delay: 8.0μs (from 1 samples)
          P50 delay: 8.0μs
          P90 delay: 8.0μs
          P99 delay: 8.0μs

        Packet Type Distribution:
          ICMP: 1 packets

        Trace data saved to: f.json

        TUN TX Queue Interrupt Tracing completed.
        Total events collected: 3

        """;

    /// <summary>No filters in the header, no delay at stage 2, addresses byte by byte in reverse, ICMP as IP protocol 1.</summary>
    public const string FiveStages = FiveStageHeader + """
        TUN TX INTERRUPT [vnet2:q1] Stage 1 [tun_net_xmit]: Time=1970-01-31 10:13:20.123 Queue=1 Sock(tfile)=0xffff8f3d5a2b0840 CPU=20 PID=0 COMM=swapper/20 IP 145.130.0.10 -> 143.130.0.10 proto=1
        TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=1970-01-31 10:13:20.123 Sock(vq)=0xffff8f3d5a2b0840 EventFD(vq)=0xffff8f3d41c7a100 VQ=0xffff8f3d77e80000 CPU=6 PID=40211 COMM=vhost-40150

        """ + LaterStages + Footer;

    /// <summary>d2=23, d3=5, d4=8 (from stage 2), d5=3 us.</summary>
    public const string Filtering = "Detected kernel version: 5.10, distro: centos\n" + FiltersAfterKernel + IcmpStage1 + SignalWithDelay + LaterStages + Footer;

    /// <summary>The same, and the tool's own total, which counts S2 to S3 twice: 23 + 5 + 8 + 3 = 39.</summary>
    public const string Totals = "Detected kernel version: 5.10, distro: centos\n" + FiltersAfterKernel + IcmpStage1 + SignalWithDelay + LaterStages
        + "  -> Total(S1->S5): 0.039ms\n" + Footer;

    /// <summary>irqfd_wakeup 9 us behind stage 2. No date, no type, no id.</summary>
    public const string Libbpf = """
        ================================================================================
        TUN TX TO KVM IRQ INTERRUPT TRACING
        ================================================================================
        Tracing: tun_net_xmit -> vhost_signal -> irqfd_wakeup
        Device filter: vnet6
        Queue filter: All queues
        Chain analysis: ENABLED (interval: 10s)

        Press Ctrl+C to stop

        TUN_IRQ [vnet6:q2] Stage 1 [tun_net_xmit] Time=08:00:00.006 Sock=0xffff8f3d5a2b0840 CPU=3 PID=0 COMM=swapper/3 ICMP 10.0.130.145->10.0.130.143
        TUN_IRQ [vnet6:q2] Stage 2 [vhost_signal] Time=08:00:00.007 Sock=0xffff8f3d5a2b0840 EventFD=0xffff8f3d41c7a100 VQ=0xffff8f3d77e80000 CPU=9 PID=777 COMM=vhost-700
        TUN_IRQ [vnet6:q2] Stage 3 [irqfd_wakeup] Time=08:00:00.007 Sock=0xffff8f3d5a2b0840 EventFD=0xffff8f3d41c7a100 GSI=29 Delay=0.009ms CPU=9 PID=777 COMM=vhost-700

        ================================================================================
        FINAL SUMMARY

        ================================================================================
        TUN TX INTERRUPT CHAIN STATISTICS
        ================================================================================

        Stage Event Counts:
          Stage 1 [tun_net_xmit]:  1 events
          Stage 2 [vhost_signal]:  1 events
          Stage 3 [irqfd_wakeup]:  1 events

        Chain Status: COMPLETE (all stages detected)

        Interrupt Latency (vhost_signal -> irqfd_wakeup):
          Samples: 1
          Average: 9.00 us
          Min:     9.00 us
          Max:     9.00 us
        ================================================================================


        """;

    private const string FiveStageHeader = """
        Detected kernel version: 5.10, distro: centos
        IRQ bypass module: loaded
        Using 5.x (with vhost_vring_call, 72 bytes) vhost structure layout

        """ + ProbesAndFilters;

    private const string FiltersAfterKernel = """
        IRQ bypass module: loaded
        Using 5.x (with vhost_vring_call, 72 bytes) vhost structure layout
        Packet filters:
          Protocol: ICMP
          Source Port: 5201
          ICMP ID: 22804
          ICMP Seq: 1

        """ + ProbesAndFilters;

    private const string ProbesAndFilters = """
        Successfully attached to tun_net_xmit
        Successfully attached to vhost_add_used_and_signal_n
        Successfully attached to eventfd_signal
        Successfully attached to irqfd_wakeup (KVM interrupt injection)
        Successfully attached to vmx_deliver_posted_interrupt (IRQ bypass hardware path)
        Device filter: vnet2
        Queue filter: 1

        ================================================================================
        TUN TX QUEUE INTERRUPT TRACING STARTED
        ================================================================================
        Tracing: tun_net_xmit -> vhost_signal -> eventfd_signal -> irqfd_wakeup -> posted_int
        Correlation: Stage 2->3->4 via eventfd_ctx, Stage 4->5 via GSI/vector
        Press Ctrl+C to stop

        Clearing BPF maps for clean state...
        Maps cleared. Ready for tracing.


        """;

    private const string IcmpStage1 = TunIrqText.Q1Stage1;
    private const string SignalWithDelay = TunIrqText.Q1Stage2;
    private const string LaterStages = TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;
    private const string Footer = TunIrqText.Footer;

    /// <summary>The log of the reply: the addresses change places, the type is 0.</summary>
    public static string Reply(string log) => log
        .Replace("ICMP 10.0.130.145 -> 10.0.130.143 type=8", "ICMP 10.0.130.143 -> 10.0.130.145 type=0", StringComparison.Ordinal)
        .Replace("ICMP 10.0.130.145->10.0.130.143", "ICMP 10.0.130.143->10.0.130.145", StringComparison.Ordinal)
        .Replace("ICMP 10.0.129.145->10.0.129.143 type=8", "ICMP 10.0.129.143->10.0.129.145 type=0", StringComparison.Ordinal)
        .Replace("IP 145.130.0.10 -> 143.130.0.10", "IP 143.130.0.10 -> 145.130.0.10", StringComparison.Ordinal);
}
