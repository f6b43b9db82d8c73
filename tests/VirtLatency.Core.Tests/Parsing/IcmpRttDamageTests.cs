using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Missing stages, damage, foreign lines and files that end early, for kernel_icmp_rtt.</summary>
public sealed class IcmpRttDamageTests
{
    private const string Stage34 = "  [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :   4.245 us";
    private const string Stage34Missing = "  [3->4] P2:S0 (__netif_receive_skb)              -> P2:S1 (ip_rcv)                          :    N/A  us";
    private const string Stage45 = "  [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :   9.908 us";
    private const string Stage45Missing = "  [4->5] P2:S1 (ip_rcv)                           -> P2:S2 (icmp_rcv)                        :    N/A  us";
    private const string Whole = IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.TxSecond;

    [Fact]
    public void Tx_PathTwoStartMissing_RoundTripStays()
    {
        string text = IcmpRttText.TxFirst.Swap(Stage34, Stage34Missing).WithoutLine("  Total Path 2:").WithoutLine("Inter-Path Latency");

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttRecord record = Assert.Single(outcome.Records);
        Assert.Equal((20839, 218658), (record.Path1, record.TotalRtt));
        Assert.Equal((Latency.Missing, Latency.Missing), (record.Path2, record.InterPath));
        Assert.Equal((Latency.Missing, 9908), (record.Stage3To4, record.Stage4To5));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 8, noise: 16, malformed: 0);
    }

    [Fact]
    public void Tx_IpRcvNotCalled_TotalsStay()
    {
        string text = IcmpRttText.TxFirst.Swap(Stage34, Stage34Missing).Swap(Stage45, Stage45Missing);

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttRecord record = Assert.Single(outcome.Records);
        Assert.Equal((20839, 183666, 14153, 218658), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
        Assert.Equal((Latency.Missing, Latency.Missing), (record.Stage3To4, record.Stage4To5));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 10, noise: 16, malformed: 0);
    }

    [Fact]
    public void Rx_IpRcvNotCalled_TotalsStay()
    {
        string text = IcmpRttText.RxSeventh
            .Swap("P1:S1 (ip_rcv)                          :   8.272 us", "P1:S1 (ip_rcv)                          :    N/A  us")
            .Swap("P1:S2 (icmp_rcv)                        :  15.365 us", "P1:S2 (icmp_rcv)                        :    N/A  us");

        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(text).Records);

        Assert.Equal((23637, 5505, 5480, 34622), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
        Assert.Equal((Latency.Missing, Latency.Missing), (record.Stage0To1, record.Stage1To2));
    }

    [Theory]
    [InlineData("Total RTT (")]
    [InlineData("Inter-Path Latency")]
    public void LostTotal_LeavesTheRecordOut(string beginning)
    {
        string text = IcmpRttText.TxFirst.WithoutLine(beginning) + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttParserTests.AssertSecond(Assert.Single(outcome.Records), line: 27);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(2, issue.Line);
        Assert.Contains("one of its totals is missing", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NegativeDifference_IsKeptAndFlagged()
    {
        string text = IcmpRttText.TxFirst
            .Swap("P2:S1 (ip_rcv)                          :   4.245 us", "P2:S1 (ip_rcv)                          :  -1.500 us")
            .Swap("P2:S2 (icmp_rcv)                        :   9.908 us", "P2:S2 (icmp_rcv)                        :  15.653 us");

        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(text).Records);

        Assert.Equal((-1500, 15653, 14153), (record.Stage3To4, record.Stage4To5, record.Path2));
        Assert.Equal(SampleFlags.First | SampleFlags.Negative, record.Flags);
    }

    [Theory]
    [InlineData("Inter-Path Latency (P1 end -> P2 start): 183.666 us", "Inter-Path Latency (P1 end -> P2 start): 18446744073709552.000 us")]
    [InlineData("Inter-Path Latency (P1 end -> P2 start): 183.666 us", "Inter-Path Latency (P1 end -> P2 start): 18446744073709550.000 us")]
    public void UnsignedNegative_IsMissingAndFlagged(string old, string replacement)
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(IcmpRttText.TxSecond.Swap(old.Replace("183.666", "520.244", StringComparison.Ordinal), replacement));

        IcmpRttRecord record = Assert.Single(outcome.Records);
        Assert.Equal(Latency.Missing, record.InterPath);
        Assert.Equal((12001, 17446, 549691), (record.Path1, record.Path2, record.TotalRtt));
        Assert.Equal(SampleFlags.Wrapped, record.Flags);
        Assert.Empty(outcome.Issues);
    }

    [Fact]
    public void UnsignedNegativeTotal_KeepsTheRecord()
    {
        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(IcmpRttText.TxSecond.Swap("549.691 us", "18446744073709552.000 us")).Records);

        Assert.Equal(Latency.Missing, record.TotalRtt);
        Assert.Equal(520244, record.InterPath);
        Assert.Equal(SampleFlags.Wrapped, record.Flags);
    }

    [Fact]
    public void MergedStderr_IsCountedAndLeftOut()
    {
        const string noise = """
            Possibly lost 3 samples
            /virtual/main.c:14:9: warning: '__HAVE_BUILTIN_BSWAP32__' macro redefined [-Wmacro-redefined]
                    ^

            """;
        string text = IcmpRttText.TxHeader
            + IcmpRttText.TxFirst
                .Swap("Path 1 Latencies (us):\n", "Path 1 Latencies (us):\n" + noise)
                .Swap("Total RTT (", "Possibly lost 12 samples\nTotal RTT (")
            + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttParserTests.AssertFirst(outcome.Records[0], line: 20);
        IcmpRttParserTests.AssertSecond(outcome.Records[1], line: 50);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 23, noise: 51, malformed: 0);
        Assert.Equal(15, outcome.Facts.LostSampleCount);
    }

    [Theory]
    [InlineData("P1:S1 (dev_queue_xmit)                  :  20.839 us", "P1:S1 (dev_queue_xmit)                  :  20.8x9 us")]
    [InlineData("P1:S1 (dev_queue_xmit)                  :  20.839 us", "P1:S1 (dev_queue_xmit)                  :  20.8390 us")]
    [InlineData("P1:S1 (dev_queue_xmit)                  :  20.839 us", "P1:S1 (dev_queue_xmit)                  :  20.839 u")]
    [InlineData("P1:S1 (dev_queue_xmit)                  :  20.839 us", "P1:S1 (dev_queue_xmit)                  :  20.839")]
    [InlineData("P1:S1 (dev_queue_xmit)                  :  20.839 us", "P1:S1 (dev_queue_xmit)                  :  us")]
    [InlineData("  Total Path 2:  14.153 us", "  Total Path 2:  14,153 us")]
    [InlineData("End): 218.658 us", "End): 218. us")]
    [InlineData("End): 218.658 us", "End): 2\u00058.658 us")]
    [InlineData("start): 183.666 us", "start): 183.666 us183.666 us")]
    public void DamagedCell_LeavesItsRecordOutOnly(string old, string replacement)
    {
        string text = IcmpRttText.TxSecond + IcmpRttText.TxFirst.Swap(old, replacement) + IcmpRttText.RxSeventh;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        Assert.Equal([2, 7], outcome.Records.Select(record => (int)record.Sequence));
        IcmpRttParserTests.AssertSecond(outcome.Records[0], line: 2);
        Assert.Equal((54, 34622), (outcome.Records[1].Line, outcome.Records[1].TotalRtt));
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(LogText.LineOf(text, replacement), issue.Line);
        Assert.Contains("the record is left out", issue.Message, StringComparison.Ordinal);
        LogText.AssertTally(text, outcome.Tally, parsed: 30, noise: 47, malformed: 1);
        Assert.Equal(issue.Line, outcome.Tally.FirstMalformedLine);
    }

    [Theory]
    [InlineData("Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 1)", "Session: 10.0.130.145 -> 10.0.130.143 (ID: 65536, Seq: 1)")]
    [InlineData("Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 1)", "Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 1")]
    [InlineData("Session: 10.0.130.145 -> 10.0.130.143 (ID: 21973, Seq: 1)", "Session: 10.0.130.145 -> 10.0.130.256 (ID: 21973, Seq: 1)")]
    [InlineData("=== ICMP RTT Trace: 2026-01-09 10:21:03.119 (TX (Local -> Remote)) ===", "=== ICMP RTT Trace: 2026-02-30 10:21:03.119 (TX (Local -> Remote)) ===")]
    [InlineData("=== ICMP RTT Trace: 2026-01-09 10:21:03.119 (TX (Local -> Remote)) ===", "=== ICMP RTT Trace: 2026-01-09 10:21:03.119")]
    public void DamagedTitleOrSession_LeavesTheRecordOut(string old, string replacement)
    {
        string text = IcmpRttText.TxFirst.Swap(old, replacement) + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttParserTests.AssertSecond(Assert.Single(outcome.Records), line: 28);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(LogText.LineOf(text, replacement + "\n"), issue.Line);
        Assert.Equal(1, outcome.Tally.Malformed);
    }

    [Fact]
    public void LostSession_LeavesTheRecordOut()
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(IcmpRttText.TxFirst.WithoutLine("Session: ") + IcmpRttText.TxSecond);

        IcmpRttParserTests.AssertSecond(Assert.Single(outcome.Records), line: 27);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(2, issue.Line);
        Assert.Contains("Session line is missing", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordOfKilledRun_NotMixedWithTheNextRun()
    {
        int cut = IcmpRttText.TxFirst.IndexOf("Path 2 Latencies", StringComparison.Ordinal);
        string text = IcmpRttText.TxHeader + IcmpRttText.TxFirst[..cut] + IcmpRttText.TxHeader + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttParserTests.AssertSecond(Assert.Single(outcome.Records), line: 55, run: 2);
        Assert.Equal(2, outcome.Facts.RunCount);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(20, issue.Line);
        Assert.Contains("a new run begins inside it", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CutAtEveryByte_RightOrAbsent()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        int firstEnd = IcmpRttText.TxHeader.Length + IcmpRttText.TxFirst.Length - 2;
        int secondEnd = bytes.Length - 2;
        for (int length = 0; length <= bytes.Length; length++)
        {
            AssertCut(bytes, length, Math.Min(length / firstEnd, 1) + (length >= secondEnd ? 1 : 0));
        }
    }

    [Fact]
    public void CutAtEveryByte_WithStacksAndCarriageReturns_RightOrAbsent()
    {
        string first = IcmpRttText.TxFirst.Swap("183.666 us\n", "183.666 us\n" + IcmpRttText.Stacks).WithCarriageReturns();
        byte[] bytes = Encoding.UTF8.GetBytes(IcmpRttText.TxHeader.WithCarriageReturns() + first + IcmpRttText.TxSecond.WithCarriageReturns());
        int firstEnd = IcmpRttText.TxHeader.WithCarriageReturns().Length + first.Length - 4;
        for (int length = 0; length <= bytes.Length; length++)
        {
            Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(new MemoryStream(bytes, 0, length, writable: false));
            Assert.Equal(length >= firstEnd, outcome.Records.Count > 0);
            if (outcome.Records.Count > 0)
            {
                IcmpRttParserTests.AssertFirst(outcome.Records[0], line: 20);
            }

            if (outcome.Records.Count > 1)
            {
                IcmpRttParserTests.AssertSecond(outcome.Records[1], line: 60);
            }
        }
    }

    private static void AssertCut(byte[] bytes, int length, int records)
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(new MemoryStream(bytes, 0, length, writable: false));
        Assert.Equal(records, outcome.Records.Count);
        if (records > 0)
        {
            IcmpRttParserTests.AssertFirst(outcome.Records[0], line: 20);
        }

        if (records > 1)
        {
            IcmpRttParserTests.AssertSecond(outcome.Records[1], line: 46);
        }

        Assert.True(outcome.Issues.Count <= 1);
        Assert.Equal(LogText.LineCount(Encoding.UTF8.GetString(bytes, 0, length)), outcome.Tally.Total);
    }
}
