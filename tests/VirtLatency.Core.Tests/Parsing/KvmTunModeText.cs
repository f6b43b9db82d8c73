namespace VirtLatency.Tests.Parsing;

/// <summary>What the kvm_vhost_tun_latency tools print besides the details tool's measure mode.</summary>
internal static class KvmTunModeText
{
    /// <summary>Discover mode of both tools, with the profile on stdout: 38 lines, none with a latency.</summary>
    public const string Discovery = """
        Device filter: vnet9
        Discover mode: running for 5s

        Debug counters:
          [0] eventfd_signal: 1523
          [1] vhost_poll_wakeup: 80
          [2] work_eventfd_update: 80
          [3] handle_tx_kick: 44
          [4] work_eventfd_miss: 0
          [5] tid_eventfd_update: 44
          [6] netif_receive: 990
          [7] devname_match: 44
          [8] ipv4_packet: 44
          [9] flow_match: 4
          [10] tid_info_update: 4

        Discovered TID -> Queue -> Eventfd associations:
             TID  Queue    Count              Eventfd
        --------------------------------------------------
           73868      2        4   0xffff9c8e8b1c8000
           73869      0        1                  N/A
        {
          "associations": [
            {
              "count": 4,
              "eventfd": "0xffff9c8e8b1c8000",
              "queue": 2,
              "tid": 73868
            }
          ],
          "device": "vnet9",
          "eventfd_ctx": [
            "0xffff9c8e8b1c8000"
          ],
          "flow": "proto=icmp,src=10.0.0.1",
          "tids": [],
          "timestamp": "2026-01-13T14:20:01.123456"
        }

        """;

    /// <summary>A whole log of 50ab798 with --debug: three kicks of one packet, then a kick of two.</summary>
    public const string NoDiscovery = """
        Auto-detecting QEMU PID for device vnet9...
        QEMU PID: 73801
        Found 2 vhost threads: [73868, 73869]
        Device filter: vnet9
        Target vhost TIDs: [73868, 73869]
        Flow filter: proto=icmp,src=10.0.0.1,dst=10.0.0.2

        Warmup: 2s (learning eventfds)...
        Warmup complete.

        Tracing... Hit Ctrl+C to end.
        Duration: 30s
        [14:23:16.827] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us
        [14:23:17.841] tid=73868 queue=2 s0=0us s1=3us s2=3us total=0us
        [14:23:18.855] tid=73868 queue=2 s0=22us s1=3us s2=3us total=28us
        [14:23:18.856] tid=73868 queue=2 s0=22us s1=9us s2=2us total=33us

        ============================================================
        Summary Statistics
        ============================================================
        S0 (ioeventfd->kick):   cnt=       3  avg=      19.3us
        S1 (kick->sendmsg):     cnt=       4  avg=       5.0us
        S2 (sendmsg->receive):  cnt=       4  avg=       3.0us
        Total chain:            cnt=       3  avg=      28.0us

        Debug counters:
          [0] ioeventfd_write: 3
          [24] s0_pop_ok: 3

        """;

    /// <summary>Header, two intervals and the final block of the summary tool.</summary>
    public const string Summary = KvmTunText.SummaryHeader + FirstInterval + SecondInterval + Final;

    /// <summary>True latencies of S0: 5, 6, 7, 40 us; of S1: 0, 1, 1, 3; of S2: 2, 2, 2, 2.</summary>
    public const string FirstInterval = """
        ========================================================================
        [23:59:59] KVM -> vhost -> TUN latency
        Interval samples: S0=4 S1=4 S2=4
        Interval misses:  S0=0 S1=0 S2=0
        Interval FIFO: underflow=0 overflow=0
        Interval S0 path: ioeventfd=30 filtered=4
        Interval S1 path: handle_tx_kick=4 tun_sendmsg=4
        Interval S2 path: netif=90 tid_active=4 has_s2=4 flow=4

        S0: ioeventfd_write -> handle_tx_kick
                      us :    count   distribution
                 8 -> 15 :        3   |****************************************|
               64 -> 127 :        1   |*************                           |
          avg=32.5us  p50=12.7us  p90=101.8us  p99=124.5us  (n=4)

        S1: handle_tx_kick -> tun_sendmsg
                      us :    count   distribution
                  0 -> 1 :        1   |********************                    |
                  2 -> 3 :        2   |****************************************|
                  4 -> 7 :        1   |********************                    |
          avg=2.8us  p50=2.5us  p90=5.8us  p99=6.9us  (n=4)

        S2: tun_sendmsg -> netif_receive_skb
                      us :    count   distribution
                  4 -> 7 :        4   |****************************************|
          avg=5.5us  p50=5.5us  p90=6.7us  p99=7.0us  (n=4)


        """;

    /// <summary>One packet without S0: S1 6 us, S2 2 us.</summary>
    public const string SecondInterval = """
        ========================================================================
        [00:00:04] KVM -> vhost -> TUN latency
        Interval samples: S0=0 S1=1 S2=1
        Interval misses:  S0=1 S1=0 S2=0
        Interval FIFO: underflow=1 overflow=0
        Interval S0 path: ioeventfd=30 filtered=0
        Interval S1 path: handle_tx_kick=1 tun_sendmsg=1
        Interval S2 path: netif=90 tid_active=1 has_s2=1 flow=1

        S0: ioeventfd_write -> handle_tx_kick
                      us :    count   distribution
           (no samples)

        S1: handle_tx_kick -> tun_sendmsg
                      us :    count   distribution
                 8 -> 15 :        1   |****************************************|
          avg=11.5us  p50=11.5us  p90=14.3us  p99=14.9us  (n=1)

        S2: tun_sendmsg -> netif_receive_skb
                      us :    count   distribution
                  4 -> 7 :        1   |****************************************|
          avg=5.5us  p50=5.5us  p90=6.7us  p99=7.0us  (n=1)


        """;

    public const string Final = """
        ========================================================================
        [final] KVM -> vhost -> TUN latency totals
        Total samples: S0=4 S1=5 S2=5
        Total misses:  S0=1 S1=0 S2=0
        Total FIFO: underflow=1 overflow=0
        Total S0 path: ioeventfd=60 filtered=4
        Total S1 path: handle_tx_kick=5 tun_sendmsg=5
        Total S2 path: netif=180 tid_active=5 has_s2=5 flow=5

        S0: ioeventfd_write -> handle_tx_kick
                      us :    count   distribution
                 8 -> 15 :        3   |****************************************|
               64 -> 127 :        1   |*************                           |
          avg=32.5us  p50=12.7us  p90=101.8us  p99=124.5us  (n=4)

        S1: handle_tx_kick -> tun_sendmsg
                      us :    count   distribution
                  0 -> 1 :        1   |********************                    |
                  2 -> 3 :        2   |****************************************|
                  4 -> 7 :        1   |********************                    |
                 8 -> 15 :        1   |********************                    |
          avg=4.5us  p50=2.8us  p90=11.5us  p99=14.6us  (n=5)

        S2: tun_sendmsg -> netif_receive_skb
                      us :    count   distribution
                  4 -> 7 :        5   |****************************************|
          avg=5.5us  p50=5.5us  p90=6.7us  p99=7.0us  (n=5)


        """;
}
