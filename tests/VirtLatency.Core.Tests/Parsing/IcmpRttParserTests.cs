using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Whole records of kernel_icmp_rtt.</summary>
public sealed class IcmpRttParserTests
{
    [Fact]
    public void Tx_WholeRecords_EveryValue()
    {
        string text = IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.TxSecond + IcmpRttText.Footer;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertFirst(outcome.Records[0], line: 20);
        AssertSecond(outcome.Records[1], line: 46);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 23, noise: 50, malformed: 0);
        Assert.Equal(0, outcome.Tally.FirstMalformedLine);
    }

    [Fact]
    public void Tx_Header_IsTold()
    {
        LogFacts facts = Reading.IcmpRtt(IcmpRttText.TxHeader).Facts;

        Assert.Equal(LogTool.KernelIcmpRtt, facts.Tool);
        Assert.Equal("Tx", facts.Direction);
        Assert.Equal("10.0.130.145", facts.Source);
        Assert.Equal("10.0.130.143", facts.Destination);
        Assert.Equal(1, facts.RunCount);
        Assert.False(facts.IsThresholdBiased);
    }

    [Fact]
    public void Rx_WholeRecord_EveryValue()
    {
        string text = IcmpRttText.RxHeader + IcmpRttText.RxSeventh + IcmpRttText.FooterWithCounters;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttRecord record = Assert.Single(outcome.Records);
        Assert.Equal(17, record.Line);
        Assert.Equal(1, record.Run);
        Assert.False(record.IsTx);
        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 9, 902), record.Timestamp);
        Assert.Equal(0x0A008291u, record.Source);
        Assert.Equal(0x0A00828Fu, record.Destination);
        Assert.Equal((21973, 7), (record.IcmpId, record.Sequence));
        Assert.Equal(8272, record.Stage0To1);
        Assert.Equal(15365, record.Stage1To2);
        Assert.Equal(23637, record.Path1);
        Assert.Equal(5505, record.InterPath);
        Assert.Equal(5480, record.Stage4To5);
        Assert.Equal(5480, record.Path2);
        Assert.Equal(34622, record.TotalRtt);
        Assert.Equal(Latency.Missing, record.Stage0To2);
        Assert.Equal(Latency.Missing, record.Stage3To4);
        Assert.Equal(Latency.Missing, record.Stage3To5);
        Assert.Equal(2, record.Path2Cpu);
        Assert.True(record.Path2Idle);
        Assert.Equal(SampleFlags.None, record.Flags);
        Assert.Equal("Rx", outcome.Facts.Direction);
        Assert.True(outcome.Facts.IsThresholdBiased);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 15, noise: 35, malformed: 0);
    }

    [Fact]
    public void Rx_BuildWithoutIpRcv_OneStagePerPath()
    {
        string text = IcmpRttText.RxSeventh
            .Swap("  [0->1] P1:S0 (__netif_receive_skb)              -> P1:S1 (ip_rcv)                          :   8.272 us\n", string.Empty)
            .Swap(
                "  [1->2] P1:S1 (ip_rcv)                           -> P1:S2 (icmp_rcv)                        :  15.365 us",
                "  [0->2] P1 (netif_receive_skb)                   -> P1 (icmp_rcv)                           :  23.637 us");

        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(text).Records);

        Assert.Equal(23637, record.Stage0To2);
        Assert.Equal(Latency.Missing, record.Stage0To1);
        Assert.Equal(Latency.Missing, record.Stage1To2);
        Assert.Equal((23637, 5505, 5480, 34622), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
    }

    [Fact]
    public void Tx_BuildWithoutIpRcv_OneStagePerPath()
    {
        string text = IcmpRttText.TxFirst
            .Swap("  [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :   4.245 us\n", string.Empty)
            .Swap(
                "  [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :   9.908 us",
                "  [3->5] P2 (netif_receive_skb)                   -> P2 (icmp_rcv)                           :  14.153 us");

        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(text).Records);

        Assert.Equal(14153, record.Stage3To5);
        Assert.Equal(Latency.Missing, record.Stage3To4);
        Assert.Equal(Latency.Missing, record.Stage4To5);
        Assert.Equal((20839, 183666, 14153, 218658), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
    }

    [Fact]
    public void RecordWithoutHeader_IsRunOne()
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(IcmpRttText.TxFirst);

        AssertFirst(Assert.Single(outcome.Records), line: 2);
        Assert.Equal(1, outcome.Facts.RunCount);
        Assert.Equal("Tx", outcome.Facts.Direction);
        Assert.Null(outcome.Facts.Source);
        LogText.AssertTally(IcmpRttText.TxFirst, outcome.Tally, parsed: 10, noise: 16, malformed: 0);
    }

    [Fact]
    public void TitleWithoutMilliseconds_IsRead()
    {
        string text = IcmpRttText.TxFirst.Swap("10:21:03.119", "10:21:03");

        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 3), Assert.Single(Reading.IcmpRtt(text).Records).Timestamp);
    }

    [Theory]
    [InlineData("(ID: 21973, Seq: 1)", "(ID: 0, Seq: 0)", 0, 0)]
    [InlineData("(ID: 21973, Seq: 1)", "(ID: 65535, Seq: 65535)", 65535, 65535)]
    public void IdAndSequence_WholeRange(string old, string replacement, int id, int sequence)
    {
        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(IcmpRttText.TxFirst.Swap(old, replacement)).Records);

        Assert.Equal((id, sequence), (record.IcmpId, record.Sequence));
        Assert.Equal(SampleFlags.None, record.Flags);
    }

    [Fact]
    public void WideNumbers_AreRead()
    {
        string text = IcmpRttText.TxFirst
            .Swap("Total RTT (Path1 Start to Path2 End): 218.658 us", "Total RTT (Path1 Start to Path2 End): 3000218.658 us")
            .Swap("Inter-Path Latency (P1 end -> P2 start): 183.666 us", "Inter-Path Latency (P1 end -> P2 start): 3000183.666 us");

        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(text).Records);

        Assert.Equal(3_000_218_658, record.TotalRtt);
        Assert.Equal(3_000_183_666, record.InterPath);
    }

    [Theory]
    [InlineData("COMM=swapper/1    IF=ens4       ", "COMM=tokio worker IF=ens4       ", -1)]
    [InlineData("COMM=swapper/1    IF=ens4       ", "COMM=a IF=eth9 b  IF=ens4       ", -1)]
    [InlineData("COMM=swapper/1    IF=ens4       ", "COMM=x: PID=77    IF=ens4       ", -1)]
    [InlineData("COMM=swapper/1    IF=ens4       ", "COMM=vhost-40150  IF=ens4       ", -1)]
    [InlineData("COMM=swapper/1    IF=ens4       ", "COMM=swapper/127  IF=bond0.1234 ", 127)]
    [InlineData("COMM=swapper/1    IF=ens4       ", "COMM=             IF=           ", -1)]
    public void TaskNames_HoldAnything(string old, string replacement, int cpu)
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(IcmpRttText.TxFirst.Swap(old, replacement));

        IcmpRttRecord record = Assert.Single(outcome.Records);
        Assert.Equal(cpu, record.Path2Cpu);
        Assert.True(record.Path2Idle);
        Assert.Equal(218658, record.TotalRtt);
        LogText.AssertTally(IcmpRttText.TxFirst, outcome.Tally, parsed: 10, noise: 16, malformed: 0);
    }

    [Fact]
    public void Stacks_AreNoise()
    {
        string text = IcmpRttText.TxHeader
            + IcmpRttText.TxFirst.Swap("183.666 us\n", "183.666 us\n" + IcmpRttText.Stacks)
            + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        AssertFirst(outcome.Records[0], line: 20);
        AssertSecond(outcome.Records[1], line: 60);
        LogText.AssertTally(text, outcome.Tally, parsed: 23, noise: 61, malformed: 0);
    }

    [Fact]
    public void CarriageReturns_ChangeNothing()
    {
        string text = (IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.TxSecond).WithCarriageReturns();

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        AssertFirst(outcome.Records[0], line: 20);
        AssertSecond(outcome.Records[1], line: 46);
        LogText.AssertTally(text, outcome.Tally, parsed: 23, noise: 47, malformed: 0);
    }

    [Fact]
    public void ByteOrderMark_IsNoPartOfTheFirstLine()
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt("\uFEFF" + IcmpRttText.TxHeader + IcmpRttText.TxFirst);

        Assert.Equal(1, outcome.Facts.RunCount);
        AssertFirst(Assert.Single(outcome.Records), line: 20);
        Assert.Equal(0, outcome.Tally.Malformed);
    }

    [Fact]
    public void TwoRuns_IdsMayRepeat()
    {
        string run = IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.Footer;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(run + run);

        Assert.Equal(2, outcome.Facts.RunCount);
        AssertFirst(outcome.Records[0], line: 20);
        AssertFirst(outcome.Records[1], line: 67, run: 2);
        Assert.Empty(outcome.Issues);
    }

    [Fact]
    public void EmptyText_NothingAtAll()
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(string.Empty);

        Assert.Empty(outcome.Records);
        Assert.Empty(outcome.Issues);
        Assert.Equal(0, outcome.Facts.RunCount);
        LogText.AssertTally(string.Empty, outcome.Tally, parsed: 0, noise: 0, malformed: 0);
    }

    internal static void AssertFirst(IcmpRttRecord record, int line, int run = 1)
    {
        Assert.Equal((line, run), (record.Line, record.Run));
        Assert.True(record.IsTx);
        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 3, 119), record.Timestamp);
        Assert.Equal((0x0A008291u, 0x0A00828Fu), (record.Source, record.Destination));
        Assert.Equal((21973, 1), (record.IcmpId, record.Sequence));
        Assert.Equal((20839, 183666, 14153, 218658), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
        Assert.Equal((20839, 4245, 9908), (record.Stage0To1, record.Stage3To4, record.Stage4To5));
        Assert.Equal((Latency.Missing, Latency.Missing, Latency.Missing), (record.Stage1To2, record.Stage0To2, record.Stage3To5));
        Assert.Equal(1, record.Path2Cpu);
        Assert.True(record.Path2Idle);
        Assert.Equal(SampleFlags.First, record.Flags);
    }

    internal static void AssertSecond(IcmpRttRecord record, int line, int run = 1)
    {
        Assert.Equal((line, run), (record.Line, record.Run));
        Assert.True(record.IsTx);
        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 4, 121), record.Timestamp);
        Assert.Equal((0x0A008291u, 0x0A00828Fu), (record.Source, record.Destination));
        Assert.Equal((21973, 2), (record.IcmpId, record.Sequence));
        Assert.Equal((12001, 520244, 17446, 549691), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
        Assert.Equal((12001, 5233, 12213), (record.Stage0To1, record.Stage3To4, record.Stage4To5));
        Assert.Equal((Latency.Missing, Latency.Missing, Latency.Missing), (record.Stage1To2, record.Stage0To2, record.Stage3To5));
        Assert.Equal(3, record.Path2Cpu);
        Assert.False(record.Path2Idle);
        Assert.Equal(SampleFlags.None, record.Flags & ~LogText.Repeated);
    }
}
