using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Which tool printed a text.</summary>
public sealed class LogDetectorTests
{
    private const string TcpLog = """
        === TCP Drop Detector ===
        Source IP: 10.0.0.1
        Destination IP: 10.0.0.2
        Source Port Filter: 44000
        RX Interface(s): vnet5(ifindex=14)
        2026-01-09 10:21:03.119 [complete] 10.0.0.1:44000->10.0.0.2:22 Seq=123456 Len=100 Flags=PA ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y
          Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2

        """;

    private const string UdpLog = """
        === UDP Drop Detector ===
        Source IP: 10.0.0.1
        2026-01-09 10:21:03.119 [complete] IP_ID=77 Port=5000->53 Frags(rx=1,tx=1) RX:Y TX:Y
          Latency(us): Internal=13.1

        """;

    private const string HostRtt = """
        === ICMP Round-Trip Latency Tracer ===
        Session: 10.0.0.1 (10.0.0.1) -> 10.0.0.2 (10.0.0.2) (ID: 77, Seq: 1)
        SKB Pointers (Path1: 0-6, Path2: 7-13):
          Total Path 1:  20.839 us
        Total RTT (Path1 Start to Path2 End): 218.658 us
        Inter-Path Latency (P1 end -> P2 start): 183.666 us

        """;

    private const string KvmSummary = """
        Device filter: vnet9
        Target eventfds: ['0xffff9c8e8b1c8000']

        TID -> Queue -> Eventfd associations from discovery:
          TID 73868 -> Queue 2 -> 0xffff9c8e8b1c8000 (count=4)

        Measure mode: interval=5s duration=30s
        ========================================================================
        [23:59:59] KVM -> vhost -> TUN latency
        S0: ioeventfd_write -> handle_tx_kick
          avg=32.5us  p50=12.7us  p90=101.8us  p99=124.5us  (n=4)

        """;

    private const string PingText = """
        PING 10.0.130.143 (10.0.130.143) 56(84) bytes of data.
        64 bytes from 10.0.130.143: icmp_seq=1 ttl=64 time=0.412 ms

        --- 10.0.130.143 ping statistics ---
        1 packets transmitted, 1 received, 0% packet loss, time 0ms

        """;

    private const string WakeupLog = """
        [5.0s] Statistics:
          Wakeups: 12, Completed switches: 12
          Avg latency: 12.3 us, Max latency: 250 us

        """;

    private const string ConfigCheck = """
        === 5. CPU C-state Configuration ===
        C-state status (first CPU as example):
          state3: name=C6, latency=290us, disabled=0

        """;

    [Theory]
    [InlineData(IcmpRttText.TxHeader, LogTool.KernelIcmpRtt)]
    [InlineData(IcmpRttText.RxHeader, LogTool.KernelIcmpRtt)]
    [InlineData(IcmpRttText.RxSeventh, LogTool.KernelIcmpRtt)]
    [InlineData(IcmpPathText.SenderHeader, LogTool.IcmpDropDetector)]
    [InlineData(IcmpPathText.Second, LogTool.IcmpDropDetector)]
    [InlineData(TunIrqText.Header, LogTool.TunTxToKvmIrq)]
    [InlineData(TunIrqText.Q1Chain, LogTool.TunTxToKvmIrq)]
    [InlineData(TunIrqText.ShortChain, LogTool.TunTxToKvmIrq)]
    [InlineData(KvmTunText.Header, LogTool.KvmVhostTunLatency)]
    [InlineData(KvmTunText.Samples, LogTool.KvmVhostTunLatency)]
    [InlineData(KvmTunText.Footer, LogTool.KvmVhostTunLatency)]
    [InlineData(TcpLog, LogTool.TcpDropDetector)]
    [InlineData(UdpLog, LogTool.UdpDropDetector)]
    [InlineData(HostRtt, LogTool.SystemNetworkIcmpRtt)]
    [InlineData(KvmSummary, LogTool.KvmVhostTunSummary)]
    [InlineData(PingText, LogTool.Ping)]
    [InlineData(PingLogs.Stamped, LogTool.Ping)]
    [InlineData(PingLogs.Busybox, LogTool.Ping)]
    [InlineData(PingLogs.Quiet, LogTool.Ping)]
    [InlineData(IcmpPathText.Second + PingLogs.Busybox, LogTool.IcmpDropDetector)]
    [InlineData(PingLogs.Stamped + KvmTunText.Samples, LogTool.KvmVhostTunLatency)]
    [InlineData("--- 10.0.0.2 ping statistics ---\nPING \n", LogTool.Unknown)]
    [InlineData("rsync: 1408 bytes from 10.0.0.2: seq=1\nPING (dear reader) me\n", LogTool.Unknown)]
    [InlineData("100 bytes from the server\n", LogTool.Unknown)]
    [InlineData(WakeupLog, LogTool.VhostWakeupLatency)]
    [InlineData(ConfigCheck, LogTool.VhostConfigCheck)]
    [InlineData("A line of the short form begins with `TUN TX [`, one of the C port with `TUN_IRQ [`.\n", LogTool.Unknown)]
    [InlineData("see `TUN_IRQ [`\nTUN_IRQ [vnet6:q2] Stage 2 [vhost_signal] Time=08:00:00.007 Sock=0x1 CPU=9 PID=777 COMM=vhost-700\n", LogTool.TunTxToKvmIrq)]
    [InlineData("--- a/src/main.c\n+++ b/src/main.c\n", LogTool.Unknown)]
    [InlineData("nothing that a tool prints\n", LogTool.Unknown)]
    [InlineData("", LogTool.Unknown)]
    public void Detect_NamesTheTool(string text, LogTool tool)
    {
        Assert.Equal(tool, LogDetector.Detect(Encoding.UTF8.GetBytes(text)).Tool);
        Assert.Equal(tool, LogDetector.Detect(Encoding.UTF8.GetBytes("\uFEFF" + text.WithCarriageReturns())).Tool);
    }

    [Theory]
    [InlineData(IcmpRttText.TxHeader, LogTool.KernelIcmpRtt)]
    [InlineData(TunIrqText.Q1Chain, LogTool.TunTxToKvmIrq)]
    public void Detect_BehindMergedWarnings(string text, LogTool tool)
    {
        string warnings = string.Concat(Enumerable.Repeat("/virtual/main.c:14:9: warning: '__HAVE_BUILTIN_BSWAP32__' macro redefined [-Wmacro-redefined]\n", 300));

        Assert.Equal(tool, LogDetector.Detect(Encoding.UTF8.GetBytes(warnings + text)).Tool);
    }

    [Theory]
    [InlineData(PingLogs.Banner, LogConfidence.High)]
    [InlineData("PING ::1(::1) 56 data bytes\n", LogConfidence.High)]
    [InlineData("PING 10.0.0.2 (10.0.0.2): 56 data bytes\r\n", LogConfidence.High)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.412 ms\n", LogConfidence.Medium)]
    [InlineData("[1767925263.119004] 64 bytes from vm2 (10.0.0.2): icmp_seq=1 ttl=64 time=0.412 ms\n", LogConfidence.Medium)]
    [InlineData("64 bytes from 10.0.0.2: seq=0 ttl=64 time=0.412 ms\n", LogConfidence.Medium)]
    [InlineData("64 bytes from 10.0.0.2: icmp_req=1 ttl=64 time=0.412 ms\n", LogConfidence.Medium)]
    [InlineData("PING 10.0.0.2 (10.0.0.2) 56(84) by", LogConfidence.None)]
    public void Ping_HighByItsBannerMediumByItsAnswers(string text, LogConfidence confidence) =>
        Assert.Equal(confidence, LogDetector.Detect(Encoding.UTF8.GetBytes(text)).Confidence);

    [Fact]
    public void IsBinary_ZeroBytes()
    {
        Assert.True(LogDetector.IsBinary([0x50, 0x4b, 0x00, 0x01]));
        Assert.False(LogDetector.IsBinary(Encoding.UTF8.GetBytes("5457.0μs\r\n")));
        Assert.False(LogDetector.IsBinary([]));
    }

    [Theory]
    [InlineData(LogTool.SystemNetworkIcmpRtt, "system_network_icmp_rtt")]
    [InlineData(LogTool.TcpDropDetector, "tcp_drop_detector")]
    [InlineData(LogTool.UdpDropDetector, "udp_drop_detector")]
    [InlineData(LogTool.KernelIcmpRtt, "kernel_icmp_rtt")]
    [InlineData(LogTool.IcmpDropDetector, "icmp_drop_detector")]
    [InlineData(LogTool.TunTxToKvmIrq, "tun_tx_to_kvm_irq")]
    [InlineData(LogTool.KvmVhostTunLatency, "kvm_vhost_tun_latency_details")]
    public void Names_AreTheToolsOwn(LogTool tool, string name) => Assert.Equal(name, LogToolName.Of(tool));

    /// <summary>A header can be lost (tail, a killed run): relatives are never taken for each other by what they share.</summary>
    [Theory]
    [InlineData("=== ICMP RTT Trace: 2026-01-09 10:21:03.119 (TX (Local -> Remote)) ===\nSession: 10.0.0.1 -> 10.0.0.2 (ID: 77, Seq: 1)\n", LogTool.KernelIcmpRtt)]
    [InlineData("=== ICMP RTT Trace: 2026-01-09 10:21:03.119 (TX (Local -> Remote)) ===\nSession: 10.0.0.1 (10.0.0.1) -> 10.0.0.2 (10.0.0.2) (ID: 77, Seq: 1)\n", LogTool.SystemNetworkIcmpRtt)]
    [InlineData("  Total Path 1:  20.839 us\n\nSKB Pointers (Path1: 0-6, Path2: 7-13):\n", LogTool.SystemNetworkIcmpRtt)]
    [InlineData("=== ICMP RTT Trace: 2026-01-09 10:21:03.119 (TX (Local -> Remote)) ===\n", LogTool.Unknown)]
    [InlineData("2026-01-09 10:21:03.119 [new] ID=7 Seq=1 ReqRX:Y ReqTX:- RepRX:- RepTX:-\n", LogTool.IcmpDropDetector)]
    [InlineData("  Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2\n2026-01-09 10:21:03.119 [complete] 10.0.0.1:44000->10.0.0.2:22 Seq=1 Len=0 Flags=A ReqRX:Y\n", LogTool.TcpDropDetector)]
    [InlineData("2026-01-09 10:21:03.119 [complete] IP_ID=77 Port=5000->53 Frags(rx=1,tx=1) RX:Y TX:Y\n  Latency(us): Internal=13.1\n", LogTool.UdpDropDetector)]
    [InlineData("  Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2\n", LogTool.Unknown)]
    [InlineData("\n=== ICMP Drop Detected: 2026-02-04 08:00:02.500 ===\n", LogTool.IcmpDropDetector)]
    [InlineData("\n=== TCP Drop Detected: 2026-02-04 08:00:02.500 ===\n", LogTool.TcpDropDetector)]
    [InlineData("\n=== UDP Drop Detected: 2026-02-04 08:00:02.500 ===\n", LogTool.UdpDropDetector)]
    public void RecordsWithoutHeader_AreTheirTools(string text, LogTool tool)
    {
        LogIdentity identity = LogDetector.Detect(Encoding.UTF8.GetBytes(text));

        Assert.Equal(tool, identity.Tool);
        Assert.Equal(tool == LogTool.Unknown ? LogConfidence.None : LogConfidence.Medium, identity.Confidence);
    }
}
