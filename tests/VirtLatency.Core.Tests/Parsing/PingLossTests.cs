using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Which packets of ping are lost, and by what evidence.</summary>
public sealed class PingLossTests
{
    [Theory]
    [InlineData(5, 3, "", "Gap 3, Footer 5")]
    [InlineData(4, 3, "", "Gap 3")]
    [InlineData(7, 4, "", "Gap 3")]
    [InlineData(5, 3, "no answer yet for icmp_seq=5\n", "Gap 3, NoAnswerYet 5")]
    [InlineData(6, 3, "From 10.0.0.1 icmp_seq=6 Destination Host Unreachable\n", "Gap 3, Gap 5, ErrorAnswer 6")]
    [InlineData(6, 3, "no answer yet for icmp_seq=6\nFrom 10.0.0.1 icmp_seq=6 Time to live exceeded\n", "Gap 3, Gap 5, ErrorAnswer 6")]
    [InlineData(6, 3, "From 10.0.0.1 icmp_seq=6 Time to live exceeded\nno answer yet for icmp_seq=6\n", "Gap 3, Gap 5, ErrorAnswer 6")]
    public void Lost_ByGapNoticeErrorAndFooter(int transmitted, int received, string lines, string lost)
    {
        string log = PingLogs.Banner + PingLogs.Answers([1, 2, 4]) + lines + PingLogs.Counts(transmitted, received);

        Assert.Equal(lost, Lost(log));
    }

    [Fact]
    public void Lost_WithoutAFooter_EndsWithWhatTheLinesSpeakOf() =>
        Assert.Equal("Gap 3, NoAnswerYet 5", Lost(PingLogs.Banner + PingLogs.Answers([1, 2, 4]) + "no answer yet for icmp_seq=5\n"));

    /// <summary>A banner says that the run begins there; a log without one may have lost its head.</summary>
    [Fact]
    public void Lost_BeforeTheFirstAnswer_OnlyWithABanner()
    {
        Assert.Equal("Gap 1, Gap 2", Lost(PingLogs.Banner + PingLogs.Answers([3])));
        Assert.Equal("Gap 0", Lost(PingLogs.Busybox[..48] + "64 bytes from 10.0.130.143: seq=1 ttl=64 time=0.412 ms\n"));
        Assert.Equal(string.Empty, Lost(PingLogs.Answers([3])));
    }

    [Theory]
    [InlineData("5 packets transmitted, 0 received, 100% packet loss, time 4100ms", "1,2,3,4,5")]
    [InlineData("5 packets transmitted, 0 received, +5 errors, 100% packet loss, time 4100ms", "1,2,3,4,5")]
    [InlineData("5 packets transmitted, 5 received, 0% packet loss, time 4100ms", "")]
    [InlineData("0 packets transmitted, 0 received", "")]
    public void Lost_AllOfThem_WhenNoneIsReceived(string counts, string lost)
    {
        IReadOnlyList<PingRecord> records = Reading.Ping(PingLogs.Banner + "\n" + counts + "\n").Records;

        Assert.Equal(lost, string.Join(',', records.Select(record => record.Sequence)));
        Assert.All(records, record => Assert.Equal((LossEvidence.Footer, 3L), (record.Loss, record.Line)));
    }

    /// <summary>An answer behind a later packet's is no loss and no second packet; it is marked.</summary>
    [Fact]
    public void Late_Answer_ClosesItsGap()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers([1, 2, 5, 3, 6, 4]) + PingLogs.Counts(6, 6));

        Assert.Equal([1, 2, 5, 3, 6, 4], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal(["First", "None", "None", "Reordered", "None", "Reordered"], outcome.Records.Select(record => record.Flags.ToString()));
        Assert.All(outcome.Records, record => Assert.Equal(LossEvidence.None, record.Loss));
        Assert.Empty(outcome.Issues);
    }

    /// <summary>3 was read as 55: the packets behind it are neither lost nor late.</summary>
    [Fact]
    public void Jump_WithinTheWindow_MarksNoOther()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers([1, 2, 55, .. Enumerable.Range(4, 60)]));

        Assert.Equal([3], outcome.Records.Where(record => record.Loss != LossEvidence.None).Select(record => (int)record.Sequence));
        Assert.All(outcome.Records.Skip(1), record => Assert.Equal(SampleFlags.None, record.Flags));
    }

    /// <summary>With -O each packet of a slow path is spoken of before its answer comes.</summary>
    [Fact]
    public void Late_Answers_OfASlowPath_AreNotLost()
    {
        string log = PingLogs.Banner + string.Concat(Enumerable.Range(1, 900).Select(number => FormattableString.Invariant($"no answer yet for icmp_seq={number}\n"))) + PingLogs.Answers(Enumerable.Range(1, 900));

        Assert.Equal(string.Empty, Lost(log));
        Assert.Equal(900, Reading.Ping(log).Records.Count);
    }

    /// <summary>Within 1024 packets a gap stays open; from there on it is lost and comes out, while reading goes on.</summary>
    [Fact]
    public void Window_GapComesOutBehindIt_AndItsAnswerIsMarked()
    {
        string log = PingLogs.Banner + PingLogs.Answers(Enumerable.Range(1, 1100).Where(number => number != 10)) + PingLogs.Answer(10) + PingLogs.Answers(Enumerable.Range(1101, 5));

        IReadOnlyList<PingRecord> records = Reading.Ping(log).Records;

        PingRecord lost = Assert.Single(records, record => record.Loss != LossEvidence.None);
        Assert.Equal((10, 1034), (lost.Sequence, records[records.ToList().IndexOf(lost) + 1].Sequence));
        Assert.Equal(SampleFlags.Reordered, records.Single(record => record.Sequence == 10 && record.Loss == LossEvidence.None).Flags);
        Assert.Equal(1105 + 1, records.Count);
    }

    [Fact]
    public void Wrap_At65535_LosesNothing()
    {
        string log = PingLogs.Banner + PingLogs.Answers(Enumerable.Range(1, 70_000).Where(number => number != 65_536)) + PingLogs.Counts(70_001, 69_999);

        Outcome<PingRecord> outcome = Reading.Ping(log);

        Assert.Equal("Gap 0, Footer 4465", Lost(log));
        Assert.Equal([1], outcome.Records.Select(record => record.Run).Distinct());
        Assert.Equal(1, outcome.Records.Count(record => record.Flags == SampleFlags.First));
        Assert.Empty(outcome.Issues);
    }

    /// <summary>A long outage is believed when the next answer goes on from there: 11 to 5000 are lost.</summary>
    [Fact]
    public void Outage_LongerThanTheWindow()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers(Enumerable.Range(1, 10).Concat([5001, 5002])) + PingLogs.Counts(5002, 12));

        ushort[] lost = outcome.Records.Where(record => record.Loss == LossEvidence.Gap).Select(record => record.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(11, 4990).Select(number => (ushort)number), lost);
        Assert.Empty(outcome.Issues);
    }

    [Fact]
    public void Outage_ThatOneAnswerEnds_IsBelievedByTheFooter() =>
        Assert.Equal(4990, Reading.Ping(PingLogs.Banner + PingLogs.Answers(Enumerable.Range(1, 10).Append(5001)) + PingLogs.Counts(5001, 11)).Records.Count(record => record.Loss != LossEvidence.None));

    /// <summary>One number that jumps is one damaged line: no packet is lost but the one it was.</summary>
    [Fact]
    public void Jump_ThatNothingFollows_MovesNothing()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers([1, 2, 3003, 4, 5]));

        Assert.Equal([1, 2, 3003, 4, 5, 3], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal(LossEvidence.Gap, outcome.Records[^1].Loss);
        Assert.All(outcome.Records.Skip(1), record => Assert.Equal(SampleFlags.None, record.Flags));
    }

    /// <summary>The answer may be in the damaged line, so its packet is not called lost.</summary>
    [Fact]
    public void Damage_BesideAGap_LeavesItOpen()
    {
        string damaged = PingLogs.Answer(3).Replace("time=", "tine=", StringComparison.Ordinal);
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers([1, 2]) + damaged + PingLogs.Answers([4, 6]) + PingLogs.Counts(6, 5));

        Assert.Equal([1, 2, 4, 6, 5], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal(3 + 1, Assert.Single(outcome.Issues).Line);
    }

    /// <summary>A damaged original leaves the DUP! answer as the packet's only one.</summary>
    [Fact]
    public void Duplicate_IsMarkedByPingAlone()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answer(1) + PingLogs.Answer(1, "time=0.900 ms (DUP!)") + PingLogs.Answer(3, "time=0.900 ms (DUP!)"));

        Assert.Equal([SampleFlags.First, SampleFlags.Duplicate, SampleFlags.Duplicate, SampleFlags.None], outcome.Records.Select(record => record.Flags));
        Assert.Equal((2, LossEvidence.Gap), (outcome.Records[3].Sequence, outcome.Records[3].Loss));
    }

    /// <summary>ping counts 1 lost of 6, the lines show 3 and 4: a line was taken out of the log.</summary>
    [Fact]
    public void Counts_ThatDoNotFit_AreTold()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers([1, 2, 5, 6]) + PingLogs.Counts(6, 5));

        Assert.Contains("ping counts 1 lost packets, its lines show 2", Assert.Single(outcome.Issues).Message, StringComparison.Ordinal);
        Assert.Equal(0, outcome.Tally.Malformed);
    }

    /// <summary>inetutils counts from 0 with iputils' label; its banner has a colon.</summary>
    [Fact]
    public void Inetutils_CountsFromZero()
    {
        const string Log = "PING 10.0.0.2 (10.0.0.2): 56 data bytes\n64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.412 ms\n"
            + "--- 10.0.0.2 ping statistics ---\n3 packets transmitted, 1 packets received, 66% packet loss\nround-trip min/avg/max/stddev = 0.412/0.412/0.412/0.000 ms\n";

        Assert.Equal("Gap 0, Footer 2", Lost(Log));
    }

    private static string Lost(string log) =>
        string.Join(", ", Reading.Ping(log).Records.Where(record => record.Loss != LossEvidence.None).Select(record => $"{record.Loss} {record.Sequence}"));

    /// <summary>A count that the lines cannot bear makes up no packets; that it does not fit is said.</summary>
    [Theory]
    [InlineData("70000")]
    [InlineData("999999999999999999")]
    public void CountBeyondAllNumbers_MakesNoPacketsUp(string transmitted)
    {
        string text = $"""
            PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
            64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.412 ms
            64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.401 ms

            --- 10.0.0.2 ping statistics ---
            {transmitted} packets transmitted, 2 received, 99% packet loss, time 1001ms

            """;

        Outcome<PingRecord> outcome = Reading.Ping(text);

        Assert.Equal([1, 2], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Contains("lines are missing", Assert.Single(outcome.Issues).Message, StringComparison.Ordinal);
    }
}
