namespace VirtLatency.Tests.Parsing;

/// <summary>
/// One ping of each build of kernel_icmp_rtt, traced where it is sent (Tx) and where it is answered (Rx). 10.8.0.1 pings
/// 10.8.0.2. All builds print the same figures where they have the same stages.
/// </summary>
internal static class IcmpRttVersionText
{
    private const string Loaded = """

        BPF program loaded successfully

        Verifying probe attachments:
          [OK] ip_local_out found in kallsyms
          [WARN] ip_rcv NOT found in kallsyms - probe may fail!
          [WARN] netif_receive_skb tracepoint NOT found!
          [INFO] Found alternative: netif_rx tracepoint


        """;

    private const string Footer = "\nDetaching...\nExiting.\n";

    private const string DebugFooter = """

        Detaching...

        ================================================================================
        Debug Counters (stage_id.code_point -> count)
        ================================================================================
          P1:S0      PROBE_ENTRY     : 19
          P2:S2      PERF_SUBMIT     : 19
        Exiting.

        """;

    private const string TxTasks = """
        Path 1 (Request: TX to 10.8.0.2)             : PID=700    COMM=ping         IF=eth0       ICMP_Type=8
        Path 2 (Reply:   RX from 10.8.0.2)           : PID=0      COMM=swapper/3    IF=eth0       ICMP_Type=0

        """;

    private const string RxTasks = """
        Path 1 (Request: RX from 10.8.0.1)           : PID=0      COMM=swapper/2    IF=eth0       ICMP_Type=8
        Path 2 (Reply:   TX to 10.8.0.1)             : PID=21     COMM=ksoftirqd/2  IF=eth0       ICMP_Type=0

        """;

    private const string Rule = "================================================================================\n";

    private const string TxTitle = Rule + "=== ICMP RTT Trace: 2026-02-04 08:00:00.007 (TX (Local -> Remote)) ===\n";
    private const string RxTitle = Rule + "=== ICMP RTT Trace: 2026-02-04 08:00:00.007 (RX (Remote -> Local)) ===\n";
    private const string ForwardSession = "Session: 10.8.0.1 -> 10.8.0.2 (ID: 700, Seq: 2)\n";
    private const string ReversedSession = "Session: 10.8.0.2 -> 10.8.0.1 (ID: 700, Seq: 2)\n";
    private const string Pointer = "\nSKB Pointers:\n  Stage 0 (P1:S0 (whatever)                        ): 0xffff9c8e8b1c8100\n";

    private const string PyStacks = """

        Kernel Stack Traces:
          Stage 0 (P1:S0 (ip_send_skb)):
            ip_send_skb+0x1
            raw_sendmsg+0x2
          Stage 1 (P1:S1 (ip_local_out)):
            <No stack trace: id=-14>

        """;

    private const string TxTotals = """

        Total RTT (Path1 Start to Path2 End): 218.658 us
        Inter-Path Latency (P1 end -> P2 start): 183.666 us

        """;

    private const string RxTotals = """

        Total RTT (Path1 Start to Path2 End):  46.020 us
        Inter-Path Latency (P1 end -> P2 start):  12.500 us

        """;

    private const string TxPaths = """

        Path 1 Latencies (us):
          [0->1] P1:S0 (ip_local_out)                     -> P1:S1 (dev_queue_xmit)                  :  20.839 us
          Total Path 1:  20.839 us

        Path 2 Latencies (us):
          [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :   4.245 us
          [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :   9.908 us
          Total Path 2:  14.153 us

        """;

    private const string RxPaths = """

        Path 1 Latencies (us):
          [0->1] P1:S0 (__netif_receive_skb)              -> P1:S1 (ip_rcv)                          :   3.120 us
          [1->2] P1:S1 (ip_rcv)                           -> P1:S2 (icmp_rcv)                        :   8.400 us
          Total Path 1:  11.520 us

        Path 2 Latencies (us):
          [4->5] P2:S1 (ip_local_out)                     -> P2:S2 (dev_queue_xmit)                  :  22.000 us
          Total Path 2:  22.000 us

        """;

    private const string FilterTx = """
        === Kernel ICMP RTT Tracer ===
        Trace Direction: TX
        SRC_IP_FILTER (Local IP): 10.8.0.1 (0xa080001)
        DST_IP_FILTER (Remote IP): 10.8.0.2 (0xa080002)
        Monitoring interface: eth0 (ifindex 2)

        """;

    private const string FilterRx = """
        === Kernel ICMP RTT Tracer ===
        Trace Direction: RX
        SRC_IP_FILTER (Local IP): 10.8.0.2 (0xa080002)
        DST_IP_FILTER (Remote IP): 10.8.0.1 (0xa080001)
        Monitoring all interfaces

        """;

    private const string SessionTx = """
        === Kernel ICMP RTT Tracer ===
        Trace Direction: TX
        Ping Session: 10.8.0.1 -> 10.8.0.2
        Local IP: 10.8.0.1 (0xa080001)
        Remote IP: 10.8.0.2 (0xa080002)
        Monitoring interface(s): eth0(ifindex=2), eth1(ifindex=3)

        """;

    private const string SessionRx = """
        === Kernel ICMP RTT Tracer ===
        Trace Direction: RX
        Ping Session: 10.8.0.1 -> 10.8.0.2
        Local IP: 10.8.0.2 (0xa080002)
        Remote IP: 10.8.0.1 (0xa080001)
        Monitoring all interfaces

        """;

    private const string TracingTx = "Tracing ICMP RTT (src=10.8.0.1, dst=10.8.0.2, dir=tx) ... Hit Ctrl-C to end.\n";
    private const string TracingRx = "Tracing ICMP RTT (src=10.8.0.2, dst=10.8.0.1, dir=rx) ... Hit Ctrl-C to end.\n";
    private const string Debugging = "Debug counters enabled (bcc-debug-framework); will print on exit\n";

    /// <summary>d9a1fd5: the path begins at ip_send_skb, six stages both ways.</summary>
    public const string FirstTx = FilterTx + Loaded + TracingTx + TxTitle + ForwardSession + TxTasks + Pointer + """

        Path 1 Latencies (us):
          [0->1] P1:S0 (ip_send_skb)                      -> P1:S1 (ip_local_out)                    :   1.239 us
          [1->2] P1:S1 (ip_local_out)                     -> P1:S2 (dev_queue_xmit)                  :  19.600 us
          Total Path 1:  20.839 us

        Path 2 Latencies (us):
          [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :   4.245 us
          [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :   9.908 us
          Total Path 2:  14.153 us

        """ + TxTotals + PyStacks + Rule + "\n" + Footer;

    public const string FirstRx = FilterRx + Loaded + TracingRx + RxTitle + ReversedSession + RxTasks + Pointer + """

        Path 1 Latencies (us):
          [0->1] P1:S0 (__netif_receive_skb)              -> P1:S1 (ip_rcv)                          :   3.120 us
          [1->2] P1:S1 (ip_rcv)                           -> P1:S2 (icmp_rcv)                        :   8.400 us
          Total Path 1:  11.520 us

        Path 2 Latencies (us):
          [3->4] P2:S0 (ip_send_skb)                      -> P2:S1 (ip_local_out)                    :   2.000 us
          [4->5] P2:S1 (ip_local_out)                     -> P2:S2 (dev_queue_xmit)                  :  20.000 us
          Total Path 2:  22.000 us

        """ + RxTotals + Rule + "\n" + Footer;

    /// <summary>e557fa4 and d03d31d: SRC_IP_FILTER, stage (unused), session of an Rx log reversed.</summary>
    public const string FilterHeaderTx = FilterTx + Debugging + Loaded + TracingTx + TxTitle + ForwardSession + TxTasks + Pointer + TxPaths + TxTotals + Rule + "\n" + DebugFooter;

    public const string FilterHeaderRx = FilterRx + Loaded + TracingRx + RxTitle + ReversedSession + RxTasks + Pointer + RxPaths + RxTotals + Rule + "\n" + Footer;

    /// <summary>9e56f36: Ping Session.</summary>
    public const string SessionHeaderTx = SessionTx + Loaded + TracingTx + TxTitle + ForwardSession + TxTasks + Pointer + TxPaths + TxTotals + PyStacks + Rule + "\n" + DebugFooter;

    public const string SessionHeaderRx = SessionRx + Loaded + TracingRx + RxTitle + ForwardSession + RxTasks + Pointer + RxPaths + RxTotals + Rule + "\n" + Footer;

    /// <summary>4d47ad7: the path out ends behind the driver.</summary>
    public static readonly string DriverTx = SessionHeaderTx.Swap("-> P1:S1 (dev_queue_xmit)                  :", "-> P1:S1 (net_dev_xmit)                    :");

    public static readonly string DriverRx = SessionHeaderRx.Swap("-> P2:S2 (dev_queue_xmit)                  :", "-> P2:S2 (net_dev_xmit)                    :");

    /// <summary>c2ccdc2: no ip_rcv.</summary>
    public const string FewStagesTx = SessionTx + Loaded + TracingTx + TxTitle + ForwardSession + TxTasks + Pointer + """

        Path 1 Latencies (us):
          [0->1] P1 (ip_local_out)                        -> P1 (net_dev_xmit)                       :  20.839 us
          Total Path 1:  20.839 us

        Path 2 Latencies (us):
          [3->5] P2 (netif_receive_skb)                   -> P2 (icmp_rcv)                           :  14.153 us
          Total Path 2:  14.153 us

        """ + TxTotals + Rule + "\n" + Footer;

    public const string FewStagesRx = SessionRx + Loaded + TracingRx + RxTitle + ForwardSession + RxTasks + Pointer + """

        Path 1 Latencies (us):
          [0->2] P1 (netif_receive_skb)                   -> P1 (icmp_rcv)                           :  11.520 us
          Total Path 1:  11.520 us

        Path 2 Latencies (us):
          [4->5] P2 (ip_local_out)                        -> P2 (net_dev_xmit)                       :  22.000 us
          Total Path 2:  22.000 us

        """ + RxTotals + Rule + "\n" + Footer;

    /// <summary>libbpf: no milliseconds, no pointers, no number beside the address, and no name of the other machine.</summary>
    public static readonly string LibbpfTx =
        FilterTx.Swap(" (0xa080001)", string.Empty).Swap(" (0xa080002)", string.Empty) + "\n" + TracingTx
        + TxTitle.Swap("08:00:00.007", "08:00:00") + ForwardSession
        + TxTasks.Swap("Path 1 (Request: TX to 10.8.0.2)             :", "Path 1 (Request: TX to remote)               :")
            .Swap("Path 2 (Reply:   RX from 10.8.0.2)           :", "Path 2 (Reply: RX from remote)               :")
        + TxPaths + TxTotals + Rule + "\n" + "\nExiting.\n";

    public static readonly string LibbpfRx =
        FilterRx.Swap(" (0xa080001)", string.Empty).Swap(" (0xa080002)", string.Empty) + "\n" + TracingRx
        + RxTitle.Swap("08:00:00.007", "08:00:00") + ReversedSession
        + RxTasks.Swap("Path 1 (Request: RX from 10.8.0.1)           :", "Path 1 (Request: RX from remote)             :")
            .Swap("Path 2 (Reply:   TX to 10.8.0.1)             :", "Path 2 (Reply: TX to remote)                 :")
        + RxPaths + RxTotals + Rule + "\n" + "\nExiting.\n";
}
