using System.Text;
using BenchmarkDotNet.Attributes;
using VirtLatency.LogWriter;
using VirtLatency.Parsing;

namespace VirtLatency.Bench.Micro;

/// <summary>Each parser over a log in memory, with whole records and plain lines, and line by line.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private const int Packets = 10_000;
    private byte[] _log = [];

    /// <summary>One of the log writer's logs.</summary>
    [Params("kernel_icmp_rtt-tx", "kernel_icmp_rtt-tx-stacks", "icmp_drop_detector-sender", "tun_tx_to_kvm_irq-receiver", "kvm_vhost_tun_latency_details-sender", "ping")]
    public string Log { get; set; } = string.Empty;

    /// <summary>Whether records are read whole.</summary>
    [Params(true, false)]
    public bool Blocks { get; set; }

    /// <summary>Writes the log.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using var text = new StringWriter();
        GeneratedLog.Write(Log, new FigureGenerator(1), Packets, text);
        _log = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads it.</summary>
    /// <returns>Lines.</returns>
    [Benchmark]
    public long Read()
    {
        LogParser parser = Log.Split('-')[0] switch
        {
            "kernel_icmp_rtt" => new IcmpRttParser(new Nobody<IcmpRttRecord>()) { TakesBlocks = Blocks },
            "icmp_drop_detector" => new IcmpPathParser(new Nobody<IcmpPathRecord>()) { TakesBlocks = Blocks },
            "tun_tx_to_kvm_irq" => new TunIrqParser(new Nobody<TunChainRecord>()) { TakesBlocks = Blocks },
            "ping" => new PingParser(new Nobody<PingRecord>()) { TakesBlocks = Blocks },
            _ => new KvmTunParser(new Nobody<KvmTunRecord>()) { TakesBlocks = Blocks },
        };
        parser.ReadAll(new MemoryStream(_log, writable: false));
        return parser.Tally.Total;
    }

    private sealed class Nobody<TRecord> : ILogVisitor<TRecord>
        where TRecord : struct
    {
        public void Record(in TRecord record)
        {
        }

        public void Issue(ParseIssue issue)
        {
        }
    }
}
