using System.Diagnostics;
using System.Text;
using VirtLatency.LogWriter;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>
/// Against gross losses of speed, without any absolute time: what a record allocates, and the time of a log against that
/// of a loop over its bytes, which is as much slower in a debug build, or on a busy machine, as the parser is.
/// </summary>
public sealed class SpeedGuardTests
{
    private const int Packets = 2000;
    private const int Rounds = 9;

    /// <summary>A chain is an object while stages may come; every other record is none.</summary>
    [Theory]
    [InlineData("kernel_icmp_rtt-tx-stacks", 4)]
    [InlineData("kernel_icmp_rtt-rx", 4)]
    [InlineData("icmp_drop_detector-sender", 4)]
    [InlineData("kvm_vhost_tun_latency_details-sender", 4)]
    [InlineData("ping", 4)]
    [InlineData("tun_tx_to_kvm_irq-receiver", 1500)]
    public void A_record_allocates_next_to_nothing(string name, int mostBytes)
    {
        byte[] few = Log(name, Packets);
        byte[] many = Log(name, 2 * Packets);
        Allocated(name, many);
        double bytes = (Allocated(name, many) - Allocated(name, few)) / (double)Packets;

        Assert.True(bytes <= mostBytes, $"{bytes:0.0} bytes per record");
    }

    /// <summary>Every line by itself takes several times as long as whole records: without the short way this fails.</summary>
    [Theory]
    [InlineData("kernel_icmp_rtt-tx", 1.6)]
    [InlineData("kernel_icmp_rtt-tx-stacks", 1.6)]
    public void Whole_records_are_read_faster_than_their_lines(string name, double least)
    {
        byte[] log = Log(name, Packets);
        (double blocks, double lines) = Alternating(() => Read(name, log, takesBlocks: true), () => Read(name, log, takesBlocks: false));

        Assert.True(lines > least * blocks, $"lines took {lines / blocks:0.00} times as long as blocks");
    }

    [Theory]
    [InlineData("kernel_icmp_rtt-tx", 8)]
    [InlineData("icmp_drop_detector-sender", 40)]
    [InlineData("kvm_vhost_tun_latency_details-sender", 40)]
    [InlineData("ping", 40)]
    [InlineData("tun_tx_to_kvm_irq-receiver", 40)]
    public void A_log_takes_no_more_than_some_loops_over_its_bytes(string name, double most)
    {
        byte[] log = Log(name, Packets);
        (double parsing, double looping) = Alternating(() => Read(name, log, takesBlocks: true), () => Loop(log));

        Assert.True(parsing < most * looping, $"reading took {parsing / looping:0.00} times as long as the loop");
    }

    private static (double First, double Second) Alternating(Action first, Action second)
    {
        (double least, double other) = (double.MaxValue, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            least = Math.Min(least, Timed(first));
            other = Math.Min(other, Timed(second));
        }

        return (least, other);
    }

    private static double Timed(Action work)
    {
        long begin = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>Each step needs the one before: nothing can be done at once, whatever the processor.</summary>
    private static void Loop(byte[] log)
    {
        uint hash = 0;
        foreach (byte letter in log)
        {
            hash = (hash * 31) + letter;
        }

        GC.KeepAlive(hash);
    }

    private static long Allocated(string name, byte[] log)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(name, log, takesBlocks: true);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Log(string name, int packets)
    {
        using var output = new StringWriter();
        GeneratedLog.Write(name, new FigureGenerator(1), packets, output);
        return Encoding.UTF8.GetBytes(output.ToString());
    }

    private static void Read(string name, byte[] log, bool takesBlocks)
    {
        using var stream = new MemoryStream(log, writable: false);
        LogParser parser = name.Split('-')[0] switch
        {
            "kernel_icmp_rtt" => new IcmpRttParser(new Counter<IcmpRttRecord>()) { TakesBlocks = takesBlocks },
            "icmp_drop_detector" => new IcmpPathParser(new Counter<IcmpPathRecord>()) { TakesBlocks = takesBlocks },
            "tun_tx_to_kvm_irq" => new TunIrqParser(new Counter<TunChainRecord>()) { TakesBlocks = takesBlocks },
            "ping" => new PingParser(new Counter<PingRecord>()) { TakesBlocks = takesBlocks },
            _ => new KvmTunParser(new Counter<KvmTunRecord>()) { TakesBlocks = takesBlocks },
        };
        parser.ReadAll(stream);
    }

    private sealed class Counter<TRecord> : ILogVisitor<TRecord>
        where TRecord : struct
    {
        private long _records;

        public void Record(in TRecord record) => _records++;

        public void Issue(ParseIssue issue) => throw new InvalidDataException(issue.Message);
    }
}
