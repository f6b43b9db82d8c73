using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of tun_tx_to_kvm_irq as its build 4d31567 prints them: five stages, stage 4's delay from stage 2.</summary>
public sealed class TunTxToKvmIrqWriter : ToolLogWriter<TunChainFigure>
{
    private readonly TunTxToKvmIrqOptions _options;
    private long _events;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public TunTxToKvmIrqWriter(TextWriter output, TunTxToKvmIrqOptions options)
        : base(output, options) => _options = options;

    /// <summary>Writes one stage by itself: stages of several queues mix, and stage 1 is often printed late.</summary>
    /// <param name="figure">The chain.</param>
    /// <param name="stage">The stage, 1 to the chain's last.</param>
    public void WriteStage(TunChainFigure figure, int stage) => Emit(text => ComposeStage(text, figure, stage));

    private protected override void ComposeHeader(StringBuilder text)
    {
        text.Append(Invariant, $"Detected kernel version: {_options.Kernel.Major}.{_options.Kernel.Minor}, distro: {_options.Distribution}\n");
        text.Append(_options.IsBypassLoaded ? "IRQ bypass module: loaded\n" : "IRQ bypass module: not loaded\n");
        text.Append(_options.Kernel.Major >= 5
            ? "Using 5.x (with vhost_vring_call, 72 bytes) vhost structure layout\n"
            : "Using 4.x (pointer only, 8 bytes) vhost structure layout\n");
        ComposeFilters(text);
        text.Append("Successfully attached to tun_net_xmit\n");
        text.Append("Successfully attached to vhost_add_used_and_signal_n\n");
        text.Append("Successfully attached to eventfd_signal\n");
        text.Append("Successfully attached to irqfd_wakeup (KVM interrupt injection)\n");
        text.Append("Successfully attached to vmx_deliver_posted_interrupt (IRQ bypass hardware path)\n");
        text.Append(Invariant, $"Device filter: {_options.Device ?? "All TUN devices"}\n");
        text.Append(Invariant, $"Queue filter: {_options.Queue?.ToString(Invariant) ?? "All queues"}\n\n");
        text.Append(Rule.Double80).Append("TUN TX QUEUE INTERRUPT TRACING STARTED\n").Append(Rule.Double80);
        text.Append("Tracing: tun_net_xmit -> vhost_signal -> eventfd_signal -> irqfd_wakeup -> posted_int\n");
        text.Append("Correlation: Stage 2->3->4 via eventfd_ctx, Stage 4->5 via GSI/vector\nPress Ctrl+C to stop\n\n");
        text.Append("Clearing BPF maps for clean state...\nMaps cleared. Ready for tracing.\n\n");
    }

    private protected override void ComposeRecord(StringBuilder text, TunChainFigure figure)
    {
        for (int stage = 1; stage <= figure.LastStage; stage++)
        {
            ComposeStage(text, figure, stage);
        }
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        text.Append('\n').Append(Rule.Double80).Append("TUN TX INTERRUPT TRACING STOPPED - FINAL SUMMARY\n").Append(Rule.Double80);
        text.Append(Invariant, $"\nTUN TX Queue Interrupt Tracing completed.\nTotal events collected: {_events}\n");
    }

    /// <summary>A delay as printed; the tool prints a negative one as 0.</summary>
    private static decimal Milliseconds(decimal? latencyUs) => PrintedNumber.Round(decimal.Max(latencyUs ?? 0m, 0m) / 1000m, 3);

    private static DateTime StageTime(TunChainFigure figure, int stage)
    {
        decimal elapsed = stage > 1 ? figure.Stage1To2Us ?? 0m : 0m;
        elapsed += stage > 2 ? figure.Stage2To3Us ?? 0m : 0m;
        elapsed += stage > 3 ? figure.Stage3To4Us ?? 0m : 0m;
        elapsed += stage > 4 ? figure.Stage4To5Us ?? 0m : 0m;
        return figure.Time.AddTicks((long)(elapsed * TimeSpan.TicksPerMicrosecond));
    }

    private void ComposeFilters(StringBuilder text)
    {
        if ((_options.Protocol ?? _options.Source ?? _options.Destination) is null)
        {
            return;
        }

        text.Append("Packet filters:\n");
        ComposeFilter(text, "Protocol", _options.Protocol);
        ComposeFilter(text, "Source IP", _options.Source);
        ComposeFilter(text, "Destination IP", _options.Destination);
    }

    private static void ComposeFilter(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append(Invariant, $"  {label}: {value}\n");
        }
    }

    private void ComposeStage(StringBuilder text, TunChainFigure figure, int stage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stage, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stage, figure.LastStage);
        TunQueue queue = figure.Queue;
        DateTime time = StageTime(figure, stage);
        _events++;
        text.Append(Invariant, $"TUN TX INTERRUPT [{queue.Device}:q{queue.Number}] Stage {stage} ");
        switch (stage)
        {
            case 1:
                text.Append(Invariant, $"[tun_net_xmit]: Time={time:yyyy-MM-dd HH:mm:ss.fff} Queue={queue.Number} Sock(tfile)=0x{queue.Socket:x}");
                break;
            case 2:
                text.Append(Invariant, $"[vhost_signal]: Time={time:yyyy-MM-dd HH:mm:ss.fff} Sock(vq)=0x{queue.Socket:x} EventFD(vq)=0x{queue.EventFd:x} VQ=0x{queue.VirtQueue:x} Delay={Milliseconds(figure.Stage1To2Us):F3}ms");
                break;
            case 3:
                text.Append(Invariant, $"[eventfd_signal]: Time={time:yyyy-MM-dd HH:mm:ss.fff} EventFD(arg)=0x{queue.EventFd:x} Delay={Milliseconds(figure.Stage2To3Us):F3}ms");
                break;
            case 4:
                // The tool's stage 3 does not move the time that stage 4 counts from.
                text.Append(Invariant, $"[irqfd_wakeup]: Time={time:yyyy-MM-dd HH:mm:ss.fff} EventFD(irqfd)=0x{queue.EventFd:x} GSI(irqfd)={queue.Interrupt} Delay={Milliseconds(figure.Stage2To3Us + figure.Stage3To4Us):F3}ms");
                break;
            default:
                text.Append(Invariant, $"[posted_int]: Time={time:yyyy-MM-dd HH:mm:ss.fff} Vector(arg)={queue.Interrupt} VCPU=0x{queue.VirtualCpu:x} Delay={Milliseconds(figure.Stage4To5Us):F3}ms");
                break;
        }

        TunHostTask task = stage == 1 ? figure.Irq : queue.Worker;
        text.Append(Invariant, $" CPU={task.Cpu} PID={task.Pid} COMM={task.Command}{(stage == 1 ? figure.Packet.Text : string.Empty)}\n");
    }
}
