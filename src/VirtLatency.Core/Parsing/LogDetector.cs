using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Names the tool that printed a file, by text that only that tool prints.</summary>
public static class LogDetector
{
    /// <summary>Bytes of a file that are looked at. A header is below 2 KiB; much more of merged compiler warnings may stand before it.</summary>
    public const int HeadBytes = 1024 * 1024;

    // Relatives first: their records share lines with the tools that are read. A flow's mark tells three of them apart
    // (see OfMark), a session whose addresses stand twice the host's tracer from the VM's.
    private static readonly (byte[] Text, LogTool Tool, LogConfidence Confidence)[] Signatures =
    [
        ("=== ICMP Round-Trip Latency Tracer ==="u8.ToArray(), LogTool.SystemNetworkIcmpRtt, LogConfidence.High),
        ("=== TCP Drop Detector ==="u8.ToArray(), LogTool.TcpDropDetector, LogConfidence.High),
        ("=== UDP Drop Detector ==="u8.ToArray(), LogTool.UdpDropDetector, LogConfidence.High),
        ("SKB Pointers (Path1: 0-6, Path2: 7-13):"u8.ToArray(), LogTool.SystemNetworkIcmpRtt, LogConfidence.Medium),
        ("Kernel Stack Traces (Path1: 0-6, Path2: 7-13):"u8.ToArray(), LogTool.SystemNetworkIcmpRtt, LogConfidence.Medium),
        ("=== TCP Drop Detected: "u8.ToArray(), LogTool.TcpDropDetector, LogConfidence.Medium),
        ("=== UDP Drop Detected: "u8.ToArray(), LogTool.UdpDropDetector, LogConfidence.Medium),
        ("=== Kernel ICMP RTT Tracer ==="u8.ToArray(), LogTool.KernelIcmpRtt, LogConfidence.High),
        ("=== ICMP Drop Detector ==="u8.ToArray(), LogTool.IcmpDropDetector, LogConfidence.High),
        ("=== ICMP Drop Detected: "u8.ToArray(), LogTool.IcmpDropDetector, LogConfidence.Medium),
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

    private static readonly byte[][] Marks = ["[new] "u8.ToArray(), "[update] "u8.ToArray(), "[complete] "u8.ToArray()];

    // Other tools write some of these keys, no other all of them.
    private static readonly byte[][] TunJsonKeys =
    [
        "\"stage_name\""u8.ToArray(), "\"queue_key\""u8.ToArray(), "\"eventfd_ctx\""u8.ToArray(), "\"delay_ns\""u8.ToArray(), "\"gsi\""u8.ToArray(),
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

        LogTool bySession = OfSession(head);
        LogTool byMark = bySession == LogTool.Unknown ? OfMark(head) : bySession;
        if (byMark != LogTool.Unknown)
        {
            return new LogIdentity(byMark, LogConfidence.Medium);
        }

        // Last: people keep ping's output in the same file as a tool's.
        LogConfidence ping = PingText.Detect(head);
        return ping == LogConfidence.None ? new LogIdentity(LogTool.Unknown, LogConfidence.None) : new LogIdentity(LogTool.Ping, ping);
    }

    /// <summary>True for bytes that no text log has: a NUL.</summary>
    /// <param name="head">Up to <see cref="HeadBytes"/> bytes.</param>
    /// <returns>True when the file is no text.</returns>
    public static bool IsBinary(ReadOnlySpan<byte> head) => head.Contains((byte)0);

    /// <summary>
    /// Records of kernel_icmp_rtt and system_network_icmp_rtt have the same title; the session below tells: one has
    /// <c>a -> b (ID: n</c>, the other <c>a (a) -> b (b) (ID: n</c>.
    /// </summary>
    private static LogTool OfSession(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> rest = head;
        while (ByteText.TakeThrough(ref rest, "Session: "u8))
        {
            ReadOnlySpan<byte> session = rest;
            if (!ByteText.TakeAddress(ref session, out _))
            {
                continue;
            }

            if (ByteText.Take(ref session, " -> "u8) && ByteText.TakeAddress(ref session, out _) && session.StartsWith(" (ID: "u8))
            {
                return LogTool.KernelIcmpRtt;
            }

            if (session.StartsWith(" ("u8))
            {
                return LogTool.SystemNetworkIcmpRtt;
            }
        }

        return LogTool.Unknown;
    }

    /// <summary>Flows of the three drop detectors: <c>[complete] ID=n</c>, <c>[complete] IP_ID=n</c>, <c>[complete] a:p->b:p</c>.</summary>
    private static LogTool OfMark(ReadOnlySpan<byte> head)
    {
        foreach (byte[] mark in Marks)
        {
            ReadOnlySpan<byte> rest = head;
            while (ByteText.TakeThrough(ref rest, mark))
            {
                ReadOnlySpan<byte> flow = rest;
                if (flow.StartsWith("ID="u8))
                {
                    return LogTool.IcmpDropDetector;
                }

                if (flow.StartsWith("IP_ID="u8))
                {
                    return LogTool.UdpDropDetector;
                }

                if (ByteText.TakeAddress(ref flow, out _) && flow.StartsWith(":"u8))
                {
                    return LogTool.TcpDropDetector;
                }
            }
        }

        return LogTool.Unknown;
    }

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
