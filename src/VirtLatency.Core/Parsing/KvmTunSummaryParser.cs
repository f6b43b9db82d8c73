using System.Numerics;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads kvm_vhost_tun_latency_summary: histograms of each interval, and of the whole run at its end. The tool counts
/// with bcc's bpf_log2l, which gives 1 + log2, and labels slot k with 2^k -> 2^(k+1)-1: a row <c>8 -> 15</c> holds the
/// samples of 4 to 7 us. Slot 0 (<c>0 -> 1</c>) is 0 us alone, slot 1 (<c>2 -> 3</c>) is 1 us.
/// </summary>
public sealed class KvmTunSummaryParser : LogParser<KvmTunHistogram>
{
    /// <summary>From here on no latency: 2^64 ns in us, a negative difference, lies in slot 55.</summary>
    private const int LeastWrappedSlot = 54;

    private static readonly byte[][] Titles =
        ["S0: ioeventfd_write -> handle_tx_kick"u8.ToArray(), "S1: handle_tx_kick -> tun_sendmsg"u8.ToArray(), "S2: tun_sendmsg -> netif_receive_skb"u8.ToArray()];

    private static readonly byte[][] NoiseAtLineStart = ["Interval "u8.ToArray(), "Total "u8.ToArray()];

    private readonly KvmTunFrame _frame;
    private KvmTunHistogram _open;
    private bool _isOpen;
    private bool _isDamaged;
    private int _lastSlot;
    private int? _blockTime;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the histograms.</param>
    public KvmTunSummaryParser(ILogVisitor<KvmTunHistogram> visitor)
        : base(LogTool.KvmVhostTunSummary, visitor) => _frame = new KvmTunFrame(Facts);

    private protected override ReadOnlySpan<byte> Banner => KvmTunFrame.Banner;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (_isOpen && OfHistogram(line, number) is { } kind)
        {
            return kind;
        }

        LeaveOpenOne();
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, Banner))
        {
            BeginRun();
            _blockTime = null;
            return terminated ? _frame.Device(rest) : LineKind.Malformed;
        }

        if (line.Length > 0 && line[0] == '[')
        {
            return Block(line[1..]);
        }

        return _frame.Read(line) ?? (ByteText.StartsWithAny(line, NoiseAtLineStart) ? LineKind.Noise : Title(line, number));
    }

    private protected override void End(long lastLine)
    {
        LeaveOpenOne();
        _blockTime = null;
    }

    /// <summary>Reads <c>23:59:59] KVM -> vhost -> TUN latency</c> or <c>final] KVM -> vhost -> TUN latency totals</c>.</summary>
    private LineKind Block(ReadOnlySpan<byte> rest)
    {
        int time = -1;
        bool known = rest.SequenceEqual("final] KVM -> vhost -> TUN latency totals"u8)
            || (ByteText.TakeTimeOfDay(ref rest, out time) && rest.SequenceEqual("] KVM -> vhost -> TUN latency"u8));
        _blockTime = known ? time : null;
        return known ? LineKind.Parsed : LineKind.Malformed;
    }

    private LineKind Title(ReadOnlySpan<byte> line, long number)
    {
        int stage = 0;
        while (stage < Titles.Length && !line.SequenceEqual(Titles[stage]))
        {
            stage++;
        }

        if (stage == Titles.Length)
        {
            return LineKind.Malformed;
        }

        if (_blockTime is not { } time)
        {
            return Damaged(number, "a histogram without the line that says which interval it is of; it is left out");
        }

        Facts.Version ??= KvmTunFrame.DiscoveryVersion;
        _open = new KvmTunHistogram { Line = number, Run = RunOfRecord(), Stage = stage, IsFinal = time < 0, TimeOfDay = time, PrintedMean = Latency.Missing };
        (_isOpen, _isDamaged, _lastSlot) = (true, false, -1);
        return LineKind.Parsed;
    }

    /// <summary>Reads a line below a title; null for one that does not belong there.</summary>
    private LineKind? OfHistogram(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line;
        if (line.EndsWith("us :    count   distribution"u8))
        {
            return LineKind.Noise;
        }

        if (line.SequenceEqual("   (no samples)"u8))
        {
            return Close();
        }

        if (ByteText.Take(ref rest, "  avg="u8))
        {
            return Statistics(rest, number);
        }

        return line.IndexOf(" -> "u8) > 0 && line.IndexOf((byte)'|') > 0 ? Row(line, number) : null;
    }

    /// <summary>Reads <c>         8 -> 15 :        3   |****    |</c>.</summary>
    private LineKind Row(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> rest = line.TrimStart((byte)' ');
        if (!ByteText.TakeInteger(ref rest, out long low) || !ByteText.Take(ref rest, " -> "u8)
            || !ByteText.TakeInteger(ref rest, out long high) || !ByteText.Take(ref rest, " :"u8)
            || !ByteText.TakePaddedInteger(ref rest, out long count) || !ByteText.Take(ref rest, "   |"u8)
            || !rest.EndsWith("|"u8) || SlotOf(low, high) is not { } slot || slot <= _lastSlot)
        {
            _isDamaged = true;
            return Damaged(number, "expected '<low> -> <high> : <count>   |***|' with rising powers of two; the histogram is left out");
        }

        _lastSlot = slot;
        if (slot >= LeastWrappedSlot)
        {
            _open.WrappedCount += count;
            return LineKind.Parsed;
        }

        _open.Count += count;
        _open.LowSum += count * (slot == 0 ? 0 : Math.ScaleB(1, slot - 1));
        _open.HighSum += count * (slot == 0 ? 0 : Math.ScaleB(1, slot) - 1);
        return LineKind.Parsed;
    }

    /// <summary>Reads <c>32.5us  p50=12.7us  p90=101.8us  p99=124.5us  (n=4)</c>; quantiles of the wrong buckets are of no use.</summary>
    private LineKind Statistics(ReadOnlySpan<byte> rest, long number)
    {
        NumberStatus status = ByteText.TakeMicroseconds(ref rest, out long mean);
        bool whole = status != NumberStatus.Invalid && ByteText.TakeThrough(ref rest, "(n="u8)
            && ByteText.TakeInteger(ref rest, out long count) && rest.SequenceEqual(")"u8)
            && (_isDamaged || count == _open.Count + _open.WrappedCount);
        if (!whole)
        {
            _isOpen = false;
            return Damaged(number, "the histogram's last line is damaged, or its n is not the sum of the rows above; the histogram is left out");
        }

        _open.PrintedMean = status == NumberStatus.Ok ? mean : Latency.Missing;
        return Close();
    }

    private LineKind Close()
    {
        _isOpen = false;
        if (_isDamaged)
        {
            return LineKind.Noise;
        }

        Visitor.Record(in _open);
        return LineKind.Parsed;
    }

    private void LeaveOpenOne()
    {
        if (_isOpen && !_isDamaged)
        {
            Issue(_open.Line, "the histogram has no end; it is left out");
        }

        _isOpen = false;
    }

    private static int? SlotOf(long low, long high)
    {
        if (low == 0)
        {
            return high == 1 ? 0 : null;
        }

        return low > 1 && BitOperations.IsPow2(low) && high == (low * 2) - 1 ? BitOperations.Log2((ulong)low) : null;
    }
}
