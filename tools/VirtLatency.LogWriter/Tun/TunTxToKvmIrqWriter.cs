using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of tun_tx_to_kvm_irq as each of its builds prints them, and the short form of reports.</summary>
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
        switch (_options.Version)
        {
            case TunLogVersion.Abbreviated:
                break;
            case TunLogVersion.Libbpf:
                ComposePortHeader(text);
                break;
            default:
                ComposeKernel(text);
                ComposeProbes(text);
                ComposeBanner(text);
                break;
        }
    }

    private protected override void ComposeRecord(StringBuilder text, TunChainFigure figure)
    {
        for (int stage = 1; stage <= figure.LastStage; stage++)
        {
            if (TunStageText.Has(_options.Version, stage))
            {
                ComposeStage(text, figure, stage);
            }
        }
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        switch (_options.Version)
        {
            case TunLogVersion.Abbreviated:
                break;
            case TunLogVersion.Libbpf:
                text.Append('\n').Append(Rule.Double80).Append("FINAL SUMMARY\n\n").Append(Rule.Double80);
                text.Append("TUN TX INTERRUPT CHAIN STATISTICS\n").Append(Rule.Double80).Append("\nStage Event Counts:\n").Append(Rule.Double80).Append('\n');
                break;
            default:
                text.Append('\n').Append(Rule.Double80).Append("TUN TX INTERRUPT TRACING STOPPED - FINAL SUMMARY\n").Append(Rule.Double80);
                text.Append(Invariant, $"\nTUN TX Queue Interrupt Tracing completed.\nTotal events collected: {_events}\n");
                break;
        }
    }

    private void ComposeKernel(StringBuilder text)
    {
        if (_options.Version == TunLogVersion.Uniform)
        {
            return;
        }

        text.Append(Invariant, $"Detected kernel version: {_options.Kernel.Major}.{_options.Kernel.Minor}, distro: {_options.Distribution}\n");
        text.Append(_options.IsBypassLoaded ? "IRQ bypass module: loaded\n" : "IRQ bypass module: not loaded\n");
        text.Append(_options.Kernel.Major >= 5
            ? "Using 5.x (with vhost_vring_call, 72 bytes) vhost structure layout\n"
            : "Using 4.x (pointer only, 8 bytes) vhost structure layout\n");
        if (_options.Version != TunLogVersion.FiveStages)
        {
            ComposeFilters(text);
        }
    }

    private void ComposeProbes(StringBuilder text)
    {
        text.Append("Successfully attached to tun_net_xmit\n");
        text.Append("Successfully attached to vhost_add_used_and_signal_n\n");
        if (_options.Version == TunLogVersion.Uniform)
        {
            text.Append("Successfully attached to irqfd_wakeup (verified offsets: eventfd_ctx +32, gsi +48)\n");
            return;
        }

        text.Append("Successfully attached to eventfd_signal\n");
        text.Append("Successfully attached to irqfd_wakeup (KVM interrupt injection)\n");
        text.Append("Successfully attached to vmx_deliver_posted_interrupt (IRQ bypass hardware path)\n");
    }

    private void ComposeBanner(StringBuilder text)
    {
        ComposeDevice(text);
        text.Append('\n').Append(Rule.Double80).Append("TUN TX QUEUE INTERRUPT TRACING STARTED\n").Append(Rule.Double80);
        if (_options.Version == TunLogVersion.Uniform)
        {
            text.Append("Tracing: tun_net_xmit -> vhost_signal -> irqfd_wakeup\n");
            text.Append("Using proven filtering from vhost_queue_correlation_monitor.py\n");
            text.Append("Chain validation: Stage 3 only fires if Stage 2 created matching eventfd_ctx entry\n");
        }
        else
        {
            text.Append("Tracing: tun_net_xmit -> vhost_signal -> eventfd_signal -> irqfd_wakeup -> posted_int\n");
            text.Append("Correlation: Stage 2->3->4 via eventfd_ctx, Stage 4->5 via GSI/vector\n");
        }

        text.Append("Press Ctrl+C to stop\n\n");
        text.Append("Clearing BPF maps for clean state...\nMaps cleared. Ready for tracing.\n\n");
    }

    private void ComposePortHeader(StringBuilder text)
    {
        text.Append(Rule.Double80).Append("TUN TX TO KVM IRQ INTERRUPT TRACING\n").Append(Rule.Double80);
        text.Append("Tracing: tun_net_xmit -> vhost_signal -> irqfd_wakeup\n");
        ComposeDevice(text);
        text.Append("\nPress Ctrl+C to stop\n\n");
    }

    private void ComposeDevice(StringBuilder text)
    {
        text.Append(Invariant, $"Device filter: {_options.Device ?? "All TUN devices"}\n");
        text.Append(Invariant, $"Queue filter: {_options.Queue?.ToString(Invariant) ?? "All queues"}\n");
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
        _events++;
        TunStageText.Compose(text, _options.Version, figure, stage);
    }
}
