using System.Text;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>The --output file of tun_tx_to_kvm_irq.</summary>
public sealed class TunIrqJsonParserTests
{
    private const string Five = "dde68b8/4d31567/ec5dc24";

    [Fact]
    public void Every_value()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrqJson(TunIrqJsonText.Log);

        AssertChain(Assert.Single(outcome.Records));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(TunIrqJsonText.Log, outcome.Tally, parsed: 115, noise: 2, malformed: 0);
        Assert.Equal((Five, "posted interrupt (stage 5)", 1), (outcome.Facts.Version, outcome.Facts.ProbeBoundary, outcome.Facts.RunCount));
        Assert.Equal([40211], outcome.Facts.WorkerTids);
    }

    [Fact]
    public void Reply_goes_to_the_sender()
    {
        string log = TunIrqJsonText.Log.Swap("\"icmp_type\": 8", "\"icmp_type\": 0").Swap("2441216010", "2407661578x").Swap("\"daddr\": 2407661578,", "\"daddr\": 2441216010,").Swap("2407661578x", "2407661578");

        TunChainRecord record = Assert.Single(Reading.TunIrqJson(log).Records);

        Assert.Equal((0, 0x0A00828Fu, 0x0A008291u), (record.IcmpType, record.Source, record.Destination));
        Assert.Equal(HostRole.Sender, HostRoles.OfIcmpType(record.IcmpType));
    }

    /// <summary>Older Pythons keep no order of keys, leave a blank behind each comma, and a file may be rewritten as one line.</summary>
    [Fact]
    public void Other_writers_of_the_same_list()
    {
        string python2 = TunIrqJsonText.Log.Replace(",\n", ", \n", StringComparison.Ordinal);
        string oneLine = TunIrqJsonText.OneLine(TunIrqJsonText.Log);
        string turned = TunIrqJsonText.Turned(TunIrqJsonText.Log);
        Assert.StartsWith("[\n  {\n    \"icmp_code\": 0,\n    \"icmp_type\": 8", turned, StringComparison.Ordinal);

        foreach (string text in (string[])[python2, oneLine, turned, "\uFEFF" + TunIrqJsonText.Log.WithCarriageReturns() + "\r\n"])
        {
            Outcome<TunChainRecord> outcome = Reading.TunIrqJson(text);
            AssertChain(Assert.Single(outcome.Records) with { Line = 2 });
            Assert.Empty(outcome.Issues);
            Assert.Equal((LogText.LineCount(text), 0), (outcome.Tally.Total, outcome.Tally.Malformed));
            Assert.Equal(new LogIdentity(LogTool.TunTxToKvmIrq, LogConfidence.High, LogLayout.Json), LogDetector.Detect(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Builds without ICMP fields write the constant 0 as stage 2's delay: not measured. Their third stage of three is irqfd_wakeup.</summary>
    [Theory]
    [InlineData(false, "0411184", 5, 5123L, 2999L)]
    [InlineData(true, "d9a1fd5", 4, Latency.Missing, Latency.Missing)]
    public void Builds_without_icmp_fields(bool isThreeStage, string version, int lastStage, long delay3, long delay5)
    {
        string log = isThreeStage
            ? "[\n" + TunIrqJsonText.Stage1 + ",\n" + TunIrqJsonText.Stage2 + ",\n" + TunIrqJsonText.Stage4.Swap("\"stage\": 4", "\"stage\": 3") + "\n]"
            : TunIrqJsonText.Log;
        log = TunIrqJsonText.WithoutIcmp(log).Swap("\"delay_ns\": 23456", "\"delay_ns\": 0");

        Outcome<TunChainRecord> outcome = Reading.TunIrqJson(log);

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((lastStage, Latency.Missing, delay3, 8321L, delay5), (record.LastStage, record.Delay2, record.Delay3, record.Delay4, record.Delay5));
        Assert.Equal((-1, -1, -1, 0x0A008291u, 0x0A00828Fu), (record.IcmpType, record.IcmpId, record.Sequence, record.Source, record.Destination));
        Assert.Equal(version, outcome.Facts.Version);
        Assert.Equal(isThreeStage ? "irqfd_wakeup (stage 3 of 3)" : "posted interrupt (stage 5)", outcome.Facts.ProbeBoundary);
        Assert.Equal(LogText.LineCount(log), outcome.Tally.Total);
    }

    /// <summary>Other perf buffers: stage 1 last, and two packets 40 us apart whose stages mix. The nanoseconds tell them apart.</summary>
    [Fact]
    public void Nanoseconds_tell_close_packets_apart()
    {
        string[] first = [TunIrqJsonText.Stage2, TunIrqJsonText.Stage3, TunIrqJsonText.Stage4, TunIrqJsonText.Stage5, TunIrqJsonText.Stage1];
        string[] second = first.Select(text => TunIrqJsonText.After(text, 40_000).Replace("\"icmp_seq\": 256", "\"icmp_seq\": 512", StringComparison.Ordinal).Replace("23456", "23400", StringComparison.Ordinal)).ToArray();
        Assert.Contains("2628800123496789", second[4], StringComparison.Ordinal);

        IReadOnlyList<TunChainRecord> records = Reading.TunIrqJson("[" + string.Join(",", first[..4].Concat(second[..4]).Append(second[4]).Append(first[4])) + "]").Records;

        Assert.Equal([(1, 34_776L), (2, 34_720L)], records.OrderBy(record => record.Sequence).Select(record => (record.Sequence, record.Total)));
    }

    [Fact]
    public void Wrapped_delay_is_missing_and_flagged()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrqJson(TunIrqJsonText.Log.Swap("\"delay_ns\": 2999", "\"delay_ns\": 18446744073709551000")).Records);

        Assert.Equal((Latency.Missing, Latency.Missing), (record.Delay5, record.Total));
        Assert.True(record.Flags.HasFlag(SampleFlags.Wrapped));
    }

    [Theory]
    [InlineData("\"delay_ns\": 5123", "\"delay_ns\": \"5123\"")]
    [InlineData("\"delay_ns\": 5123", "\"delay_ns\": -5123")]
    [InlineData("\"delay_ns\": 5123", "\"delay_ns\": 5123.5")]
    [InlineData("\"delay_ns\": 5123", "\"delay\": 5123")]
    [InlineData("\"stage\": 3", "\"stage\": 6")]
    [InlineData("\"stage\": 3", "\"stage\": []")]
    [InlineData("2628800123486500", "null")]
    public void A_damaged_event_is_left_out(string old, string replacement)
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrqJson(TunIrqJsonText.Log.Swap(old, replacement));

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((5, 34_776L, Latency.Missing), (record.LastStage, record.Total, record.Delay3));
        Assert.Equal(48, Assert.Single(outcome.Issues).Line);
        Assert.Equal(117, outcome.Tally.Total);
        Assert.InRange(outcome.Tally.Malformed, 22, 23);
    }

    /// <summary>Any one byte of the third object replaced by another, in many lines and in one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damage_never_costs_neighbours(bool isOneLine)
    {
        string log = isOneLine ? TunIrqJsonText.OneLine(TunIrqJsonText.Log) : TunIrqJsonText.Log;
        byte[] bytes = Encoding.UTF8.GetBytes(log);
        int from = log.IndexOf("2628800123486500", StringComparison.Ordinal) - 14;
        int to = log.IndexOf('}', from);
        foreach (byte wrong in "0x \"{}[]\\\n,"u8.ToArray())
        {
            for (int at = from; at <= to; at++)
            {
                byte right = bytes[at];
                bytes[at] = wrong;
                Outcome<TunChainRecord> outcome = Reading.TunIrqJson(new MemoryStream(bytes, writable: false));
                bytes[at] = right;

                TunChainRecord record = Assert.Single(outcome.Records, record => record.LastStage == 5);
                Assert.Equal((8, 1, 23456L, 8321L, 2999L), (record.IcmpType, record.Sequence, record.Delay2, record.Delay4, record.Delay5));
            }
        }
    }

    [Fact]
    public void Cut_at_every_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(TunIrqJsonText.Log);
        int end2 = TunIrqJsonText.Log.IndexOf(TunIrqJsonText.Stage2, StringComparison.Ordinal) + TunIrqJsonText.Stage2.Length;
        for (int length = 1; length < bytes.Length; length++)
        {
            Outcome<TunChainRecord> outcome = Reading.TunIrqJson(new MemoryStream(bytes, 0, length, writable: false));

            Assert.Single(outcome.Issues);
            Assert.Equal(LogText.LineCount(TunIrqJsonText.Log[..length]), outcome.Tally.Total);
            Assert.True(length < end2 || outcome.Records is [{ Delay2: 23456, IcmpId: 22804 }]);
            Assert.All(outcome.Records, record => Assert.Contains(record.Delay5, new[] { 2999, Latency.Missing }));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void However_the_bytes_arrive(int most)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join(",", Enumerable.Repeat(TunIrqJsonText.Log, 40)));

        Outcome<TunChainRecord> whole = Reading.TunIrqJson(new MemoryStream(bytes));
        Outcome<TunChainRecord> pieces = Reading.TunIrqJson(new ChunkStream(bytes, most, seed: most));

        Assert.Equal(40, whole.Records.Count);
        Assert.Equal(whole.Records, pieces.Records);
        Assert.Equal((whole.Tally.Parsed, whole.Tally.Noise, whole.Tally.Malformed), (pieces.Tally.Parsed, pieces.Tally.Noise, pieces.Tally.Malformed));
    }

    /// <summary>A list of 40,000 events on one line, about 25 MB: an event allocates nothing.</summary>
    [Fact]
    public void One_long_line_takes_no_memory()
    {
        string oneLine = TunIrqJsonText.OneLine(TunIrqJsonText.Log)[1..^1];
        byte[] bytes = Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Repeat(oneLine, 8000)) + "]");
        var counter = new Counter();
        var parser = new TunIrqJsonParser(counter);
        using var stream = new MemoryStream(bytes, writable: false);

        long before = GC.GetAllocatedBytesForCurrentThread();
        parser.ReadAll(stream);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(8000, counter.Complete);
        Assert.Equal((1, 0, 0), (parser.Tally.Parsed, parser.Tally.Noise, parser.Tally.Malformed));
        Assert.InRange(allocated, 0, 8_000_000);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"queue_key\": \"vnet2:q1\", \"delay_ns\": 5}]")]
    [InlineData("{\"stage_name\": \"x\", \"queue_key\": \"vnet2:q1\", \"eventfd_ctx\": 1, \"gsi\": 1, \"delay_ns\": 5}")]
    [InlineData("[1, 2, 3]")]
    [InlineData("{\n  \"device\": \"vnet2\",\n  \"queues\": {}\n}")]
    public void Other_json_is_not_taken(string text) => Assert.Equal(LogTool.Unknown, LogDetector.Detect(Encoding.UTF8.GetBytes(text)).Tool);

    [Fact]
    public void A_beginning_is_enough_but_less_sure()
    {
        string head = TunIrqJsonText.Log[..TunIrqJsonText.Log.IndexOf("\"saddr\"", StringComparison.Ordinal)];

        Assert.Equal(new LogIdentity(LogTool.TunTxToKvmIrq, LogConfidence.Medium, LogLayout.Json), LogDetector.Detect(Encoding.UTF8.GetBytes(head)));
    }

    /// <summary>E = 23.456 + 8.321 + 2.999 = 34.776 us, to the ns, from the file and from samples piped by hand.</summary>
    [Fact]
    public void Environments_keep_the_nanoseconds()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("f.json", TunIrqJsonText.Log);
        LatencyEnvironment read = EnvironmentReader.Read(new EnvironmentRequest("x", folder.Path, new Dictionary<LogRole, string>(), default, 100), new RecordingReport());
        var builder = new EnvironmentBuilder();
        TunChainRecord record = Reading.TunIrqJson(TunIrqJsonText.Log).Records[0];
        Assert.True(builder.TryAdd(SampleFactory.From(in record, new SampleContext("x", path, default, null))));

        foreach (LatencyEnvironment environment in (LatencyEnvironment[])[read, builder.Build().Single()])
        {
            EnvironmentLog log = Assert.Single(environment.Logs);
            Assert.Equal("ReceiverTunIrq", log.Role);
            Assert.Equal(34.776, log.Store.MomentsOf(SampleColumn.S1ToS5, completeOnly: false).MeanUs!.Value, 9);
            var kept = new List<double>();
            log.Store.CopyTo(SampleColumn.S3ToS4, completeOnly: false, kept);
            Assert.Equal([3.198], kept);
        }
    }

    private static void AssertChain(TunChainRecord record)
    {
        Assert.Equal((2L, 5, 1), (record.Line, record.LastStage, record.Run));
        Assert.Equal(("vnet2", 1), (record.Device, record.Queue));
        Assert.Equal((8, 22804, 1), (record.IcmpType, record.IcmpId, record.Sequence));
        Assert.Equal((0x0A008291u, 0x0A00828Fu), (record.Source, record.Destination));
        Assert.Equal(2_628_800_123_456_789, record.UptimeNanoseconds);
        Assert.Equal((23456, 5123, 8321, 2999), (record.Delay2, record.Delay3, record.Delay4, record.Delay5));
        Assert.Equal((3198, 31_777, 34_776, 39_899), (record.S3ToS4, record.S1ToS4, record.Total, record.PrintedSum));
        Assert.Equal((40211, 6, 20), (record.WorkerTid, record.WorkerCpu, record.IrqCpu));
        Assert.True(record.IrqCpuIdle);
        Assert.Equal(SampleFlags.First, record.Flags);
    }

    private sealed class Counter : ILogVisitor<TunChainRecord>
    {
        public int Complete { get; private set; }

        public void Record(in TunChainRecord record) => Complete += record.LastStage == 5 ? 1 : 0;

        public void Issue(ParseIssue issue) => throw new InvalidOperationException(issue.Message);
    }
}
