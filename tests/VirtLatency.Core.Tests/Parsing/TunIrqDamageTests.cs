using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Incomplete chains, foreign interrupts, damage and files that end early, for tun_tx_to_kvm_irq.</summary>
public sealed class TunIrqDamageTests
{
    private const string Later = "1970-01-31 10:13:20.623";

    [Fact]
    public void OverwrittenStage1_StaysAlone_TheChainIsTheLastOnes()
    {
        string text = TunIrqText.Q1Stage1.Swap("seq=1\n", "seq=9\n") + TunIrqText.Q1Chain;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        TunChainRecord alone = outcome.Records[0];
        Assert.Equal((1, 1, 9, 20), (alone.Line, alone.LastStage, alone.Sequence, alone.IrqCpu));
        Assert.Equal((Latency.Missing, Latency.Missing, Latency.Missing), (alone.Delay2, alone.S1ToS4, alone.Total));
        Assert.Equal((-1, -1), (alone.WorkerTid, alone.WorkerCpu));
        TunIrqParserTests.AssertQ1(outcome.Records[1], line: 2);
        LogText.AssertTally(text, outcome.Tally, parsed: 6, noise: 0, malformed: 0);
    }

    /// <summary>A compiler's note in a line makes it stderr's, also where it stands where a packet does.</summary>
    [Fact]
    public void ANoteBehindTheWordIcmp_IsStillANote()
    {
        string text = TunIrqText.Q1Chain + TunIrqText.Q1Stage1.Swap(" ICMP ", " ICMP : note: ");

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Single(outcome.Records);
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 1, malformed: 0);
    }

    [Fact]
    public void OrphanStage1_AtTheEnd_IsKept()
    {
        TunChainRecord alone = Reading.TunIrq(TunIrqText.Q0Chain + TunIrqText.Q1Stage1).Records[1];

        Assert.Equal((6, 1, 1), (alone.Line, alone.LastStage, alone.Sequence));
        Assert.Equal((Latency.Missing, Latency.Missing), (alone.S1ToS4, alone.Total));
    }

    [Fact]
    public void Stage1TooOldForItsDelay_IsNotJoined()
    {
        string text = TunIrqText.Q1Stage1
            + TunIrqParserTests.At(TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5, Later);

        IReadOnlyList<TunChainRecord> records = Reading.TunIrq(text).Records;

        Assert.Equal([(-1, 5), (8, 1)], records.Select(record => (record.IcmpType, record.LastStage)));
        Assert.Equal(34000, records[0].Total);
    }

    [Fact]
    public void OtherSocket_IsNotJoined()
    {
        string text = TunIrqText.Q1Stage1.Swap("Sock(tfile)=0xffff8f3d5a2b0840", "Sock(tfile)=0xffff8f3d5a2b0fff") + TunIrqText.Q1Stage2;

        Assert.Equal([(-1, 2), (8, 1)], Reading.TunIrq(text).Records.Select(record => (record.IcmpType, record.LastStage)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ChainEndsEarly_LaterStagesAreMissing(int last)
    {
        string[] lines = [TunIrqText.Q1Stage1, TunIrqText.Q1Stage2, TunIrqText.Q1Stage3, TunIrqText.Q1Stage4];
        string text = string.Concat(lines[..last]) + TunIrqParserTests.At(TunIrqText.Q1Chain, Later);

        IReadOnlyList<TunChainRecord> records = Reading.TunIrq(text).Records;

        TunChainRecord incomplete = Assert.Single(records, record => record.Line == 1);
        Assert.Equal((last, 1), (incomplete.LastStage, incomplete.Sequence));
        Assert.Equal(23000, incomplete.Delay2);
        Assert.Equal(last >= 3 ? 5000 : Latency.Missing, incomplete.Delay3);
        Assert.Equal(last >= 4 ? 8000 : Latency.Missing, incomplete.Delay4);
        Assert.Equal(last >= 4 ? 3000 : Latency.Missing, incomplete.S3ToS4);
        Assert.Equal(last >= 4 ? 31000 : Latency.Missing, incomplete.S1ToS4);
        Assert.Equal((Latency.Missing, Latency.Missing, Latency.Missing), (incomplete.Delay5, incomplete.Total, incomplete.PrintedSum));
        Assert.Equal(34000, Assert.Single(records, record => record.LastStage == 5).Total);
    }

    [Fact]
    public void Stage3Missing_TotalsStay()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5).Records);

        Assert.Equal((Latency.Missing, Latency.Missing, Latency.Missing), (record.Delay3, record.S3ToS4, record.PrintedSum));
        Assert.Equal((31000, 34000), (record.S1ToS4, record.Total));
    }

    [Fact]
    public void Stage4Missing_Stage5BelongsToNothing()
    {
        string text = TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage5;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((3, Latency.Missing, Latency.Missing), (record.LastStage, record.Delay5, record.Total));
        LogText.AssertTally(text, outcome.Tally, parsed: 3, noise: 1, malformed: 0);
    }

    [Fact]
    public void Stage2WithoutDelay_TotalIsMissing()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Chain.Swap(" Delay=0.023ms", string.Empty)).Records);

        Assert.Equal((5, 1), (record.LastStage, record.Sequence));
        Assert.Equal((Latency.Missing, Latency.Missing, Latency.Missing), (record.Delay2, record.S1ToS4, record.Total));
        Assert.Equal((5000, 3000, 3000), (record.Delay3, record.S3ToS4, record.Delay5));
    }

    [Theory]
    [InlineData("Delay=0.003ms CPU=6 PID=40211 COMM=vhost-40150", "Delay=0.003ms CPU=9 PID=40211 COMM=vhost-40150")]
    [InlineData("Delay=0.003ms CPU=6 PID=40211 COMM=vhost-40150", "Delay=0.003ms CPU=6 PID=771 COMM=CPU 0/KVM")]
    public void Stage5_OfAnotherTask_IsIgnored(string old, string replacement)
    {
        string text = TunIrqText.Q1Chain.Swap(old, replacement);

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((4, Latency.Missing, Latency.Missing, 31000L), (record.LastStage, record.Delay5, record.Total, record.S1ToS4));
        Assert.Equal(SampleFlags.First, record.Flags);
        LogText.AssertTally(text, outcome.Tally, parsed: 4, noise: 1, malformed: 0);
    }

    [Fact]
    public void Stage5_OfAKernelWorker_WithoutStage4_IsIgnored()
    {
        string text = TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3
            + TunIrqText.Q1Stage5.Swap("CPU=6 PID=40211 COMM=vhost-40150", "CPU=3 PID=812 COMM=kworker/3:1");

        TunChainRecord record = Assert.Single(Reading.TunIrq(text).Records);

        Assert.Equal((3, Latency.Missing, SampleFlags.First), (record.LastStage, record.Delay5, record.Flags));
    }

    [Fact]
    public void SecondStage5_BeforeALateStage1_ChangesNothing()
    {
        string second = TunIrqText.Q1Stage5.Swap("Delay=0.003ms", "Delay=0.900ms");
        string text = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5 + second + TunIrqText.Q1Stage1;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        TunIrqParserTests.AssertQ1(Assert.Single(outcome.Records), line: 1);
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 1, malformed: 0);
    }

    [Fact]
    public void Stage5_OfAnotherTaskFirst_ThenTheRightOne()
    {
        string foreign = TunIrqText.Q1Stage5.Swap("Delay=0.003ms CPU=6", "Delay=0.001ms CPU=9");
        string text = TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + foreign + TunIrqText.Q1Stage5;

        TunIrqParserTests.AssertQ1(Assert.Single(Reading.TunIrq(text).Records), line: 1);
    }

    [Fact]
    public void Stage5_OfAKernelWorker_IsKeptAndFlagged()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Chain.Swap(
            "Delay=0.003ms CPU=6 PID=40211 COMM=vhost-40150", "Delay=0.040ms CPU=3 PID=812 COMM=kworker/3:1")).Records);

        Assert.Equal((5, 40000L, 71000L), (record.LastStage, record.Delay5, record.Total));
        Assert.Equal(SampleFlags.First | SampleFlags.DeferredInterrupt, record.Flags);
        Assert.Equal((40211, 6), (record.WorkerTid, record.WorkerCpu));
    }

    [Theory]
    [InlineData("20.124", "Delay=1.000ms", 1_000_000L, SampleFlags.First)]
    [InlineData("20.124", "Delay=1.001ms", 1_001_000L, SampleFlags.First | SampleFlags.LateInterrupt)]
    [InlineData("20.536", "Delay=412.730ms", 412_730_000L, SampleFlags.First | SampleFlags.LateInterrupt)]
    public void Stage5_AboveOneMillisecond_IsFlagged(string time, string delay, long nanoseconds, SampleFlags flags)
    {
        string late = TunIrqText.Q1Stage5.Swap("20.123", time).Swap("Delay=0.003ms", delay);
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + late).Records);

        Assert.Equal((nanoseconds, 31000 + nanoseconds), (record.Delay5, record.Total));
        Assert.Equal(flags, record.Flags);
    }

    [Theory]
    [InlineData("Delay=0.005ms", "Delay=0.0x5ms")]
    [InlineData("Delay=0.005ms", "Delay=0.005us")]
    [InlineData("Delay=0.005ms", "Delay=0.0050ms")]
    [InlineData("EventFD(arg)=0xffff8f3d41c7a100 Delay=0.005ms", "EventFD(arg)=0xffff8f3d41c7a1zz Delay=0.005ms")]
    [InlineData("EventFD(arg)=0xffff8f3d41c7a100 Delay=0.005ms CPU=6", "EventFD(arg)=0xffff8f3d41c7a100 Delay=0.005ms CPU=six")]
    [InlineData("Stage 3 [eventfd_signal]", "Stage 6 [eventfd_signal]")]
    [InlineData("Stage 3 [eventfd_signal]: Time=1970-01-31 10:13:20.123", "Stage 3 [eventfd_signal]: Time=1970-01-31 10:73:20.123")]
    [InlineData("[vnet2:q1] Stage 3", "[vnet2:qx] Stage 3")]
    public void DamagedLine_LeavesItsStageOutOnly(string old, string replacement)
    {
        string text = TunIrqText.Q1Chain.Swap(old, replacement) + TunIrqText.Q0Chain;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal(2, outcome.Records.Count);
        TunChainRecord damaged = Assert.Single(outcome.Records, record => record.Queue == 1);
        Assert.Equal((5, 34000L, Latency.Missing), (damaged.LastStage, damaged.Total, damaged.Delay3));
        TunIrqParserTests.AssertQ0(Assert.Single(outcome.Records, record => record.Queue == 0), line: 6);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(3, issue.Line);
        Assert.Contains("the line is left out", issue.Message, StringComparison.Ordinal);
        LogText.AssertTally(text, outcome.Tally, parsed: 9, noise: 0, malformed: 1);
        Assert.Equal(3, outcome.Tally.FirstMalformedLine);
    }

    [Fact]
    public void MergedStderr_InsideAChain_IsCounted()
    {
        string text = TunIrqText.Q1Stage1 + "Possibly lost 7 samples\n" + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3
            + "/virtual/main.c:14:9: warning: '__HAVE_BUILTIN_BSWAP32__' macro redefined\n" + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        TunIrqParserTests.AssertQ1(Assert.Single(outcome.Records), line: 1);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 2, malformed: 0);
        Assert.Equal(7, outcome.Facts.LostSampleCount);
    }

    [Fact]
    public void ChainsWithoutStage1_ManyOnOneQueue_AllComeOut()
    {
        string tail = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;
        var text = new StringBuilder();
        for (int i = 0; i < 500; i++)
        {
            text.Append(tail);
        }

        IReadOnlyList<TunChainRecord> records = Reading.TunIrq(text.ToString()).Records;

        Assert.Equal(500, records.Count);
        Assert.All(records, record => Assert.Equal((5, 34000L, -1), (record.LastStage, record.Total, record.IcmpType)));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => 1L + (4 * i)), records.Select(record => record.Line));
    }

    [Fact]
    public void CutAtEveryByte_FullForm_RightOrAbsent()
    {
        string text = TunIrqText.Header + TunIrqText.Q1Chain + TunIrqText.Q0Stage2 + TunIrqText.Q0Stage3 + TunIrqText.Q0Stage4 + TunIrqText.Q0Stage5 + TunIrqText.Q0Stage1;
        IReadOnlyList<TunChainRecord> whole = Reading.TunIrq(text).Records;
        TunIrqParserTests.AssertQ1(whole[0], line: 25);
        TunIrqParserTests.AssertQ0(whole[1], line: 30);
        AssertCuts(text, whole, TunIrqText.Header.Length + TunIrqText.Q1Chain.Length);
    }

    [Fact]
    public void CutInsideTheLastStage1_NeverAShorterSequence()
    {
        string stage1 = TunIrqText.Q1Stage1.Swap("seq=1\n", "seq=4321\n");
        for (int length = 1; length <= stage1.Length; length++)
        {
            Outcome<TunChainRecord> outcome = Reading.TunIrq(stage1[..length]);
            Assert.Equal(length == stage1.Length ? [4321] : Array.Empty<int>(), outcome.Records.Select(record => record.Sequence));
        }
    }

    [Fact]
    public void CutAtEveryByte_ShortForm_RightOrAbsent()
    {
        IReadOnlyList<TunChainRecord> whole = Reading.TunIrq(TunIrqText.ShortChain).Records;
        Assert.Equal((16000, 8000, 10000, 1000), (whole[0].Delay2, whole[0].Delay3, whole[0].Delay4, whole[0].Delay5));
        AssertCuts(TunIrqText.ShortChain, whole, TunIrqText.ShortChain.Length);
    }

    /// <summary>Whatever the cut, a number that comes out is the one that the whole text holds.</summary>
    private static void AssertCuts(string text, IReadOnlyList<TunChainRecord> whole, int firstEnd)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Outcome<TunChainRecord> outcome = Reading.TunIrq(new MemoryStream(bytes, 0, length, writable: false));
            foreach (TunChainRecord record in outcome.Records)
            {
                AssertPart(record, Assert.Single(whole, complete => complete.Queue == record.Queue));
            }

            Assert.True(length < firstEnd || outcome.Records.Any(record => record.Queue == whole[0].Queue && record.Total == whole[0].Total && record.IcmpType == 8));
            Assert.True(outcome.Issues.Count <= 1);
            Assert.Equal(LogText.LineCount(text[..length]), outcome.Tally.Total);
        }
    }

    private static void AssertPart(TunChainRecord part, TunChainRecord whole)
    {
        Assert.Contains(part.Delay2, new[] { whole.Delay2, Latency.Missing });
        Assert.Contains(part.Delay3, new[] { whole.Delay3, Latency.Missing });
        Assert.Contains(part.Delay4, new[] { whole.Delay4, Latency.Missing });
        Assert.Contains(part.Delay5, new[] { whole.Delay5, Latency.Missing });
        Assert.Contains(part.Total, new[] { whole.Total, Latency.Missing });
        Assert.Contains(part.IcmpType, new[] { whole.IcmpType, -1 });
        Assert.Contains(part.IcmpId, new[] { whole.IcmpId, -1 });
        Assert.Contains(part.Sequence, new[] { whole.Sequence, -1 });
        Assert.Contains(part.WorkerTid, new[] { whole.WorkerTid, -1 });
        Assert.Contains(part.WorkerCpu, new[] { whole.WorkerCpu, -1 });
        Assert.Contains(part.IrqCpu, new[] { whole.IrqCpu, -1 });
        Assert.Equal((whole.Device, whole.Line), (part.Device, part.Line));
    }
}
