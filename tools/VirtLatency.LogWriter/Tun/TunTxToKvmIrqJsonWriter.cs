using System.Net;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>
/// Writes what tun_tx_to_kvm_irq's --output does: a list of events as json.dump(..., indent=2) lays it out, in ns. Numbers
/// of several bytes that come from the packet are its bytes read as little-endian.
/// </summary>
public sealed class TunTxToKvmIrqJsonWriter : ToolLogWriter<TunChainFigure>
{
    private readonly TunLogVersion _version;
    private long _events;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public TunTxToKvmIrqJsonWriter(TextWriter output, TunTxToKvmIrqOptions options)
        : base(output, options) => _version = options.Version;

    private protected override void ComposeHeader(StringBuilder text) => text.Append('[');

    private protected override void ComposeRecord(StringBuilder text, TunChainFigure figure)
    {
        for (int stage = 1; stage <= figure.LastStage; stage++)
        {
            if (TunStageText.Has(_version, stage))
            {
                ComposeEvent(text, figure, stage);
            }
        }
    }

    private protected override void ComposeFooter(StringBuilder text) => text.Append("\n]");

    private static long Swapped(ushort value) => (ushort)((value << 8) | (value >> 8));

    private static long Address(string? text) => text is null ? 0 : BitConverter.ToUInt32(IPAddress.Parse(text).GetAddressBytes());

    private void ComposeEvent(StringBuilder text, TunChainFigure figure, int stage)
    {
        TunQueue queue = figure.Queue;
        TunHostTask task = stage == 1 ? figure.Irq : queue.Worker;
        TunPacket packet = stage == 1 ? figure.Packet : TunPacket.Unknown;
        bool isThree = !TunStageText.Has(_version, 3);
        bool isMeasured = stage > 2 || _version is TunLogVersion.Filtering or TunLogVersion.Totals;
        string name = stage switch { 1 => "tun_net_xmit", 2 => "vhost_signal", 3 => "eventfd_signal", 4 => "irqfd_wakeup", _ => "posted_int" };
        long stamp = (TunStageText.TimeOf(figure, stage).Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
        text.Append(_events++ == 0 ? "\n  {\n" : ",\n  {\n");
        text.Append(Invariant, $"    \"timestamp\": {stamp},\n    \"stage\": {(isThree && stage == 4 ? 3 : stage)},\n    \"stage_name\": \"{name}\",\n");
        text.Append(Invariant, $"    \"cpu_id\": {task.Cpu},\n    \"pid\": {task.Pid},\n    \"comm\": \"{task.Command}\",\n");
        text.Append(Invariant, $"    \"queue_key\": \"{queue.Device}:q{queue.Number}\",\n    \"sock_ptr\": {queue.Socket},\n");
        text.Append(Invariant, $"    \"eventfd_ctx\": {(stage == 1 ? 0 : queue.EventFd)},\n");
        text.Append(Invariant, $"    \"vq_ptr\": {(stage == 2 ? queue.VirtQueue : stage == 5 ? queue.VirtualCpu : 0)},\n");
        text.Append(Invariant, $"    \"gsi\": {(stage > 3 ? queue.Interrupt : 0)},\n");
        text.Append(Invariant, $"    \"delay_ns\": {(isMeasured ? (long)((TunStageText.DelayUs(figure, stage) ?? 0m) * 1000) : 0)},\n");
        text.Append(Invariant, $"    \"saddr\": {Address(packet.Source)},\n    \"daddr\": {Address(packet.Destination)},\n");
        text.Append(Invariant, $"    \"sport\": {Swapped((ushort)packet.Ports.Source)},\n    \"dport\": {Swapped((ushort)packet.Ports.Destination)},\n");
        text.Append(Invariant, $"    \"protocol\": {packet.Protocol}");
        if (_version is TunLogVersion.Filtering or TunLogVersion.Totals)
        {
            text.Append(Invariant, $",\n    \"icmp_id\": {Swapped(packet.IcmpId)},\n    \"icmp_seq\": {Swapped(packet.Sequence)},\n");
            text.Append(Invariant, $"    \"icmp_type\": {packet.IcmpType},\n    \"icmp_code\": 0");
        }

        text.Append("\n  }");
    }
}
