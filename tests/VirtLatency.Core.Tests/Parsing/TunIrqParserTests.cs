using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Chains of tun_tx_to_kvm_irq whose lines are all there.</summary>
public sealed class TunIrqParserTests
{
    private const string Uptime = "1970-01-31 10:13:20.123";

    [Fact]
    public void FullForm_WholeLog_EveryValue()
    {
        string text = TunIrqText.Header + TunIrqText.Q1Chain + TunIrqText.Q0Chain + TunIrqText.Footer;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertQ1(outcome.Records[0], line: 25);
        AssertQ0(outcome.Records[1], line: 30);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 12, noise: 29, malformed: 0);
        Assert.Equal(LogTool.TunTxToKvmIrq, outcome.Facts.Tool);
        Assert.Equal(1, outcome.Facts.RunCount);
        Assert.Equal("5.10", outcome.Facts.Kernel);
        Assert.Equal("vnet2", outcome.Facts.Device);
        Assert.Equal([40210, 40211], outcome.Facts.WorkerTids.Order());
    }

    [Fact]
    public void StageArithmetic_Stage4CountsFromStage2()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Chain).Records);

        Assert.Equal((23000, 5000, 8000, 3000), (record.Delay2, record.Delay3, record.Delay4, record.Delay5));
        Assert.Equal(3000, record.S3ToS4);
        Assert.Equal(31000, record.S1ToS4);
        Assert.Equal(34000, record.Total);
        Assert.Equal(39000, record.PrintedSum);
    }

    [Fact]
    public void ShortForm_EveryValue()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.ShortChain);

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((1, 5), (record.Line, record.LastStage));
        Assert.Equal(("vnet2", 2), (record.Device, record.Queue));
        Assert.Equal(-1, record.UptimeNanoseconds);
        Assert.Equal((8, -1, -1), (record.IcmpType, record.IcmpId, record.Sequence));
        Assert.Equal((0x0A008191u, 0x0A00818Fu), (record.Source, record.Destination));
        Assert.Equal((16000, 8000, 10000, 1000), (record.Delay2, record.Delay3, record.Delay4, record.Delay5));
        Assert.Equal((2000, 26000, 27000, 35000), (record.S3ToS4, record.S1ToS4, record.Total, record.PrintedSum));
        Assert.Equal((73868, 12, 36), (record.WorkerTid, record.WorkerCpu, record.IrqCpu));
        Assert.Null(record.IrqCpuIdle);
        Assert.Equal(SampleFlags.None, record.Flags);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(TunIrqText.ShortChain, outcome.Tally, parsed: 5, noise: 0, malformed: 0);
        Assert.Equal([73868], outcome.Facts.WorkerTids);
    }

    [Fact]
    public void HeaderForAllDevices_NoDevice()
    {
        LogFacts facts = Reading.TunIrq(TunIrqText.Header.Swap("Device filter: vnet2", "Device filter: All TUN devices")).Facts;

        Assert.Null(facts.Device);
        Assert.Equal("5.10", facts.Kernel);
    }

    [Fact]
    public void TwoQueues_InterleavedLineByLine()
    {
        string text = TunIrqText.Q1Stage1 + TunIrqText.Q0Stage1 + TunIrqText.Q0Stage2 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3
            + TunIrqText.Q0Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5 + TunIrqText.Q0Stage4 + TunIrqText.Q0Stage5;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertQ1(outcome.Records[0], line: 1);
        AssertQ0(outcome.Records[1], line: 2);
        LogText.AssertTally(text, outcome.Tally, parsed: 10, noise: 0, malformed: 0);
    }

    [Fact]
    public void SameQueueNumber_OfTwoDevices_IsTwoQueues()
    {
        string other = TunIrqText.Q1Chain.Replace("[vnet2:q1]", "[vnet30:q1]", StringComparison.Ordinal)
            .Replace("Delay=0.023ms", "Delay=0.050ms", StringComparison.Ordinal);
        string text = TunIrqText.Q1Stage1 + other + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;

        IReadOnlyList<TunChainRecord> records = Reading.TunIrq(text).Records;

        Assert.Equal([("vnet30", 61000L), ("vnet2", 34000L)], records.Select(record => (record.Device!, record.Total)));
    }

    [Fact]
    public void Stage1_PrintedAfterItsChain()
    {
        string text = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5 + TunIrqText.Q1Stage1;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        AssertQ1(Assert.Single(outcome.Records), line: 1);
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 0, malformed: 0);
    }

    [Fact]
    public void Stage1_PrintedInsideItsChain()
    {
        string text = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage1 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;

        AssertQ1(Assert.Single(Reading.TunIrq(text).Records), line: 1);
    }

    [Fact]
    public void LateStage1_OfTwoPackets_EachFindsItsOwn()
    {
        string first = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;
        string second = At(first, "1970-01-31 10:13:20.373").Replace("Delay=0.023ms", "Delay=0.044ms", StringComparison.Ordinal);
        string text = first + second + TunIrqText.Q1Stage1 + At(TunIrqText.Q1Stage1, "1970-01-31 10:13:20.373").Swap("seq=1\n", "seq=2\n");

        IReadOnlyList<TunChainRecord> records = Reading.TunIrq(text).Records;

        Assert.Equal([(1, 34000L), (2, 55000L)], records.Select(record => (record.Sequence, record.Total)));
    }

    [Fact]
    public void LongDelay_StampsOneMillisecondApart_StillOnePacket()
    {
        // 3.4 ms before stage 2: stamps .123 and .126 or .127, as the milliseconds are cut.
        string tail = TunIrqText.Q1Stage2.Swap("Delay=0.023ms", "Delay=3.400ms") + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;
        foreach (string stamp in (string[])["1970-01-31 10:13:20.126", "1970-01-31 10:13:20.127"])
        {
            TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Stage1 + At(tail, stamp)).Records);
            Assert.Equal((1, 3_411_000L), (record.Sequence, record.Total));
        }
    }

    [Fact]
    public void TotalLines_AreIgnored()
    {
        string text = TunIrqText.Q1Chain + "  -> Total(S1->S5): 0.039ms\n" + TunIrqText.Q0Chain + "  -> Total(S1->S5): 0.123ms\n";

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        AssertQ1(outcome.Records[0], line: 1);
        AssertQ0(outcome.Records[1], line: 7);
        LogText.AssertTally(text, outcome.Tally, parsed: 10, noise: 2, malformed: 0);
    }

    [Fact]
    public void Statistics_InsideAChain_AreIgnored()
    {
        string text = TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Statistics + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4
            + TunIrqText.Q1Stage5 + TunIrqText.Q0Chain + TunIrqText.Statistics;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertQ1(outcome.Records[0], line: 1);
        AssertQ0(outcome.Records[1], line: 29);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 10, noise: 46, malformed: 0);
    }

    [Fact]
    public void Statistics_WithStageCountsAndPacketTypes_GiveNoRecord()
    {
        string block = TunIrqText.Statistics.Swap("--------------------------------------------------\n", """
            --------------------------------------------------
            Stage Event Counts:
              Stage 1 [tun_net_xmit]: 8 events
              Stage 2 [vhost_signal]: 8 events

            """)
            + "\nPacket Type Distribution:\n  ICMP: 8 packets\n";
        string text = TunIrqText.Q1Chain + block + TunIrqText.Q0Chain;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertQ1(outcome.Records[0], line: 1);
        AssertQ0(outcome.Records[1], line: 35);
        Assert.Empty(outcome.Issues);
        Assert.Equal((10, 39), (outcome.Tally.Parsed, outcome.Tally.Total));
    }

    [Theory]
    [InlineData(" TCP 10.0.130.9:5201 -> 10.0.130.143:40000")]
    [InlineData(" UDP 10.0.130.9:53 -> 10.0.130.143:40000")]
    [InlineData(" IP 10.0.130.9 -> 10.0.130.143 proto=47")]
    [InlineData(" [packet info parse error]")]
    [InlineData("")]
    public void OtherPackets_HaveNoIcmpType(string tail)
    {
        string foreign = TunIrqText.Q1Chain.Swap(" ICMP 10.0.130.145 -> 10.0.130.143 type=8 code=0 id=22804 seq=1", tail);
        string text = foreign + At(TunIrqText.Q1Chain, "1970-01-31 10:13:20.623");

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        Assert.Equal((-1, -1, -1, 34000L), (outcome.Records[0].IcmpType, outcome.Records[0].IcmpId, outcome.Records[0].Sequence, outcome.Records[0].Total));
        Assert.Equal((8, 22804, 1, 34000L), (outcome.Records[1].IcmpType, outcome.Records[1].IcmpId, outcome.Records[1].Sequence, outcome.Records[1].Total));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 10, noise: 0, malformed: 0);
    }

    [Theory]
    [InlineData("COMM=swapper/20", "COMM=CPU 3/KVM")]
    [InlineData("COMM=swapper/20", "COMM=my ICMP tool x")]
    [InlineData("COMM=swapper/20", "COMM=a Delay=9.000ms")]
    public void TaskNames_HoldBlanks(string old, string replacement)
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Chain.Swap(old, replacement)).Records);

        AssertQ1(record, line: 1);
    }

    [Fact]
    public void ReplyToTheSender_IsTypeZero()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Chain.Swap(
            "ICMP 10.0.130.145 -> 10.0.130.143 type=8", "ICMP 10.0.130.143 -> 10.0.130.145 type=0")).Records);

        Assert.Equal(0, record.IcmpType);
        Assert.Equal((0x0A00828Fu, 0x0A008291u), (record.Source, record.Destination));
        Assert.Equal(HostRole.Sender, HostRoles.OfIcmpType(record.IcmpType));
    }

    [Fact]
    public void UnknownQueue_IsReadWithoutDevice()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.Q1Chain.Replace("[vnet2:q1]", "[unknown]", StringComparison.Ordinal));

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Null(record.Device);
        Assert.Equal((-1, 34000L), (record.Queue, record.Total));
        Assert.Equal((5, 0), (outcome.Tally.Parsed, outcome.Tally.Malformed));
    }

    [Fact]
    public void ZeroDelay_IsZeroNotMissing()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Chain.Swap("Delay=0.003ms", "Delay=0.000ms")).Records);

        Assert.Equal((0, 31000), (record.Delay5, record.Total));
        Assert.Equal(SampleFlags.First, record.Flags);
    }

    [Fact]
    public void CarriageReturnsAndByteOrderMark_ChangeNothing()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq("\uFEFF" + (TunIrqText.Header + TunIrqText.Q1Chain + TunIrqText.Q0Chain).WithCarriageReturns());

        AssertQ1(outcome.Records[0], line: 25);
        AssertQ0(outcome.Records[1], line: 30);
        Assert.Equal(("5.10", "vnet2", 1), (outcome.Facts.Kernel, outcome.Facts.Device, outcome.Facts.RunCount));
        Assert.Equal((12, 22, 0), (outcome.Tally.Parsed, outcome.Tally.Noise, outcome.Tally.Malformed));
    }

    [Fact]
    public void TwoRuns_ChainsDoNotCross()
    {
        string text = TunIrqText.Header + TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Header + TunIrqText.Q1Stage3 + TunIrqText.Q0Chain;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Facts.RunCount);
        Assert.Equal(2, outcome.Records.Count);
        Assert.Equal((25, 2, 23000L, Latency.Missing), (outcome.Records[0].Line, outcome.Records[0].LastStage, outcome.Records[0].Delay2, outcome.Records[0].Delay3));
        AssertQ0(outcome.Records[1], line: 52);
        LogText.AssertTally(text, outcome.Tally, parsed: 11, noise: 45, malformed: 0);
    }

    /// <summary>The same lines at another uptime.</summary>
    internal static string At(string text, string stamp) => text.Replace(Uptime, stamp, StringComparison.Ordinal);

    internal static void AssertQ1(TunChainRecord record, int line)
    {
        Assert.Equal((line, 5), (record.Line, record.LastStage));
        Assert.Equal(("vnet2", 1), (record.Device, record.Queue));
        Assert.Equal((8, 22804, 1), (record.IcmpType, record.IcmpId, record.Sequence));
        Assert.Equal((0x0A008291u, 0x0A00828Fu), (record.Source, record.Destination));
        Assert.Equal(2_628_800_123_000_000, record.UptimeNanoseconds);
        Assert.Equal((23000, 5000, 8000, 3000), (record.Delay2, record.Delay3, record.Delay4, record.Delay5));
        Assert.Equal((3000, 34000), (record.S3ToS4, record.Total));
        Assert.Equal((40211, 6, 20), (record.WorkerTid, record.WorkerCpu, record.IrqCpu));
        Assert.True(record.IrqCpuIdle);
        Assert.Equal(SampleFlags.First, record.Flags);
    }

    internal static void AssertQ0(TunChainRecord record, int line)
    {
        Assert.Equal((line, 5), (record.Line, record.LastStage));
        Assert.Equal(("vnet2", 0), (record.Device, record.Queue));
        Assert.Equal((8, 22804, 2), (record.IcmpType, record.IcmpId, record.Sequence));
        Assert.Equal(2_628_800_123_000_000, record.UptimeNanoseconds);
        Assert.Equal((105000, 6000, 10000, 2000), (record.Delay2, record.Delay3, record.Delay4, record.Delay5));
        Assert.Equal((4000, 117000), (record.S3ToS4, record.Total));
        Assert.Equal((40210, 7, 22), (record.WorkerTid, record.WorkerCpu, record.IrqCpu));
        Assert.False(record.IrqCpuIdle);
        Assert.Equal(SampleFlags.None, record.Flags);
    }
}
