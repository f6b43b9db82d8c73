namespace VirtLatency.Tests.Parsing;

/// <summary>What --output writes: json.dump(list, indent=2). One object is 23 lines, or 19 without the ICMP fields.</summary>
internal static class TunIrqJsonText
{
    /// <summary>
    /// Request id 22804 (0x5914: its bytes as a little-endian number are 0x1459 = 5209), sequence 1 (0x0100 = 256), from
    /// 10.0.130.145 (bytes 0a 00 82 91: 0x9182000a) to 10.0.130.143. d2 = 23456, d3 = 5123, d4 = 8321 (from stage 2),
    /// d5 = 2999 ns; stage 1 at 2628800.123456789 s of uptime.
    /// </summary>
    public static string Log => "[\n" + Stage1 + ",\n" + Stage2 + ",\n" + Stage3 + ",\n" + Stage4 + ",\n" + Stage5 + "\n]";

    public const string Stage1 = """
          {
            "timestamp": 2628800123456789,
            "stage": 1,
            "stage_name": "tun_net_xmit",
            "cpu_id": 20,
            "pid": 0,
            "comm": "swapper/20",
            "queue_key": "vnet2:q1",
            "sock_ptr": 18446620187213367360,
            "eventfd_ctx": 0,
            "vq_ptr": 0,
            "gsi": 0,
            "delay_ns": 0,
            "saddr": 2441216010,
            "daddr": 2407661578,
            "sport": 0,
            "dport": 0,
            "protocol": 1,
            "icmp_id": 5209,
            "icmp_seq": 256,
            "icmp_type": 8,
            "icmp_code": 0
          }
        """;

    public const string Stage2 = """
          {
            "timestamp": 2628800123481300,
            "stage": 2,
            "stage_name": "vhost_signal",
            "cpu_id": 6,
            "pid": 40211,
            "comm": "vhost-40150",
            "queue_key": "vnet2:q1",
            "sock_ptr": 18446620187213367360,
            "eventfd_ctx": 18446620186802659584,
            "vq_ptr": 18446620187710652416,
            "gsi": 0,
            "delay_ns": 23456,
            "saddr": 0,
            "daddr": 0,
            "sport": 0,
            "dport": 0,
            "protocol": 0,
            "icmp_id": 0,
            "icmp_seq": 0,
            "icmp_type": 0,
            "icmp_code": 0
          }
        """;

    public static readonly string Stage3 = Later(3, "eventfd_signal", 2628800123486500, gsi: 0, delay: 5123);
    public static readonly string Stage4 = Later(4, "irqfd_wakeup", 2628800123489700, gsi: 37, delay: 8321);
    public static readonly string Stage5 = Later(5, "posted_int", 2628800123492600, gsi: 37, delay: 2999);

    public static string Later(int stage, string name, long timestamp, int gsi, ulong delay) => Stage2
        .Swap("\"stage\": 2", $"\"stage\": {stage}")
        .Swap("vhost_signal", name)
        .Swap("2628800123481300", $"{timestamp}")
        .Swap("\"gsi\": 0", $"\"gsi\": {gsi}")
        .Swap("\"delay_ns\": 23456", $"\"delay_ns\": {delay}");

    /// <summary>The same list without line feeds and blanks between its keys.</summary>
    public static string OneLine(string text) => string.Concat(text.Split('\n').Select(line => line.TrimStart(' ')));

    /// <summary>As builds without ICMP fields write it.</summary>
    public static string WithoutIcmp(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.Contains("\"icmp_", StringComparison.Ordinal))).Replace(",\n  }", "\n  }", StringComparison.Ordinal);

    /// <summary>The keys of each object in reverse.</summary>
    public static string Turned(string text)
    {
        var objects = text.Split("{\n").Select((part, index) =>
        {
            int end = part.IndexOf("\n  }", StringComparison.Ordinal);
            return index == 0 ? part : string.Join(",\n", part[..end].Split(",\n").Reverse()) + part[end..];
        });
        return string.Join("{\n", objects);
    }

    /// <summary>The same event later, as another packet's.</summary>
    public static string After(string text, long nanoseconds)
    {
        const string Key = "\"timestamp\": ";
        int at = text.IndexOf(Key, StringComparison.Ordinal) + Key.Length;
        long stamp = long.Parse(text.AsSpan(at, 16), System.Globalization.CultureInfo.InvariantCulture);
        return string.Concat(text.AsSpan(0, at), (stamp + nanoseconds).ToString(System.Globalization.CultureInfo.InvariantCulture), text.AsSpan(at + 16));
    }
}
