using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of kvm_vhost_tun_latency_details in measure mode.</summary>
public sealed class KvmVhostTunWriter : ToolLogWriter<KvmTunFigure>
{
    private readonly KvmVhostTunOptions _options;
    private readonly KvmTunTotals _totals = new();

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public KvmVhostTunWriter(TextWriter output, KvmVhostTunOptions options)
        : base(output, options) => _options = options;

    private protected override void ComposeHeader(StringBuilder text)
    {
        KvmTunHeader.Compose(text, _options);
        text.Append("\nMeasure mode: ");
        text.Append(Invariant, $"{(_options.DurationSeconds is { } seconds ? FormattableString.Invariant($"duration={seconds}s") : "running until Ctrl+C")}\n");
    }

    private protected override void ComposeRecord(StringBuilder text, KvmTunFigure figure)
    {
        _totals.Add(figure);
        if (_options.HasDetail)
        {
            KvmTunTotals.ComposeLine(text, figure);
        }
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        text.Append(Rule.Double72).Append("[final] KVM -> vhost -> TUN latency totals\n");
        KvmTunCounters.Of(_totals.S0.Count, _totals.S1.Count, _totals.S2.Count, _options).Compose(text, "Total", _totals.Chain.Count);
        text.Append("\nExact averages (us):\n");
        text.Append(Invariant, $"  S0 avg: {Average(_totals.S0)}\n  S1 avg: {Average(_totals.S1)}\n  S2 avg: {Average(_totals.S2)}\n");
        text.Append(Invariant, $"  S0+S1+S2 avg (per-packet): {Average(_totals.Chain)}\n\n");
    }

    private static string Average((long Count, long Sum) sum) => KvmTunTotals.Average(sum, 3, "n/a");
}
