namespace VirtLatency.LogWriter;

/// <summary>Logs of random packets by name, with everything else at its default.</summary>
public static class GeneratedLog
{
    private const int PacketsPerSummaryInterval = 5;
    private const ulong FirstEventFd = 0xffff9c8e8b1c8000;

    private static readonly Dictionary<string, Action<FigureGenerator, long, TextWriter>> Writers = new(StringComparer.Ordinal)
    {
        ["kernel_icmp_rtt-tx"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: false),
        ["kernel_icmp_rtt-tx-stacks"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: true),
        ["kernel_icmp_rtt-rx"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: false),
        ["kernel_icmp_rtt-rx-stacks"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: true),
        ["kernel_icmp_rtt-tx-d9a1fd5"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: true, KernelIcmpRttBuild.SixStages),
        ["kernel_icmp_rtt-rx-d9a1fd5"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: false, KernelIcmpRttBuild.SixStages),
        ["kernel_icmp_rtt-tx-d03d31d"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: false, KernelIcmpRttBuild.FilterHeader),
        ["kernel_icmp_rtt-rx-d03d31d"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: true, KernelIcmpRttBuild.FilterHeader),
        ["kernel_icmp_rtt-tx-4d47ad7"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: false, KernelIcmpRttBuild.Driver),
        ["kernel_icmp_rtt-rx-4d47ad7"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: false, KernelIcmpRttBuild.Driver),
        ["kernel_icmp_rtt-tx-c2ccdc2"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: false, KernelIcmpRttBuild.FewStages),
        ["kernel_icmp_rtt-rx-c2ccdc2"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: false, KernelIcmpRttBuild.FewStages),
        ["kernel_icmp_rtt-tx-libbpf"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Tx, hasStacks: false, KernelIcmpRttBuild.Libbpf),
        ["kernel_icmp_rtt-rx-libbpf"] = (figures, count, output) => Rtt(figures, count, output, IcmpRttDirection.Rx, hasStacks: false, KernelIcmpRttBuild.Libbpf),
        ["icmp_drop_detector-sender"] = (figures, count, output) => Flows(figures, count, output, PathEnd.Sender),
        ["icmp_drop_detector-receiver"] = (figures, count, output) => Flows(figures, count, output, PathEnd.Receiver),
        ["tun_tx_to_kvm_irq-sender"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Sender, TunLogVersion.Filtering),
        ["tun_tx_to_kvm_irq-receiver"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Receiver, TunLogVersion.Filtering),
        ["tun_tx_to_kvm_irq-d9a1fd5-sender"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Sender, TunLogVersion.Uniform),
        ["tun_tx_to_kvm_irq-d9a1fd5-receiver"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Receiver, TunLogVersion.Uniform),
        ["tun_tx_to_kvm_irq-0411184-sender"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Sender, TunLogVersion.FiveStages),
        ["tun_tx_to_kvm_irq-0411184-receiver"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Receiver, TunLogVersion.FiveStages),
        ["tun_tx_to_kvm_irq-ec5dc24-sender"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Sender, TunLogVersion.Totals),
        ["tun_tx_to_kvm_irq-ec5dc24-receiver"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Receiver, TunLogVersion.Totals),
        ["tun_tx_to_kvm_irq-libbpf-sender"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Sender, TunLogVersion.Libbpf),
        ["tun_tx_to_kvm_irq-libbpf-receiver"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Receiver, TunLogVersion.Libbpf),
        ["tun_tx_to_kvm_irq-abbreviated-sender"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Sender, TunLogVersion.Abbreviated),
        ["tun_tx_to_kvm_irq-abbreviated-receiver"] = (figures, count, output) => Chains(figures, count, output, PathEnd.Receiver, TunLogVersion.Abbreviated),
        ["tun_tx_to_kvm_irq-json-sender"] = (figures, count, output) => Events(figures, count, output, PathEnd.Sender, TunLogVersion.Filtering),
        ["tun_tx_to_kvm_irq-json-receiver"] = (figures, count, output) => Events(figures, count, output, PathEnd.Receiver, TunLogVersion.Filtering),
        ["tun_tx_to_kvm_irq-d9a1fd5-json-sender"] = (figures, count, output) => Events(figures, count, output, PathEnd.Sender, TunLogVersion.Uniform),
        ["tun_tx_to_kvm_irq-d9a1fd5-json-receiver"] = (figures, count, output) => Events(figures, count, output, PathEnd.Receiver, TunLogVersion.Uniform),
        ["tun_tx_to_kvm_irq-0411184-json-sender"] = (figures, count, output) => Events(figures, count, output, PathEnd.Sender, TunLogVersion.FiveStages),
        ["tun_tx_to_kvm_irq-0411184-json-receiver"] = (figures, count, output) => Events(figures, count, output, PathEnd.Receiver, TunLogVersion.FiveStages),
        ["kvm_vhost_tun_latency_details-sender"] = (figures, count, output) => Kicks(figures, count, output, PathEnd.Sender),
        ["kvm_vhost_tun_latency_details-receiver"] = (figures, count, output) => Kicks(figures, count, output, PathEnd.Receiver),
        ["kvm_vhost_tun_latency_details-sender-no-detail"] = (figures, count, output) => Kicks(figures, count, output, PathEnd.Sender, hasDetail: false),
        ["kvm_vhost_tun_latency_no_discovery-sender"] = (figures, count, output) => KicksWithoutDiscovery(figures, count, output, PathEnd.Sender),
        ["kvm_vhost_tun_latency_no_discovery-receiver"] = (figures, count, output) => KicksWithoutDiscovery(figures, count, output, PathEnd.Receiver),
        ["kvm_vhost_tun_latency_summary-sender"] = (figures, count, output) => KickSummary(figures, count, output, PathEnd.Sender),
        ["kvm_vhost_tun_latency_summary-receiver"] = (figures, count, output) => KickSummary(figures, count, output, PathEnd.Receiver),
        ["vhost_wakeup_latency-sender"] = (figures, count, output) => Wakeups(figures, count, output, PathEnd.Sender),
        ["vhost_wakeup_latency-receiver"] = (figures, count, output) => Wakeups(figures, count, output, PathEnd.Receiver),
        ["ping"] = (figures, count, output) => Ping(figures, count, output, isTimestamped: false, isOutstanding: false),
        ["ping-D"] = (figures, count, output) => Ping(figures, count, output, isTimestamped: true, isOutstanding: false),
        ["ping-D-O"] = (figures, count, output) => Ping(figures, count, output, isTimestamped: true, isOutstanding: true),
    };

    /// <summary>The names: a tool, with its direction, end of the path or option where it has one.</summary>
    public static IReadOnlyCollection<string> Names => Writers.Keys;

    /// <summary>Writes a log.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="figures">Makes the figures; its addresses are those of the log.</param>
    /// <param name="count">Number of packets (of wake-ups for vhost_wakeup_latency).</param>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    public static void Write(string name, FigureGenerator figures, long count, TextWriter output) => Writers[name](figures, count, output);

    private static void Rtt(FigureGenerator figures, long count, TextWriter output, IcmpRttDirection direction, bool hasStacks, KernelIcmpRttBuild build = KernelIcmpRttBuild.SessionHeader)
    {
        var options = new KernelIcmpRttOptions
        {
            Build = build,
            Direction = direction,
            Source = figures.Source,
            Destination = figures.Destination,
            HasStacks = hasStacks,
        };
        new KernelIcmpRttWriter(output, options).WriteLog(figures.IcmpRtt(direction, count));
    }

    private static void Flows(FigureGenerator figures, long count, TextWriter output, PathEnd end)
    {
        var tap = new HostInterface(FigureGenerator.Queues(end)[0].Device, 9);
        IcmpDropDetectorOptions options = IcmpDropDetectorOptions.For(end, tap, new("ens4f0", 4), new("ens4f1", 5))
            with
        { Source = figures.Source, Destination = figures.Destination };
        new IcmpDropDetectorWriter(output, options).WriteLog(figures.IcmpFlows(end, count));
    }

    private static void Chains(FigureGenerator figures, long count, TextWriter output, PathEnd end, TunLogVersion version) =>
        new TunTxToKvmIrqWriter(output, TunOptions(figures, end, version)).WriteLog(figures.TunChains(end, count));

    private static void Events(FigureGenerator figures, long count, TextWriter output, PathEnd end, TunLogVersion version) =>
        new TunTxToKvmIrqJsonWriter(output, TunOptions(figures, end, version)).WriteLog(figures.TunChains(end, count));

    private static TunTxToKvmIrqOptions TunOptions(FigureGenerator figures, PathEnd end, TunLogVersion version)
    {
        bool isRequest = end == PathEnd.Receiver;
        return new TunTxToKvmIrqOptions
        {
            Version = version,
            Device = FigureGenerator.Queues(end)[0].Device,
            Source = isRequest ? figures.Source : figures.Destination,
            Destination = isRequest ? figures.Destination : figures.Source,
        };
    }

    private static void Kicks(FigureGenerator figures, long count, TextWriter output, PathEnd end, bool hasDetail = true) =>
        new KvmVhostTunWriter(output, Profile(end) with { HasDetail = hasDetail }).WriteLog(figures.KvmTun(end, count));

    private static void KicksWithoutDiscovery(FigureGenerator figures, long count, TextWriter output, PathEnd end)
    {
        IReadOnlyList<TunQueue> queues = FigureGenerator.Queues(end);
        var options = new KvmVhostTunNoDiscoveryOptions { Device = queues[0].Device, WorkerTids = [.. queues.Select(queue => queue.Worker.Pid)] };
        new KvmVhostTunNoDiscoveryWriter(output, options).WriteLog(figures.KvmTun(end, count));
    }

    private static void KickSummary(FigureGenerator figures, long count, TextWriter output, PathEnd end) =>
        new KvmVhostTunSummaryWriter(output, Profile(end)).WriteLog(figures.KvmIntervals(end, count, PacketsPerSummaryInterval));

    private static void Wakeups(FigureGenerator figures, long count, TextWriter output, PathEnd end) =>
        new VhostWakeupWriter(output, new VhostWakeupOptions()).WriteLog(figures.Wakeups(end, count));

    private static void Ping(FigureGenerator figures, long count, TextWriter output, bool isTimestamped, bool isOutstanding)
    {
        var options = new PingOptions { Destination = figures.Destination, IsTimestamped = isTimestamped, IsOutstanding = isOutstanding };
        new PingWriter(output, options).WriteLog(figures.Pings(count));
    }

    private static KvmVhostTunOptions Profile(PathEnd end)
    {
        IReadOnlyList<TunQueue> queues = FigureGenerator.Queues(end);
        return new KvmVhostTunOptions
        {
            Device = queues[0].Device,
            Associations = queues.Select(queue => new KvmTunAssociation(
                queue.Worker.Pid, queue.Number, FormattableString.Invariant($"0x{FirstEventFd + ((ulong)queue.Number * 0x100):x}"), 10)).ToArray(),
        };
    }
}
