using System.Globalization;
using System.Reflection;
using System.Text;
using VirtLatency.LogWriter;
using VirtLatency.Parsing;
using VirtLatency.Tests.Damage;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>
/// Records read whole, and plain lines read without a search, give what every line read by itself gives: the same
/// records, issues, tally and facts. Generated logs of each tool, changed in many ways, in reads of any size; seeded,
/// so that a failure repeats. VIRTLATENCY_DIFFERENTIAL_LOGS asks for more of them than a normal run reads.
/// </summary>
public sealed class BlockDifferentialTests
{
    private const int LogsOfNormalRun = 3000;

    private static readonly string[] Names = [.. GeneratedLog.Names.Where(HasBlocks)];

    private static readonly string[] Foreign =
    [
        "Possibly lost 3 samples\n", "Possibly lost 7 samples", "=== Kernel ICMP RTT Tracer ===\n", "=== Kernel ICMP RTT Tracer ===", "=== ICMP Drop Detector ===\n",
        "Detected kernel version: 5.10\n", "Successfully attached to tun_net_xmit\n", "Device filter: vnet2\n", "PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n",
        "a.c:1:2: warning: b\n", ": warning: ", ": note: ", "Traceback (most recent call last):\n", "ValueError: x\n", "  File \"a\", line 1\n", "    ^\n",
        "\n", "\r\n", " ", "\0", "\0\0\0\0", "=", "-1.500", "N/A", "\uFEFF", "================================================================================\n",
        "0", "9", "P", "Po", "Trace Direction: RX\n", "    b'x+0x1'\n", "2 warnings generated.\n",
    ];

    public static TheoryData<string> Logs => new(Names);

    [Theory]
    [MemberData(nameof(Logs))]
    public void Blocks_give_what_lines_give(string name)
    {
        int logs = 1 + (LogCount() / Names.Length);
        for (int seed = 1; seed <= logs; seed++)
        {
            byte[] text = Encoding.UTF8.GetBytes(Changed(name, seed));
            int most = seed % 3 == 0 ? text.Length + 1 : 1 + new Random(seed).Next(1 << (seed % 12));
            string lines = Read(name, text, text.Length + 1, seed, takesBlocks: false);
            string blocks = Read(name, text, most, seed, takesBlocks: true);
            if (lines != blocks)
            {
                Assert.Fail($"{name}, seed {seed}, reads of {most}: {FirstDifference(lines, blocks)}");
            }
        }
    }

    [Fact]
    public void A_stream_that_fails_inside_a_record_leaves_the_same_lines_behind()
    {
        byte[] text = Encoding.UTF8.GetBytes(Generate("kernel_icmp_rtt-tx-stacks", 1, 4));
        for (int length = text.Length / 2; length < text.Length; length += 37)
        {
            Assert.Equal(
                Read("kernel_icmp_rtt-tx-stacks", text, length, 1, takesBlocks: false, failsAt: length),
                Read("kernel_icmp_rtt-tx-stacks", text, length, 1, takesBlocks: true, failsAt: length));
        }
    }

    private static bool HasBlocks(string name) => !name.Contains("json", StringComparison.Ordinal) && !name.Contains("summary", StringComparison.Ordinal) && !name.Contains("wakeup", StringComparison.Ordinal);

    private static int LogCount() =>
        int.TryParse(Environment.GetEnvironmentVariable("VIRTLATENCY_DIFFERENTIAL_LOGS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : LogsOfNormalRun;

    private static string Changed(string name, int seed)
    {
        var random = new Random(seed);
        string log = Generate(name, seed, 2 + random.Next(10));
        switch (random.Next(8))
        {
            case 0:
                return log;
            case 1:
                return log.Replace("\n", "\r\n", StringComparison.Ordinal);
            case 2:
                return DamagedLog.Of(random, log, Generate(name, seed + 1, 3)).Text;
            case 3:
                return log + Generate(Names[random.Next(Names.Length)], seed, 3) + log;
            default:
                var text = new StringBuilder(log);
                for (int change = random.Next(1, 5); change > 0; change--)
                {
                    Change(text, random);
                }

                return text.ToString();
        }
    }

    private static void Change(StringBuilder text, Random random)
    {
        int at = random.Next(text.Length);
        switch (random.Next(5))
        {
            case 0:
                text[at] = (char)random.Next(128);
                break;
            case 1:
                text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
                break;
            case 2:
                // At the beginning of a line, where stderr's stand.
                string whole = text.ToString();
                text.Insert(whole.LastIndexOf('\n', at) + 1, Foreign[random.Next(Foreign.Length)]);
                break;
            case 3:
                text[at] = "0123456789 .=\n"[random.Next(14)];
                break;
            default:
                text.Insert(at, Foreign[random.Next(Foreign.Length)]);
                break;
        }
    }

    private static string Generate(string name, int seed, int packets)
    {
        using var output = new StringWriter();
        GeneratedLog.Write(name, new FigureGenerator(seed) { FaultShare = seed % 2 == 0 ? 0 : 0.1 }, packets, output);
        return output.ToString();
    }

    private static string Read(string name, byte[] text, int most, int seed, bool takesBlocks, int failsAt = int.MaxValue)
    {
        return name.Split('-')[0] switch
        {
            "kernel_icmp_rtt" => Of<IcmpRttRecord>(visitor => new IcmpRttParser(visitor) { TakesBlocks = takesBlocks }),
            "icmp_drop_detector" => Of<IcmpPathRecord>(visitor => new IcmpPathParser(visitor) { TakesBlocks = takesBlocks }),
            "tun_tx_to_kvm_irq" => Of<TunChainRecord>(visitor => new TunIrqParser(visitor) { TakesBlocks = takesBlocks }),
            "ping" => Of<PingRecord>(visitor => new PingParser(visitor) { TakesBlocks = takesBlocks }),
            _ => Of<KvmTunRecord>(visitor => new KvmTunParser(visitor) { TakesBlocks = takesBlocks }),
        };

        string Of<TRecord>(Func<ILogVisitor<TRecord>, LogParser> parserOf)
            where TRecord : struct
        {
            var collector = new Collector<TRecord>();
            LogParser parser = parserOf(collector);
            using Stream stream = failsAt < text.Length ? new BreakingStream(text, failsAt) : new ChunkStream(text, most, seed);
            string failure = string.Empty;
            try
            {
                parser.ReadAll(stream);
            }
            catch (IOException e)
            {
                failure = e.Message;
            }

            LineTally tally = parser.Tally;
            return string.Join('\n', collector.Records.Select(record => TextOf(record, typeof(TRecord).GetFields())))
                + "\nissues\n" + string.Join('\n', collector.Issues)
                + $"\n{tally.Parsed} {tally.Noise} {tally.Malformed} {tally.FirstMalformedLine} {failure}\n"
                + string.Join('\n', typeof(LogFacts).GetProperties().Select(property => $"{property.Name}={ValueText(property.GetValue(parser.Facts))}"));
        }
    }

    private static string TextOf(object record, FieldInfo[] fields) => string.Join(' ', fields.Select(field => $"{field.Name}={ValueText(field.GetValue(record))}"));

    private static string? ValueText(object? value) => value switch
    {
        DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        IEnumerable<int> numbers => string.Join(',', numbers.Order()),
        IEnumerable<string> texts => string.Join(',', texts),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    private static string FirstDifference(string lines, string blocks)
    {
        (string[] one, string[] other) = (lines.Split('\n'), blocks.Split('\n'));
        int at = 0;
        while (at < one.Length && at < other.Length && one[at] == other[at])
        {
            at++;
        }

        return $"{one.ElementAtOrDefault(at)} by lines, {other.ElementAtOrDefault(at)} by blocks";
    }

    /// <summary>Gives some bytes, then fails as a disk does.</summary>
    private sealed class BreakingStream(byte[] text, int length) : MemoryStream(text, 0, length, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, 1000)) is > 0 and var read ? read : throw new IOException("the disk failed");
    }
}
