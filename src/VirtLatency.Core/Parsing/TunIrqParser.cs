using System.Text;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads tun_tx_to_kvm_irq: stage lines in, chains out. Statistics that the tool prints over all stages mix delays of
/// different kinds and are never read.
/// </summary>
public sealed class TunIrqParser : LogParser<TunChainRecord>
{
    private static readonly byte[][] NoiseAtLineStart =
    [
        "IRQ bypass module:"u8.ToArray(), "Using "u8.ToArray(), "Packet filters:"u8.ToArray(), "Successfully attached to"u8.ToArray(),
        "Warning:"u8.ToArray(), "All TUN devices"u8.ToArray(), "Queue filter:"u8.ToArray(), "TUN TX QUEUE INTERRUPT TRACING"u8.ToArray(),
        "Tracing: "u8.ToArray(), "Correlation: "u8.ToArray(), "Press Ctrl+C"u8.ToArray(), "Clearing BPF maps"u8.ToArray(),
        "Maps cleared"u8.ToArray(), "TUN TX INTERRUPT TRACING STOPPED"u8.ToArray(), "TUN TX Queue Interrupt Tracing completed"u8.ToArray(),
        "Total events collected:"u8.ToArray(), "Overall Stage Distribution:"u8.ToArray(), "TUN TX INTERRUPT CHAIN ANALYSIS"u8.ToArray(),
        "Queue: "u8.ToArray(), "Interrupt Latency Analysis:"u8.ToArray(), "Stage Event Counts:"u8.ToArray(),
        "Packet Type Distribution:"u8.ToArray(), "Chain analysis:"u8.ToArray(), "SEQUENCE ERRORS"u8.ToArray(), "Note: "u8.ToArray(),
        "Trace data saved to"u8.ToArray(), "Chain validation: "u8.ToArray(), "Failed to attach irqfd_wakeup: "u8.ToArray(),
        "Failed to save trace data: "u8.ToArray(), "No interrupt traces collected yet."u8.ToArray(), "No chain data collected yet."u8.ToArray(),
        "TUN TX TO KVM IRQ INTERRUPT TRACING"u8.ToArray(), "TUN TX INTERRUPT CHAIN STATISTICS"u8.ToArray(), "FINAL SUMMARY"u8.ToArray(),
        "Chain Status: "u8.ToArray(), "Interrupt Latency (vhost_signal -> irqfd_wakeup):"u8.ToArray(), "libbpf: "u8.ToArray(),
    ];

    private readonly TunEventReader _reader = new();
    private readonly TunChains _chains;
    private bool _isInHeader;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the chains.</param>
    public TunIrqParser(ILogVisitor<TunChainRecord> visitor)
        : base(LogTool.TunTxToKvmIrq, visitor) => _chains = new TunChains(Facts, visitor, Tally.NoiseWasParsed);

    /// <summary>What the present run's build prints first; the earliest build does not name the kernel.</summary>
    private protected override ReadOnlySpan<byte> Banner => _chains.Build.IsUniform ? FirstProbe : Kernel;

    private static ReadOnlySpan<byte> Kernel => "Detected kernel version: "u8;

    private static ReadOnlySpan<byte> FirstProbe => "Successfully attached to tun_net_xmit"u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (TunEventReader.IsStage(line))
        {
            return Stage(line, number, terminated);
        }

        Header(line);
        if (line.IsEmpty || line[0] == ' ' || ByteText.IsRuler(line, (byte)'=') || ByteText.IsRuler(line, (byte)'-')
            || ByteText.StartsWithAny(line, NoiseAtLineStart))
        {
            return LineKind.Noise;
        }

        return Fact(line) ? LineKind.Parsed : LineKind.Malformed;
    }

    private protected override bool TryPlain(ReadOnlySpan<byte> line, long number, out LineKind kind)
    {
        kind = LineKind.Noise;
        if (!TunEventReader.IsStage(line) || line.ContainsAnyExceptInRange((byte)' ', (byte)'~') || !_reader.TryRead(line, number, out TunEvent stage) || !_reader.IsPlain)
        {
            return false;
        }

        kind = Take(in stage);
        return true;
    }

    private protected override void End(long lastLine) => _chains.Flush();

    private LineKind Stage(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (!_reader.TryRead(line, number, out TunEvent stage))
        {
            return Damaged(number, "expected a stage line such as 'TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=... Delay=0.023ms CPU=6 PID=40211 COMM=vhost-40150'; the line is left out");
        }

        // A cut line can only have lost its end: a stage 1's packet, or the PID, which from stage 3 on must equal stage 2's.
        if (!terminated && (stage.Stage == 1 || (stage.Stage == 2 && line.IndexOf(" COMM="u8) < 0)))
        {
            return Damaged(number, "the file ends inside this line, so its last number may be cut; the line is left out");
        }

        return Take(in stage);
    }

    private LineKind Take(in TunEvent stage)
    {
        _isInHeader = false;
        RunOfRecord();
        return _chains.Add(in stage) ? LineKind.Parsed : LineKind.Noise;
    }

    /// <summary>A header has up to three lines that begin it, by build; the first of them begins the run, also where a cut lost the others.</summary>
    private void Header(ReadOnlySpan<byte> line)
    {
        bool isEnd = line.StartsWith("TUN TX QUEUE INTERRUPT TRACING STARTED"u8) || line.StartsWith("TUN TX TO KVM IRQ INTERRUPT TRACING"u8);
        if (line.StartsWith(Kernel) || (!_isInHeader && (isEnd || line.StartsWith(FirstProbe))))
        {
            _chains.EndRun();
            BeginRun();
            _isInHeader = true;
        }

        _isInHeader &= !isEnd;
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "  -> Total(S1->S5): "u8))
        {
            _chains.Build.Total();

            // Milliseconds with three decimals: read as us, they are a thousandth of what they stand for.
            if (ByteText.TakeMicroseconds(ref rest, out long thousandth) == NumberStatus.Ok && rest.SequenceEqual("ms"u8))
            {
                Facts.AddPrintedTotal(1000 * thousandth);
            }
        }

        _chains.Build.Header(line);
        _chains.Refresh();
    }

    private bool Fact(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, Kernel))
        {
            int comma = rest.IndexOf((byte)',');
            Facts.Kernel = Encoding.UTF8.GetString(comma < 0 ? rest : rest[..comma]);
            return true;
        }

        if (ByteText.Take(ref rest, "Device filter: "u8))
        {
            Facts.Device = rest.StartsWith("All "u8) ? null : Encoding.UTF8.GetString(rest);
            return true;
        }

        return false;
    }
}
