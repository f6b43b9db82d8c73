namespace VirtLatency.Tests.Parsing;

/// <summary>What kvm_vhost_tun_latency_details prints in its measure mode. The header is 8 lines.</summary>
internal static class KvmTunText
{
    public const string Header = """
        Device filter: vnet9
        Target eventfds: ['0xffff9c8e8b1c8000', '0xffff9c8e8b1c8040']

        TID -> Queue -> Eventfd associations from discovery:
          TID 73868 -> Queue 2 -> 0xffff9c8e8b1c8000 (count=4)
          TID 73869 -> Queue None -> 0xffff9c8e8b1c8040 (count=1)

        Measure mode: running until Ctrl+C

        """;

    /// <summary>The summary tool's header: 7 lines.</summary>
    public const string SummaryHeader = """
        Device filter: vnet9
        Target eventfds: ['0xffff9c8e8b1c8000']

        TID -> Queue -> Eventfd associations from discovery:
          TID 73868 -> Queue 2 -> 0xffff9c8e8b1c8000 (count=4)

        Measure mode: interval=5s duration=10s

        """;

    /// <summary>S0 59/4=14.750, S1 14/4=3.500, S2 13/4=3.250, total 86/4=21.500.</summary>
    public const string Samples = """
        [14:23:16.827] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us
        [14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us
        [14:23:26.855] tid=73868 queue=2 s0=22us s1=3us s2=3us total=28us
        [14:23:31.871] tid=73868 queue=2 s0=12us s1=3us s2=3us total=18us

        """;

    /// <summary>The S0, S1, S2 and chain averages are the fourth to first line from the end; 14 lines.</summary>
    public const string Footer = """
        ========================================================================
        [final] KVM -> vhost -> TUN latency totals
        Total samples: S0=5 S1=6 S2=7 chain(all)= 4
        Total misses:  S0=0 S1=0 S2=0
        Total FIFO: underflow=0 overflow=0
        Total S0 path: ioeventfd=930 filtered=30
        Total S1 path: handle_tx_kick=30 tun_sendmsg=30
        Total S2 path: netif=270 tid_active=30 has_s2=30 flow=30

        Exact averages (us):
          S0 avg: 14.750
          S1 avg: 3.500
          S2 avg: 3.250
          S0+S1+S2 avg (per-packet): 21.500


        """;

    public const string OneLineAverages = "Exact averages (us): S0=14.750, S1=3.500, S2=3.250, Total=21.500\n";
}
