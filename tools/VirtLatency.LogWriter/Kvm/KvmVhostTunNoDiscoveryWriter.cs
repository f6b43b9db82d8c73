using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes logs of kvm_vhost_tun_latency_no_discovery: the details tool's lines between another header and footer.</summary>
public sealed class KvmVhostTunNoDiscoveryWriter : ToolLogWriter<KvmTunFigure>
{
    private readonly KvmVhostTunNoDiscoveryOptions _options;
    private readonly KvmTunTotals _totals = new();

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public KvmVhostTunNoDiscoveryWriter(TextWriter output, KvmVhostTunNoDiscoveryOptions options)
        : base(output, options) => _options = options;

    private protected override void ComposeHeader(StringBuilder text)
    {
        string tids = string.Join(", ", _options.WorkerTids);
        text.Append(Invariant, $"QEMU PID: {_options.QemuPid}\nFound {_options.WorkerTids.Count} vhost threads: [{tids}]\n");
        text.Append(Invariant, $"Device filter: {_options.Device}\nTarget vhost TIDs: [{tids}]\nFlow filter: {_options.Flow ?? "All packets"}\n");
        if (_options.WarmupSeconds > 0)
        {
            text.Append(Invariant, $"\nWarmup: {_options.WarmupSeconds}s (learning eventfds)...\nWarmup complete.\n");
        }

        text.Append("\nTracing... Hit Ctrl+C to end.\n");
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
        text.Append('\n').Append(Rule.Double60).Append("Summary Statistics\n").Append(Rule.Double60);
        Compose(text, "S0 (ioeventfd->kick):", _totals.S0);
        Compose(text, "S1 (kick->sendmsg):", _totals.S1);
        Compose(text, "S2 (sendmsg->receive):", _totals.S2);
        Compose(text, "Total chain:", _totals.Chain);
    }

    private static void Compose(StringBuilder text, string name, (long Count, long Sum) sum) =>
        text.Append(Invariant, $"{name,-23} cnt={sum.Count,8}  avg={KvmTunTotals.Average(sum, 1, "N/A"),10}us\n");
}
