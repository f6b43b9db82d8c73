namespace VirtLatency.Tests.Parsing;

/// <summary>What kernel_icmp_rtt prints. Header 18 lines, a record 26 lines, its title the second of them.</summary>
internal static class IcmpRttText
{
    public const string TxHeader = """
        === Kernel ICMP RTT Tracer ===
        Trace Direction: TX
        Ping Session: 10.0.130.145 -> 10.0.130.143
        Local IP: 10.0.130.145 (0xa008291)
        Remote IP: 10.0.130.143 (0xa00828f)
        Monitoring interface(s): ens4(ifindex=2)

        BPF program loaded successfully

        Verifying probe attachments:
          [OK] ip_local_out found in kallsyms
          [OK] __ip_local_out found in kallsyms
          [WARN] dev_queue_xmit NOT found in kallsyms - probe may fail!
          [OK] ip_rcv found in kallsyms
          [OK] icmp_rcv found in kallsyms
          [OK] netif_receive_skb tracepoint exists

        Tracing ICMP RTT (src=10.0.130.145, dst=10.0.130.143, dir=tx) ... Hit Ctrl-C to end.

        """;

    public const string TxFirst = """
        ================================================================================
        === ICMP RTT Trace: 2026-01-09 10:21:03.119 (TX (Local -> Remote)) ===
        Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 1)
        Path 1 (Request: TX to 10.0.130.143)         : PID=21973  COMM=ping         IF=ens4       ICMP_Type=8
        Path 2 (Reply:   RX from 10.0.130.143)       : PID=0      COMM=swapper/1    IF=ens4       ICMP_Type=0

        SKB Pointers:
          Stage 0 (P1:S0 (ip_local_out)                    ): 0xffff9c8e8b1c8100
          Stage 1 (P1:S1 (dev_queue_xmit)                  ): 0xffff9c8e8b1c8100
          Stage 3 (P2:S0 (__netif_receive_skb)             ): 0xffff9c8e8b248100
          Stage 4 (P2:S1 (ip_rcv)                          ): 0xffff9c8e8b248100
          Stage 5 (P2:S2 (icmp_rcv)                        ): 0xffff9c8e8b248100

        Path 1 Latencies (us):
          [0->1] P1:S0 (ip_local_out)                     -> P1:S1 (dev_queue_xmit)                  :  20.839 us
          Total Path 1:  20.839 us

        Path 2 Latencies (us):
          [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :   4.245 us
          [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :   9.908 us
          Total Path 2:  14.153 us

        Total RTT (Path1 Start to Path2 End): 218.658 us
        Inter-Path Latency (P1 end -> P2 start): 183.666 us
        ================================================================================


        """;

    public const string TxSecond = """
        ================================================================================
        === ICMP RTT Trace: 2026-01-09 10:21:04.121 (TX (Local -> Remote)) ===
        Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 2)
        Path 1 (Request: TX to 10.0.130.143)         : PID=21973  COMM=ping         IF=ens4       ICMP_Type=8
        Path 2 (Reply:   RX from 10.0.130.143)       : PID=31     COMM=ksoftirqd/3  IF=ens4       ICMP_Type=0

        SKB Pointers:
          Stage 0 (P1:S0 (ip_local_out)                    ): 0xffff9c8e8b1c8200
          Stage 1 (P1:S1 (dev_queue_xmit)                  ): 0xffff9c8e8b1c8200
          Stage 3 (P2:S0 (__netif_receive_skb)             ): 0xffff9c8e8b248200
          Stage 4 (P2:S1 (ip_rcv)                          ): 0xffff9c8e8b248200
          Stage 5 (P2:S2 (icmp_rcv)                        ): 0xffff9c8e8b248200

        Path 1 Latencies (us):
          [0->1] P1:S0 (ip_local_out)                     -> P1:S1 (dev_queue_xmit)                  :  12.001 us
          Total Path 1:  12.001 us

        Path 2 Latencies (us):
          [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :   5.233 us
          [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :  12.213 us
          Total Path 2:  17.446 us

        Total RTT (Path1 Start to Path2 End): 549.691 us
        Inter-Path Latency (P1 end -> P2 start): 520.244 us
        ================================================================================


        """;

    public const string RxHeader = """
        === Kernel ICMP RTT Tracer ===
        Trace Direction: RX
        Ping Session: 10.0.130.145 -> 10.0.130.143
        Local IP: 10.0.130.143 (0xa00828f)
        Remote IP: 10.0.130.145 (0xa008291)
        Monitoring all interfaces
        Reporting only RTT >= 0.100 ms

        BPF program loaded successfully

        Verifying probe attachments:
          [OK] ip_local_out found in kallsyms
          [OK] netif_receive_skb tracepoint exists

        Tracing ICMP RTT (src=10.0.130.145, dst=10.0.130.143, dir=rx) ... Hit Ctrl-C to end.

        """;

    public const string RxSeventh = """
        ================================================================================
        === ICMP RTT Trace: 2026-01-09 10:21:09.902 (RX (Remote -> Local)) ===
        Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 7)
        Path 1 (Request: RX from 10.0.130.145)       : PID=0      COMM=swapper/2    IF=ens4       ICMP_Type=8
        Path 2 (Reply:   TX to 10.0.130.145)         : PID=0      COMM=swapper/2    IF=ens4       ICMP_Type=0

        SKB Pointers:
          Stage 0 (P1:S0 (__netif_receive_skb)             ): 0xffff9c8e8b1c8100
          Stage 1 (P1:S1 (ip_rcv)                          ): 0xffff9c8e8b1c8100
          Stage 2 (P1:S2 (icmp_rcv)                        ): 0xffff9c8e8b1c8100
          Stage 4 (P2:S1 (ip_local_out)                    ): 0xffff9c8e8b248100
          Stage 5 (P2:S2 (dev_queue_xmit)                  ): 0xffff9c8e8b248100

        Path 1 Latencies (us):
          [0->1] P1:S0 (__netif_receive_skb)              -> P1:S1 (ip_rcv)                          :   8.272 us
          [1->2] P1:S1 (ip_rcv)                           -> P1:S2 (icmp_rcv)                        :  15.365 us
          Total Path 1:  23.637 us

        Path 2 Latencies (us):
          [4->5] P2:S1 (ip_local_out)                     -> P2:S2 (dev_queue_xmit)                  :   5.480 us
          Total Path 2:   5.480 us

        Total RTT (Path1 Start to Path2 End):  34.622 us
        Inter-Path Latency (P1 end -> P2 start):   5.505 us
        ================================================================================


        """;

    /// <summary>The stack block, between the Inter-Path line and the closing ruler; 14 lines.</summary>
    public const string Stacks = """

        Kernel Stack Traces:
          Stage 0 (P1:S0 (ip_local_out)):
            b'ip_local_out+0x1'
            b'__x64_sys_sendto+0x1'
          Stage 1 (P1:S1 (dev_queue_xmit)):
            __dev_queue_xmit+0x1
            ip_output+0x1
          Stage 3 (P2:S0 (__netif_receive_skb)):
            <No stack trace: id=-14>
          Stage 4 (P2:S1 (ip_rcv)):
            <No symbols for stack id 99>
          Stage 5 (P2:S2 (icmp_rcv)):
            <Error: unknown>

        """;

    public const string Footer = """

        Detaching...
        Exiting.

        """;

    public const string FooterWithCounters = """

        Detaching...

        ================================================================================
        Debug Counters (stage_id.code_point -> count)
        ================================================================================
          P1:S0      PROBE_ENTRY     : 38
          P2:S2      PERF_SUBMIT     : 19
        Exiting.

        """;
}
