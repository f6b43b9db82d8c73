using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of kvm_vhost_tun_latency_details in measure mode.</summary>
public sealed class KvmVhostTunWriter : ToolLogWriter<KvmTunFigure>
{
    private readonly KvmVhostTunOptions _options;
    private (long Count, long Sum) _s0;
    private (long Count, long Sum) _s1;
    private (long Count, long Sum) _s2;
    private (long Count, long Sum) _chain;

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
        long? total = figure.S0Us + figure.S1Us + figure.S2Us;
        _s0 = Add(_s0, figure.S0Us);
        _s1 = Add(_s1, figure.S1Us);
        _s2 = Add(_s2, figure.S2Us);
        _chain = Add(_chain, total);
        if (_options.HasDetail)
        {
            text.Append(Invariant, $"[{figure.Time:HH:mm:ss.fff}] tid={figure.WorkerTid} queue={figure.Queue} s0={figure.S0Us ?? 0}us s1={figure.S1Us ?? 0}us s2={figure.S2Us}us total={total ?? 0}us\n");
        }
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        text.Append(Rule.Double72).Append("[final] KVM -> vhost -> TUN latency totals\n");
        KvmTunCounters.Of(_s0.Count, _s1.Count, _s2.Count, _options).Compose(text, "Total", _chain.Count);
        text.Append("\nExact averages (us):\n");
        text.Append(Invariant, $"  S0 avg: {Average(_s0)}\n  S1 avg: {Average(_s1)}\n  S2 avg: {Average(_s2)}\n");
        text.Append(Invariant, $"  S0+S1+S2 avg (per-packet): {Average(_chain)}\n\n");
    }

    private static (long Count, long Sum) Add((long Count, long Sum) sum, long? value) =>
        value is { } us ? (sum.Count + 1, sum.Sum + us) : sum;

    private static string Average((long Count, long Sum) sum) => sum.Count == 0
        ? "n/a"
        : PrintedNumber.Round((double)sum.Sum / sum.Count, 3).ToString("F3", Invariant);
}
