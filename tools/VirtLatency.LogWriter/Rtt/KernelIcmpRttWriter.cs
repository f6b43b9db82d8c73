using System.Net;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of kernel_icmp_rtt as its builds print them.</summary>
public sealed class KernelIcmpRttWriter : ToolLogWriter<IcmpRttFigure>
{
    private const ulong RequestBuffers = 0xffff9c8e8b1c8000;
    private const ulong ReplyBuffers = 0xffff9c8e8b248000;
    private const int BufferSize = 0x100;

    // As many as lie between the two areas.
    private const int BufferCount = 2048;

    private static readonly string[] Probes = ["ip_local_out", "__ip_local_out", "dev_queue_xmit", "ip_rcv", "icmp_rcv"];

    private readonly KernelIcmpRttOptions _options;
    private readonly string[] _names;
    private readonly string _interface;
    private readonly IcmpRttTask _idle;
    private long _count;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public KernelIcmpRttWriter(TextWriter output, KernelIcmpRttOptions options)
        : base(output, options)
    {
        _options = options;
        _names = IcmpRttStages.Names(options.Build, options.Direction);
        _interface = options.Interfaces.Count > 0 ? options.Interfaces[0].Name : "ens4";
        _idle = new IcmpRttTask(0, IsTx ? "swapper/1" : "swapper/2");
    }

    private bool HasFilterHeader => _options.Build is KernelIcmpRttBuild.SixStages or KernelIcmpRttBuild.FilterHeader or KernelIcmpRttBuild.Libbpf;

    private bool IsLibbpf => _options.Build == KernelIcmpRttBuild.Libbpf;

    private bool IsTx => _options.Direction == IcmpRttDirection.Tx;

    private protected override void ComposeHeader(StringBuilder text)
    {
        (string local, string remote) = IsTx ? (_options.Source, _options.Destination) : (_options.Destination, _options.Source);
        text.Append("=== Kernel ICMP RTT Tracer ===\n");
        text.Append(Invariant, $"Trace Direction: {(IsTx ? "TX" : "RX")}\n");
        ComposeAddresses(text, local, remote);
        text.Append(HasFilterHeader && _options.Interfaces.Count > 0
            ? string.Create(Invariant, $"Monitoring interface: {_options.Interfaces[0].Name} (ifindex {_options.Interfaces[0].Index})\n")
            : _options.Interfaces.Count > 0
            ? "Monitoring interface(s): " + HostInterface.Describe(_options.Interfaces) + "\n"
            : "Monitoring all interfaces\n");
        if (_options.ReportFromMs is { } threshold)
        {
            text.Append(Invariant, $"Reporting only RTT >= {PrintedNumber.Round(threshold, 3):F3} ms\n");
        }

        if (!IsLibbpf)
        {
            ComposeProbes(text);
        }

        (string first, string second) = HasFilterHeader ? (local, remote) : (_options.Source, _options.Destination);
        text.Append(Invariant, $"\nTracing ICMP RTT (src={first}, dst={second}, dir={(IsTx ? "tx" : "rx")}) ... Hit Ctrl-C to end.\n");
    }

    private void ComposeAddresses(StringBuilder text, string local, string remote)
    {
        if (!HasFilterHeader)
        {
            text.Append(Invariant, $"Ping Session: {_options.Source} -> {_options.Destination}\n");
        }

        string number = IsLibbpf ? string.Empty : " (0x{0:x})";
        text.Append(HasFilterHeader ? "SRC_IP_FILTER (Local IP): " : "Local IP: ").Append(local).AppendFormat(Invariant, number, ToNumber(local)).Append('\n');
        text.Append(HasFilterHeader ? "DST_IP_FILTER (Remote IP): " : "Remote IP: ").Append(remote).AppendFormat(Invariant, number, ToNumber(remote)).Append('\n');
    }

    private static void ComposeProbes(StringBuilder text)
    {
        text.Append("\nBPF program loaded successfully\n\nVerifying probe attachments:\n");
        foreach (string probe in Probes)
        {
            text.Append(Invariant, $"  [OK] {probe} found in kallsyms\n");
        }

        text.Append("  [OK] netif_receive_skb tracepoint exists\n");
    }

    private protected override void ComposeRecord(StringBuilder text, IcmpRttFigure figure)
    {
        bool[] seen = IcmpRttStages.Seen(_options.Direction, figure);
        text.Append(Rule.Double80);
        string time = figure.Time.ToString(IsLibbpf ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff", Invariant);
        (string first, string second) = HasFilterHeader && !IsTx ? (_options.Destination, _options.Source) : (_options.Source, _options.Destination);
        text.Append(Invariant, $"=== ICMP RTT Trace: {time} ({(IsTx ? "TX (Local -> Remote)" : "RX (Remote -> Local)")}) ===\n");
        text.Append(Invariant, $"Session: {first} -> {second} (ID: {figure.IcmpId}, Seq: {figure.Sequence})\n");
        ComposeTasks(text, figure);
        if (!IsLibbpf)
        {
            ComposeBuffers(text, seen);
        }

        ComposeLatencies(text, figure);
        if (_options.HasStacks)
        {
            ComposeStacks(text, seen);
        }

        text.Append(Rule.Double80).Append('\n');
    }

    private protected override void ComposeFooter(StringBuilder text) => text.Append(IsLibbpf ? "\nExiting.\n" : "\nDetaching...\nExiting.\n");

    private static uint ToNumber(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        return ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
    }

    private static void ComposeTotal(StringBuilder text, string label, decimal? latencyUs)
    {
        if (latencyUs is { } value)
        {
            text.Append(Invariant, $"{label} {PrintedNumber.Round(value, 3),7:F3} us\n");
        }
    }

    private void ComposeTasks(StringBuilder text, IcmpRttFigure figure)
    {
        IcmpRttTask path1 = figure.Path1Task ?? _options.Path1Task ?? (IsTx ? new IcmpRttTask(figure.IcmpId, "ping") : _idle);
        IcmpRttTask path2 = figure.Path2Task ?? _options.Path2Task ?? _idle;
        string remote = IsLibbpf ? "remote" : IsTx ? _options.Destination : _options.Source;
        ComposeTask(text, $"Path 1 (Request: {(IsTx ? "TX to" : "RX from")} {remote})", path1, 8);
        ComposeTask(text, $"Path 2 (Reply: {(IsLibbpf ? string.Empty : "  ")}{(IsTx ? "RX from" : "TX to")} {remote})", path2, 0);
    }

    private void ComposeTask(StringBuilder text, string path, IcmpRttTask task, int icmpType) =>
        text.Append(Invariant, $"{path,-45}: PID={task.Pid,-6} COMM={task.Command,-12} IF={_interface,-10} ICMP_Type={icmpType}\n");

    private void ComposeBuffers(StringBuilder text, bool[] seen)
    {
        text.Append("\nSKB Pointers:\n");
        _count++;
        ulong offset = (ulong)(_count % BufferCount * BufferSize);
        int path2Start = IsTx ? 3 : 4;
        for (int stage = 0; stage < seen.Length; stage++)
        {
            if (seen[stage] && _names[stage].Length > 0)
            {
                ulong buffer = (stage < path2Start ? RequestBuffers : ReplyBuffers) + offset;
                text.Append(Invariant, $"  Stage {stage} ({_names[stage],-40}): 0x{buffer:x}\n");
            }
        }
    }

    private void ComposeLatencies(StringBuilder text, IcmpRttFigure figure)
    {
        text.Append("\nPath 1 Latencies (us):\n");
        ComposePath1(text, figure);
        ComposeTotal(text, "  Total Path 1:", figure.Path1Us);
        text.Append("\nPath 2 Latencies (us):\n");
        ComposePath2(text, figure);
        ComposeTotal(text, "  Total Path 2:", figure.Path2Us);
        if (figure.TotalUs is not null)
        {
            // The tool prints the inter-path line only inside the block of the total.
            ComposeTotal(text, "\nTotal RTT (Path1 Start to Path2 End):", figure.TotalUs);
            ComposeTotal(text, "Inter-Path Latency (P1 end -> P2 start):", figure.InterPathUs);
        }
    }

    private void ComposePath1(StringBuilder text, IcmpRttFigure figure)
    {
        if (IsTx && _options.Build == KernelIcmpRttBuild.SixStages)
        {
            ComposeSegment(text, 0, 1, AfterSend(figure.Path1Us));
            ComposeSegment(text, 1, 2, figure.Path1Us - AfterSend(figure.Path1Us));
            return;
        }

        if (!IsTx && _options.Build == KernelIcmpRttBuild.FewStages)
        {
            ComposeSegment(text, 0, 2, figure.Path1Us);
            return;
        }

        ComposeSegment(text, 0, 1, figure.Stage0To1Us);
        if (!IsTx)
        {
            ComposeSegment(text, 1, 2, figure.Stage1To2Us);
        }
    }

    private void ComposePath2(StringBuilder text, IcmpRttFigure figure)
    {
        if (!IsTx && _options.Build == KernelIcmpRttBuild.SixStages)
        {
            ComposeSegment(text, 3, 4, AfterSend(figure.Path2Us));
            ComposeSegment(text, 4, 5, figure.Path2Us - AfterSend(figure.Path2Us));
            return;
        }

        if (IsTx && _options.Build == KernelIcmpRttBuild.FewStages)
        {
            ComposeSegment(text, 3, 5, figure.Path2Us);
            return;
        }

        if (IsTx)
        {
            ComposeSegment(text, 3, 4, figure.Stage3To4Us);
        }

        ComposeSegment(text, 4, 5, figure.Stage4To5Us);
    }

    /// <summary>Figures know no ip_send_skb: an eighth of the path lies before ip_local_out.</summary>
    private static decimal? AfterSend(decimal? pathUs) => pathUs is { } value ? PrintedNumber.Round(value / 8, 3) : null;

    private void ComposeSegment(StringBuilder text, int stage, int next, decimal? latencyUs)
    {
        text.Append(Invariant, $"  [{stage}->{next}] {_names[stage],-40} -> {_names[next],-40}: ");
        if (latencyUs is { } value)
        {
            text.Append(Invariant, $"{PrintedNumber.Round(value, 3),7:F3} us\n");
        }
        else
        {
            text.Append("   N/A  us\n");
        }
    }

    private void ComposeStacks(StringBuilder text, bool[] seen)
    {
        string[][] stacks = IcmpRttStages.Stacks(_options.Direction);
        text.Append("\nKernel Stack Traces:\n");
        for (int stage = 0; stage < seen.Length; stage++)
        {
            if (!seen[stage])
            {
                continue;
            }

            text.Append(Invariant, $"  Stage {stage} ({_names[stage]}):\n");
            foreach (string symbol in stacks[stage])
            {
                text.Append(Invariant, $"    b'{symbol}+0x1'\n");
            }
        }
    }
}
