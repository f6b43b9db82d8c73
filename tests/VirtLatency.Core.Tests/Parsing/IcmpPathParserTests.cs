using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Flows of icmp_drop_detector.</summary>
public sealed class IcmpPathParserTests
{
    private const string Whole = IcmpPathText.SenderHeader + IcmpPathText.First + IcmpPathText.Second;
    private const string LatencyLine = "  Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2\n";
    private const string CompleteMark = "2026-01-09 10:21:03.119 [complete] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y\n";

    [Fact]
    public void SenderHost_WholeLog_EveryValue()
    {
        string text = Whole + IcmpPathText.Footer;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertFirst(outcome.Records[0], line: 19);
        AssertSecond(outcome.Records[1], line: 25);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 11, noise: 25, malformed: 0);
        Assert.Equal(1, outcome.Facts.RunCount);
        Assert.Equal(LogTool.IcmpDropDetector, outcome.Facts.Tool);
        Assert.Equal("10.0.130.145", outcome.Facts.Source);
        Assert.Equal("10.0.130.143", outcome.Facts.Destination);
        Assert.Equal(["vnet5"], outcome.Facts.ReceiveInterfaces);
        Assert.Equal(["ens4f0", "ens4f1"], outcome.Facts.TransmitInterfaces);
        Assert.Equal(HostRole.Sender, HostRoles.OfInterfaces(outcome.Facts));
    }

    [Fact]
    public void ReceiverHost_Header_TellsTheRole()
    {
        LogFacts facts = Reading.IcmpPath(IcmpPathText.ReceiverHeader + IcmpPathText.First).Facts;

        Assert.Equal(["ens4f0", "ens4f1"], facts.ReceiveInterfaces);
        Assert.Equal(["vnet2"], facts.TransmitInterfaces);
        Assert.Equal(HostRole.Receiver, HostRoles.OfInterfaces(facts));
    }

    [Fact]
    public void OldHeader_Singular_TellsTheRole()
    {
        string header = IcmpPathText.SenderHeader
            .Swap("RX Interface(s): vnet5(ifindex=14)", "RX Interface: vnet5 (ifindex=14)")
            .Swap("TX Interface(s): ens4f0(ifindex=4), ens4f1(ifindex=5)", "TX Interface: ens4f0 (ifindex=4)");

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(header + IcmpPathText.First);

        Assert.Equal(HostRole.Sender, HostRoles.OfInterfaces(outcome.Facts));
        AssertFirst(Assert.Single(outcome.Records), line: 19);
        Assert.Equal(0, outcome.Tally.Malformed);
    }

    [Theory]
    [InlineData("vnet5(ifindex=14)", "bond0(ifindex=14)")]
    [InlineData("ens4f0(ifindex=4), ens4f1(ifindex=5)", "vnet7(ifindex=4)")]
    public void NoTapOrTwo_NoRole(string old, string replacement)
    {
        Assert.Null(HostRoles.OfInterfaces(Reading.IcmpPath(IcmpPathText.SenderHeader.Swap(old, replacement)).Facts));
    }

    [Fact]
    public void NoHeader_IsRunOneWithoutRole()
    {
        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(IcmpPathText.First);

        AssertFirst(Assert.Single(outcome.Records), line: 4);
        Assert.Equal(1, outcome.Facts.RunCount);
        Assert.Null(HostRoles.OfInterfaces(outcome.Facts));
    }

    [Theory]
    [InlineData("ReqRX:- ReqTX:Y RepRX:Y RepTX:Y", "ReqInternal=0.0  External=137.3  RepInternal=8.8  Total=0.0", null, 137300L, 8800L, null)]
    [InlineData("ReqRX:Y ReqTX:- RepRX:Y RepTX:Y", "ReqInternal=0.0  External=0.0  RepInternal=8.8  Total=159.2", null, null, 8800L, 159200L)]
    [InlineData("ReqRX:Y ReqTX:Y RepRX:- RepTX:Y", "ReqInternal=13.1  External=0.0  RepInternal=0.0  Total=159.2", 13100L, null, null, 159200L)]
    [InlineData("ReqRX:Y ReqTX:Y RepRX:Y RepTX:-", "ReqInternal=13.1  External=137.3  RepInternal=0.0  Total=0.0", 13100L, 137300L, null, null)]
    [InlineData("ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y", "ReqInternal=0.0  External=150.4  RepInternal=8.8  Total=159.2", 0L, 150400L, 8800L, 159200L)]
    public void StageNotSeen_IsMissingNotZero(string marks, string numbers, long? request, long? external, long? reply, long? total)
    {
        string text = IcmpPathText.First
            .Swap(CompleteMark, $"2026-01-09 10:21:03.119 [complete] ID=21973 Seq=1 {marks}\n")
            .Swap(LatencyLine, $"  Latency(us): {numbers}\n");

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        IcmpPathRecord record = Assert.Single(outcome.Records);
        Assert.Equal(request ?? Latency.Missing, record.ReqInternal);
        Assert.Equal(external ?? Latency.Missing, record.External);
        Assert.Equal(reply ?? Latency.Missing, record.RepInternal);
        Assert.Equal(total ?? Latency.Missing, record.Total);
        Assert.Equal(SampleFlags.First, record.Flags);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 2, noise: 4, malformed: 0);
    }

    [Fact]
    public void Negative_IsKeptAndFlagged()
    {
        IcmpPathRecord record = Assert.Single(Reading.IcmpPath(IcmpPathText.Second.Swap("ReqInternal=16.4  External=377.8", "ReqInternal=-2.5  External=396.7")).Records);

        Assert.Equal((-2500, 396700, 13500, 407700), (record.ReqInternal, record.External, record.RepInternal, record.Total));
        Assert.Equal(SampleFlags.Negative, record.Flags);
    }

    [Fact]
    public void UnsignedNegative_IsMissingAndFlagged()
    {
        IcmpPathRecord record = Assert.Single(Reading.IcmpPath(IcmpPathText.Second.Swap("ReqInternal=16.4", "ReqInternal=18446744073709552.0")).Records);

        Assert.Equal(Latency.Missing, record.ReqInternal);
        Assert.Equal((377800, 13500, 407700), (record.External, record.RepInternal, record.Total));
        Assert.Equal(SampleFlags.Wrapped, record.Flags);
    }

    [Fact]
    public void InterleavedFlows_EachLatencyGoesToTheMarkAbove()
    {
        const string text = """
            2026-01-09 10:21:03.119 [new] ID=21973 Seq=1 ReqRX:Y ReqTX:- RepRX:- RepTX:-
            2026-01-09 10:21:03.119 [new] ID=4711 Seq=9 ReqRX:Y ReqTX:- RepRX:- RepTX:-
            2026-01-09 10:21:03.119 [update] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:- RepTX:-
            2026-01-09 10:21:03.119 [update] ID=4711 Seq=9 ReqRX:Y ReqTX:Y RepRX:- RepTX:-
            2026-01-09 10:21:03.120 [complete] ID=4711 Seq=9 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y
              Latency(us): ReqInternal=20.1  External=300.2  RepInternal=10.3  Total=330.6
            --------------------------------------------------------------------------------
            2026-01-09 10:21:03.120 [update] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:-
            2026-01-09 10:21:03.121 [complete] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y
              Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2
            --------------------------------------------------------------------------------

            """;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        Assert.Equal([(4711, 9), (21973, 1)], outcome.Records.Select(record => ((int)record.IcmpId, (int)record.Sequence)));
        Assert.Equal([5, 9], outcome.Records.Select(record => record.Line));
        Assert.Equal([330600, 159200], outcome.Records.Select(record => record.Total));
        Assert.Equal([20100, 13100], outcome.Records.Select(record => record.ReqInternal));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 4, noise: 7, malformed: 0);
    }

    [Fact]
    public void UpdateAfterComplete_AndReusedKey_AreTwoFlows()
    {
        const string update = "2026-01-09 10:21:03.120 [update] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y\n";
        string text = IcmpPathText.First + update + IcmpPathText.First;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        AssertFirst(outcome.Records[0], line: 4);

        // The same id and sequence again is no first packet.
        AssertFirst(outcome.Records[1], line: 11, flags: SampleFlags.None);
        Assert.Equal(2, outcome.Records.Count);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 4, noise: 9, malformed: 0);
    }

    [Fact]
    public void DropBlock_BetweenFlows_BreaksNone()
    {
        string text = IcmpPathText.SenderHeader + IcmpPathText.First + IcmpPathText.Drop + IcmpPathText.Second;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        AssertFirst(outcome.Records[0], line: 19);
        AssertSecond(outcome.Records[1], line: 35);
        Assert.Equal(2, outcome.Records.Count);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 13, noise: 24, malformed: 0);
    }

    [Fact]
    public void LatencyWithoutMark_IsDamage()
    {
        string text = IcmpPathText.First + LatencyLine + IcmpPathText.Second;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        AssertFirst(outcome.Records[0], line: 4);
        AssertSecond(outcome.Records[1], line: 11);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(7, issue.Line);
        Assert.Contains("without a [complete] line", issue.Message, StringComparison.Ordinal);
        LogText.AssertTally(text, outcome.Tally, parsed: 4, noise: 8, malformed: 1);
    }

    [Fact]
    public void MarkWithoutLatency_IsTold()
    {
        string text = IcmpPathText.First.Swap(LatencyLine, string.Empty) + IcmpPathText.Second;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        AssertSecond(Assert.Single(outcome.Records), line: 9);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(4, issue.Line);
        Assert.Contains("no Latency line", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LostLatencyAndLostMark_NeverJoined()
    {
        string text = IcmpPathText.First.Swap(LatencyLine, string.Empty)
            + IcmpPathText.Second.Swap("2026-01-09 10:21:04.122 [complete] ID=21973 Seq=2", "2026-01-09 10:2?:04.122 [complete] ID=21973 Seq=2");

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        Assert.Empty(outcome.Records);
        Assert.NotEmpty(outcome.Issues);
    }

    [Theory]
    [InlineData("ReqInternal=13.1", "ReqInternal=13.x")]
    [InlineData("External=137.3", "External=")]
    [InlineData("RepInternal=8.8", "Reqinternal=8.8")]
    [InlineData("Total=159.2", "Total=159.2 us")]
    [InlineData("Total=159.2", "Total=159.2345")]
    [InlineData("[complete] ID=21973 Seq=1 ReqRX:Y", "[complete] ID=70000 Seq=1 ReqRX:Y")]
    [InlineData("[complete] ID=21973 Seq=1 ReqRX:Y", "[complete] ID=21973 Seq=1 ReqRX:X")]
    [InlineData("[complete] ID=21973 Seq=1 ReqRX:Y", "[complete] ID=21973 Seq=1")]
    public void Damage_LeavesNeighboursExact(string old, string replacement)
    {
        string text = IcmpPathText.Second + IcmpPathText.First.Swap(old, replacement) + IcmpPathText.Second;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        Assert.Equal(2, outcome.Records.Count);
        AssertSecond(outcome.Records[0], line: 4);
        AssertSecond(outcome.Records[1], line: 16);
        Assert.Equal(replacement[0] == '[' ? 10 : 11, outcome.Issues[0].Line);
        Assert.Equal(outcome.Issues[0].Line, outcome.Tally.FirstMalformedLine);
        Assert.Equal(18, outcome.Tally.Total);
    }

    [Fact]
    public void MergedStderr_BetweenFlows_IsCounted()
    {
        string text = IcmpPathText.First + "Possibly lost 3 samples\n" + IcmpPathText.Second;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        AssertFirst(outcome.Records[0], line: 4);
        AssertSecond(outcome.Records[1], line: 11);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 4, noise: 9, malformed: 0);
        Assert.Equal(3, outcome.Facts.LostSampleCount);
    }

    [Fact]
    public void TwoRuns_OneWithoutFooter()
    {
        string run = IcmpPathText.SenderHeader + IcmpPathText.First;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(run + run);

        AssertFirst(outcome.Records[0], line: 19);
        AssertFirst(outcome.Records[1], line: 40, run: 2);
        Assert.Equal(2, outcome.Facts.RunCount);
    }

    [Fact]
    public void MarkAtTheEndOfAKilledRun_TakesNothingFromTheNext()
    {
        int cut = IcmpPathText.First.IndexOf("  Latency", StringComparison.Ordinal);
        string text = IcmpPathText.First[..cut] + IcmpPathText.SenderHeader + IcmpPathText.Second;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        AssertSecond(Assert.Single(outcome.Records), line: 23, run: 2);
        Assert.Equal(4, Assert.Single(outcome.Issues).Line);
    }

    [Fact]
    public void CarriageReturnsAndByteOrderMark_ChangeNothing()
    {
        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath("\uFEFF" + (Whole + IcmpPathText.Footer).WithCarriageReturns());

        AssertFirst(outcome.Records[0], line: 19);
        AssertSecond(outcome.Records[1], line: 25);
        Assert.Equal(["vnet5"], outcome.Facts.ReceiveInterfaces);
        Assert.Equal("10.0.130.143", outcome.Facts.Destination);
        Assert.Equal((11, 25, 0), (outcome.Tally.Parsed, outcome.Tally.Noise, outcome.Tally.Malformed));
    }

    [Fact]
    public void CutAtEveryByte_RightOrAbsent()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        int firstEnd = Whole.IndexOf("Total=159.2\n", StringComparison.Ordinal) + 11;
        int secondEnd = Whole.IndexOf("Total=407.7\n", StringComparison.Ordinal) + 11;
        for (int length = 0; length <= bytes.Length; length++)
        {
            Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(new MemoryStream(bytes, 0, length, writable: false));
            Assert.Equal((length >= firstEnd ? 1 : 0) + (length >= secondEnd ? 1 : 0), outcome.Records.Count);
            if (length >= firstEnd)
            {
                AssertFirst(outcome.Records[0], line: 19);
            }

            if (length >= secondEnd)
            {
                AssertSecond(outcome.Records[1], line: 25);
            }

            Assert.True(outcome.Issues.Count <= 1);
            Assert.Equal(LogText.LineCount(Whole[..length]), outcome.Tally.Total);
        }
    }

    internal static void AssertFirst(IcmpPathRecord record, int line, int run = 1, SampleFlags flags = SampleFlags.First)
    {
        Assert.Equal((line, run), (record.Line, record.Run));
        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 3, 119), record.Timestamp);
        Assert.Equal((21973, 1), (record.IcmpId, record.Sequence));
        Assert.Equal((13100, 137300, 8800, 159200), (record.ReqInternal, record.External, record.RepInternal, record.Total));
        Assert.Equal(flags, record.Flags & ~LogText.Repeated);
    }

    internal static void AssertSecond(IcmpPathRecord record, int line, int run = 1)
    {
        Assert.Equal((line, run), (record.Line, record.Run));
        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 4, 122), record.Timestamp);
        Assert.Equal((21973, 2), (record.IcmpId, record.Sequence));
        Assert.Equal((16400, 377800, 13500, 407700), (record.ReqInternal, record.External, record.RepInternal, record.Total));
        Assert.Equal(SampleFlags.None, record.Flags & ~LogText.Repeated);
    }
}
