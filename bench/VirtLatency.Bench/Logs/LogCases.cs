using VirtLatency.LogWriter;
using VirtLatency.Model;

namespace VirtLatency.Bench.Logs;

/// <summary>Every tool's log as the project's log writer prints it.</summary>
internal static class LogCases
{
    private const int Seed = 20260109;

    private static readonly string[] RttGawk = ["/^Total RTT/ { s += $8 } END { print s }"];

    public static IReadOnlyList<LogCase> All { get; } =
    [
        Rtt("kernel_icmp_rtt", "kernel_icmp_rtt-tx") with { PythonRatio = 50, WcRatio = 0.2 },
        Rtt("kernel_icmp_rtt with stacks", "kernel_icmp_rtt-tx-stacks") with { PythonRatio = 50, WcRatio = 0.2 },
        Rtt("kernel_icmp_rtt rx", "kernel_icmp_rtt-rx") with { Role = LogRole.ReceiverVm },
        Rtt("kernel_icmp_rtt, two pings mixed", string.Empty) with { Write = TwoPings },
        Rtt("kernel_icmp_rtt, 1 % of lines damaged", "kernel_icmp_rtt-tx-stacks") with { DamagedLineIn = 100, GawkRatio = null },
        Of("tun_tx_to_kvm_irq", "tun_tx_to_kvm_irq-receiver", LogRole.ReceiverTunIrq, "Stage 2", ["-F", "Delay=", "/Stage 2/ { s += $2 } END { print s }"]),
        Of("kvm_vhost_tun_latency", "kvm_vhost_tun_latency_details-sender", LogRole.SenderKvmTun, "tid=", ["-F", "total=", "/tid=/ { s += $2 } END { print s }"]),
        Of("icmp_drop_detector", "icmp_drop_detector-sender", LogRole.SenderHost, "Latency(us)", ["-F", "Total=", "/Latency/ { s += $2 } END { print s }"]),
        Of("ping", "ping", LogRole.SenderPing, "time=", ["-F", "time=", "/time=/ { s += $2 } END { print s }"]),
    ];

    private static LogCase Rtt(string name, string log) =>
        new(name, LogRole.SenderVm, "kernel_icmp_rtt", Writer(log), "Total RTT", RttGawk, GawkRatio: 4);

    private static LogCase Of(string tool, string log, LogRole role, string pattern, string[] gawk) =>
        new(tool, role, tool, Writer(log), pattern, gawk, GawkRatio: 2);

    private static Action<TextWriter, int> Writer(string log) => (output, packets) => GeneratedLog.Write(log, new FigureGenerator(Seed), packets, output);

    private static void TwoPings(TextWriter output, int packets)
    {
        IEnumerable<IcmpRttFigure> figures = new FigureGenerator(Seed).IcmpRtt(IcmpRttDirection.Tx, packets)
            .SelectMany(figure => new[] { figure, figure with { IcmpId = (ushort)(figure.IcmpId + 1000) } });
        new KernelIcmpRttWriter(output, new KernelIcmpRttOptions { Direction = IcmpRttDirection.Tx }).WriteLog(figures);
    }
}
