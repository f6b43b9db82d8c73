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
        "Trace data saved to"u8.ToArray(),
    ];

    private readonly TunEventReader _reader = new();
    private readonly FirstOfRun _first = new();
    private readonly TunChainAssembler _assembler;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the chains.</param>
    public TunIrqParser(ILogVisitor<TunChainRecord> visitor)
        : base(LogTool.TunTxToKvmIrq, visitor) => _assembler = new TunChainAssembler(Emit);

    private protected override ReadOnlySpan<byte> Banner => "Detected kernel version: "u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "TUN TX INTERRUPT ["u8) || ByteText.Take(ref rest, "TUN TX ["u8))
        {
            return Stage(rest, number, terminated);
        }

        if (line.IsEmpty || line[0] == ' ' || ByteText.IsRuler(line, (byte)'=') || ByteText.IsRuler(line, (byte)'-')
            || ByteText.StartsWithAny(line, NoiseAtLineStart))
        {
            return LineKind.Noise;
        }

        return Header(line);
    }

    private protected override void End(long lastLine) => _assembler.Flush();

    private void Emit(TunChainRecord record)
    {
        record.Flags |= _first.IsFirst(Facts.RunCount, record.IcmpId, record.Sequence) ? SampleFlags.First : SampleFlags.None;
        Visitor.Record(in record);
    }

    private LineKind Stage(ReadOnlySpan<byte> rest, long number, bool terminated)
    {
        if (!_reader.TryRead(rest, number, out TunEvent stage))
        {
            return Damaged(number, "expected a stage line such as 'TUN TX INTERRUPT [vnet2:q1] Stage 2 [vhost_signal]: Time=... Delay=0.023ms CPU=6 PID=40211 COMM=vhost-40150'; the line is left out");
        }

        // A cut line can only have lost its end: a stage 1's packet, or the PID, which from stage 3 on must equal stage 2's.
        if (!terminated && (stage.Stage == 1 || (stage.Stage == 2 && rest.IndexOf(" COMM="u8) < 0)))
        {
            return Damaged(number, "the file ends inside this line, so its last number may be cut; the line is left out");
        }

        RunOfRecord();
        if (stage.Stage == 2 && stage.Pid > 0)
        {
            Facts.AddWorker(stage.Pid);
        }

        Facts.Version ??= stage.IsDated ? (stage.IcmpId >= 0 ? "4d31567" : null) : "abbreviated";
        return _assembler.Add(in stage) ? LineKind.Parsed : LineKind.Noise;
    }

    private LineKind Header(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, Banner))
        {
            _assembler.Flush();
            BeginRun();
            int comma = rest.IndexOf((byte)',');
            Facts.Kernel = Encoding.UTF8.GetString(comma < 0 ? rest : rest[..comma]);
            return LineKind.Parsed;
        }

        if (ByteText.Take(ref rest, "Device filter: "u8))
        {
            Facts.Device = rest.StartsWith("All "u8) ? null : Encoding.UTF8.GetString(rest);
            return LineKind.Parsed;
        }

        return LineKind.Malformed;
    }
}
