using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of kvm_vhost_tun_latency_summary: histograms by interval, and cumulative ones at the end.</summary>
public sealed class KvmVhostTunSummaryWriter : ToolLogWriter<KvmIntervalFigure>
{
    private const int BarLength = 40;

    private readonly KvmVhostTunOptions _options;
    private readonly KvmHistogram _s0 = new();
    private readonly KvmHistogram _s1 = new();
    private readonly KvmHistogram _s2 = new();
    private bool _hasInterval;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called; the counts of calls are those of the final block.</param>
    public KvmVhostTunSummaryWriter(TextWriter output, KvmVhostTunOptions options)
        : base(output, options) => _options = options;

    private protected override void ComposeHeader(StringBuilder text)
    {
        KvmTunHeader.Compose(text, _options);
        text.Append(Invariant, $"\nMeasure mode: interval={_options.IntervalSeconds}s duration={_options.DurationSeconds ?? 0}s\n");
    }

    private protected override void ComposeRecord(StringBuilder text, KvmIntervalFigure figure)
    {
        _hasInterval = true;
        _s0.Add(figure.S0);
        _s1.Add(figure.S1);
        _s2.Add(figure.S2);
        text.Append(Rule.Double72).Append(Invariant, $"[{figure.Time:HH:mm:ss}] KVM -> vhost -> TUN latency\n");
        KvmVhostTunOptions perInterval = _options with { IoeventfdCalls = null, NetifCalls = null };
        ComposeBlock(text, "Interval", (figure.S0, figure.S1, figure.S2), perInterval);
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        if (!_hasInterval)
        {
            // The tool ends without a final block when it was stopped inside its first interval.
            return;
        }

        text.Append(Rule.Double72).Append("[final] KVM -> vhost -> TUN latency totals\n");
        ComposeBlock(text, "Total", (_s0, _s1, _s2), _options);
    }

    private static void ComposeBlock(
        StringBuilder text, string kind, (KvmHistogram S0, KvmHistogram S1, KvmHistogram S2) stages, KvmVhostTunOptions options)
    {
        KvmTunCounters.Of(stages.S0.Count, stages.S1.Count, stages.S2.Count, options).Compose(text, kind, chainCount: null);
        ComposeHistogram(text, "S0: ioeventfd_write -> handle_tx_kick", stages.S0);
        ComposeHistogram(text, "S1: handle_tx_kick -> tun_sendmsg", stages.S1);
        ComposeHistogram(text, "S2: tun_sendmsg -> netif_receive_skb", stages.S2);
        text.Append('\n');
    }

    private static void ComposeHistogram(StringBuilder text, string title, KvmHistogram histogram)
    {
        text.Append(Invariant, $"\n{title}\n{"us",16} : {"count",8}   distribution\n");
        if (histogram.Count == 0)
        {
            text.Append("   (no samples)\n");
            return;
        }

        long largest = histogram.Counts.Max();
        for (int bucket = 0; bucket < histogram.Counts.Count; bucket++)
        {
            long count = histogram.Counts[bucket];
            if (count > 0)
            {
                (double low, double high) = KvmHistogram.Range(bucket);
                string range = FormattableString.Invariant($"{low:F0} -> {high:F0}");
                string bar = new('*', (int)(BarLength * count / largest));
                text.Append(Invariant, $"{range,16} : {count,8}   |{bar,-BarLength}|\n");
            }
        }

        text.Append(Invariant, $"  avg={Cell(histogram.Average()):F1}us  p50={Cell(histogram.Percentile(50)):F1}us  p90={Cell(histogram.Percentile(90)):F1}us  p99={Cell(histogram.Percentile(99)):F1}us  (n={histogram.Count})\n");
    }

    private static decimal Cell(double value) => PrintedNumber.Round(value, 1);
}
