using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Names the tool that printed a file, by text that only that tool prints.</summary>
public static class LogDetector
{
    /// <summary>Bytes of a file that are looked at. A header is below 2 KiB; merged compiler warnings may stand before it.</summary>
    public const int HeadBytes = 64 * 1024;

    // Relatives first: their records share lines with the tools that are read.
    private static readonly (byte[] Text, LogTool Tool, LogConfidence Confidence)[] Signatures =
    [
        ("=== ICMP Round-Trip Latency Tracer ==="u8.ToArray(), LogTool.SystemNetworkIcmpRtt, LogConfidence.High),
        ("=== TCP Drop Detector ==="u8.ToArray(), LogTool.TcpDropDetector, LogConfidence.High),
        ("=== UDP Drop Detector ==="u8.ToArray(), LogTool.UdpDropDetector, LogConfidence.High),
        ("=== Kernel ICMP RTT Tracer ==="u8.ToArray(), LogTool.KernelIcmpRtt, LogConfidence.High),
        ("=== ICMP RTT Trace: "u8.ToArray(), LogTool.KernelIcmpRtt, LogConfidence.Medium),
        ("=== ICMP Drop Detector ==="u8.ToArray(), LogTool.IcmpDropDetector, LogConfidence.High),
        ("Latency(us): ReqInternal="u8.ToArray(), LogTool.IcmpDropDetector, LogConfidence.Medium),
        ("TUN TX QUEUE INTERRUPT TRACING STARTED"u8.ToArray(), LogTool.TunTxToKvmIrq, LogConfidence.High),
        ("TUN TX TO KVM IRQ INTERRUPT TRACING"u8.ToArray(), LogTool.TunTxToKvmIrq, LogConfidence.High),
        ("TUN_IRQ ["u8.ToArray(), LogTool.TunTxToKvmIrq, LogConfidence.Medium),
        ("TUN TX INTERRUPT ["u8.ToArray(), LogTool.TunTxToKvmIrq, LogConfidence.Medium),
        ("TUN TX ["u8.ToArray(), LogTool.TunTxToKvmIrq, LogConfidence.Low),
        ("Measure mode: interval="u8.ToArray(), LogTool.KvmVhostTunSummary, LogConfidence.High),
        ("S0: ioeventfd_write -> handle_tx_kick"u8.ToArray(), LogTool.KvmVhostTunSummary, LogConfidence.Medium),
        ("Measure mode: "u8.ToArray(), LogTool.KvmVhostTunLatency, LogConfidence.High),
        ("Target vhost TIDs: "u8.ToArray(), LogTool.KvmVhostTunLatency, LogConfidence.High),
        ("Discover mode: running "u8.ToArray(), LogTool.KvmVhostTunDiscovery, LogConfidence.High),
        ("TID -> Queue -> Eventfd"u8.ToArray(), LogTool.KvmVhostTunLatency, LogConfidence.High),
        ("[final] KVM -> vhost -> TUN latency"u8.ToArray(), LogTool.KvmVhostTunLatency, LogConfidence.Medium),
        ("S0 (ioeventfd->kick):"u8.ToArray(), LogTool.KvmVhostTunLatency, LogConfidence.Medium),
        ("] tid="u8.ToArray(), LogTool.KvmVhostTunLatency, LogConfidence.Medium),
        ("Tracing vhost worker wakeup latency..."u8.ToArray(), LogTool.VhostWakeupLatency, LogConfidence.High),
        ("us waker_cpu="u8.ToArray(), LogTool.VhostWakeupLatency, LogConfidence.Medium),
        ("Completed switches:"u8.ToArray(), LogTool.VhostWakeupLatency, LogConfidence.Medium),
        ("C-state status (first CPU as example)"u8.ToArray(), LogTool.VhostConfigCheck, LogConfidence.High),
    ];

    // Other tools write some of these keys, no other all of them.
    private static readonly byte[][] TunJsonKeys =
    [
        "\"stage_name\": \""u8.ToArray(), "\"queue_key\": \""u8.ToArray(), "\"eventfd_ctx\": "u8.ToArray(), "\"delay_ns\": "u8.ToArray(), "\"gsi\": "u8.ToArray(),
    ];

    /// <summary>Names the tool by the file's first bytes.</summary>
    /// <param name="head">Up to <see cref="HeadBytes"/> bytes.</param>
    /// <returns>The tool, Unknown where no tool's text was found, and how sure that is.</returns>
    public static LogIdentity Detect(ReadOnlySpan<byte> head)
    {
        if (TunConfidenceOfJson(head) is var json && json != LogConfidence.None)
        {
            return new LogIdentity(LogTool.TunTxToKvmIrq, json, LogLayout.Json);
        }

        foreach ((byte[] text, LogTool tool, LogConfidence confidence) in Signatures)
        {
            if (tool == LogTool.TunTxToKvmIrq ? IsAtLineStart(head, text) : head.IndexOf(text) >= 0)
            {
                return new LogIdentity(tool, confidence);
            }
        }

        // Last: people keep ping's output in the same file as a tool's.
        LogConfidence ping = PingText.Detect(head);
        return ping == LogConfidence.None ? new LogIdentity(LogTool.Unknown, LogConfidence.None) : new LogIdentity(LogTool.Ping, ping);
    }

    /// <summary>True for bytes that no text log has: a NUL.</summary>
    /// <param name="head">Up to <see cref="HeadBytes"/> bytes.</param>
    /// <returns>True when the file is no text.</returns>
    public static bool IsBinary(ReadOnlySpan<byte> head) => head.Contains((byte)0);

    /// <summary>A JSON list whose first object has the keys of tun_tx_to_kvm_irq's events.</summary>
    private static LogConfidence TunConfidenceOfJson(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> list = (head.StartsWith("\uFEFF"u8) ? head[3..] : head).TrimStart(" \t\r\n"u8);
        if (!ByteText.Take(ref list, "["u8) || !list.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return LogConfidence.None;
        }

        ReadOnlySpan<byte> objects = list[..Math.Min(list.Length, 2 * JsonPieceReader.MaxObjectBytes)];
        foreach (byte[] key in TunJsonKeys)
        {
            if (objects.IndexOf(key) < 0)
            {
                return LogConfidence.None;
            }
        }

        return objects.Contains((byte)'}') ? LogConfidence.High : LogConfidence.Medium;
    }

    /// <summary>True for a text that begins a line: a document may quote it within one.</summary>
    private static bool IsAtLineStart(ReadOnlySpan<byte> head, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        if (rest.StartsWith(text))
        {
            return true;
        }

        for (int at; (at = rest.IndexOf(text)) > 0; rest = rest[(at + 1)..])
        {
            if (rest[at - 1] == '\n')
            {
                return true;
            }
        }

        return false;
    }
}
