using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>
/// A block of a file that a crash filled with zeros, or took out: no record is ever made of two, whatever the place.
/// </summary>
public sealed class HoleTests
{
    private static readonly string[] Rtt = [.. Enumerable.Range(1, 12).Select(RttRecord)];

    [Theory]
    [InlineData(true, 200)]
    [InlineData(true, 1700)]
    [InlineData(true, 4096)]
    [InlineData(false, 200)]
    [InlineData(false, 1700)]
    [InlineData(false, 4096)]
    public void KernelIcmpRtt_NoRowOfTwoPackets(bool isFilled, int length)
    {
        string text = IcmpRttText.TxHeader + string.Concat(Rtt);
        int wrong = 0;
        int places = 0;
        for (int at = IcmpRttText.TxHeader.Length; at + length < text.Length; at += 7)
        {
            string damaged = text.Remove(at, length).Insert(at, isFilled ? new string('\0', length) : string.Empty);
            places++;
            wrong += Reading.IcmpRtt(damaged).Records.Count(record => record.TotalRtt != 1_000_000L + (record.Sequence * 1000L) && !record.Flags.HasFlag(SampleFlags.Inconsistent));
        }

        // Taken out so that two lines meet exactly, nothing in the text can tell; zeros always do.
        Assert.True(wrong <= (isFilled ? 0 : places / 20), $"{wrong} of {places} places");
    }

    [Fact]
    public void TunTxToKvmIrq_AnotherLinesTail_IsDamage()
    {
        string two = TunIrqText.Q1Stage2;
        string four = TunIrqText.Q1Stage4;
        int cut = two.IndexOf(" PID=", StringComparison.Ordinal) + 4;
        string glued = two[..cut] + "UPT [vnet2:q1] " + four[four.IndexOf("Stage 4", StringComparison.Ordinal)..];

        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.Q1Stage1 + glued + TunIrqText.Q1Stage3 + four);

        Assert.Equal(1, outcome.Tally.Malformed);
        Assert.Contains("found 'TUN TX INTERRUPT [vnet2:q1] Stage 2", Assert.Single(outcome.Issues).Message, StringComparison.Ordinal);
        Assert.All(outcome.Records, record => Assert.Equal(Latency.Missing, record.Delay2));
    }

    [Theory]
    [InlineData("Delay=0.023ms", "Dexay=0.023ms")]
    [InlineData("CPU=6", "CxU=6")]
    [InlineData("PID=40211", "PxD=40211")]
    [InlineData("CPU=6", "CPU=6 CPU=7")]
    [InlineData("CPU=6", "CPU=6\0")]
    public void TunTxToKvmIrq_DamagedKeyword_IsDamage(string old, string replacement)
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2.Swap(old, replacement));

        Assert.Equal(1, outcome.Tally.Malformed);
        Assert.Equal(1, Assert.Single(outcome.Records).LastStage);
    }

    [Fact]
    public void TunTxToKvmIrq_EndlessQueueNames_AreBounded()
    {
        string[] names = [.. Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"[v{i:x}:q1]"))];
        string text = string.Concat(names.Select(name => TunIrqText.Q1Stage1.Swap("[vnet2:q1]", name)));

        Assert.Equal(20_000, Reading.TunIrq(text).Records.Count);
    }

    [Fact]
    public void LostSamples_InMidLine_AreCounted()
    {
        string text = IcmpRttText.TxHeader + IcmpRttText.TxFirst.Replace("  Total Path 1:  20.839 us", "  Total Path 1:  20.8Possibly lost 5 samples\n39 us", StringComparison.Ordinal) + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        Assert.Equal(5, outcome.Facts.LostSampleCount);
        IcmpRttParserTests.AssertSecond(Assert.Single(outcome.Records), line: 47);
    }

    [Fact]
    public void KvmTun_StaleKicks_StayStaleOverALostLine()
    {
        const string kick = "[13:40:0{0}.00{0}] tid=51877 queue=2 s0=1000913us s1=8us s2=4us total=1000925us\n";
        string text = "[13:40:01.000] tid=51877 queue=2 s0=14us s1=5us s2=4us total=23us\n"
            + string.Concat(new[] { 2, 3, 5, 6 }.Select(second => kick.Replace("{0}", second.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));

        Assert.Equal([SampleFlags.None, SampleFlags.StaleKick, SampleFlags.StaleKick, SampleFlags.StaleKick, SampleFlags.StaleKick], Reading.KvmTun(text).Records.Select(record => record.Flags));
        Assert.Equal(SampleFlags.StaleKick, Reading.KvmTun(kick.Replace("{0}", "1", StringComparison.Ordinal)).Records[0].Flags);
    }

    [Fact]
    public void KvmTun_WrappedKick_IsMissing()
    {
        KvmTunRecord record = Assert.Single(Reading.KvmTun("[13:40:01.000] tid=51877 queue=2 s0=18446744073709551us s1=8us s2=4us total=18446744073709563us\n").Records);

        Assert.Equal((SampleFlags.Wrapped, Latency.Missing, 8000, 4000, Latency.Missing), (record.Flags, record.S0, record.S1, record.S2, record.Total));
    }

    [Theory]
    [InlineData("s0=93.5us")]
    [InlineData("s0=-8us")]
    public void KvmTun_NumbersThatTheToolCannotPrint_AreDamage(string kick) =>
        Assert.Empty(Reading.KvmTun($"[13:40:01.000] tid=51877 queue=2 {kick} s1=8us s2=4us total=20us\n").Records);

    [Fact]
    public void RunsOfSeveralBuilds_AreAllNamed()
    {
        LogFacts facts = Reading.IcmpRtt(IcmpRttVersionText.SessionHeaderTx + IcmpRttVersionText.DriverTx).Facts;

        Assert.Equal(("9e56f36; 4d47ad7", "ip_local_out to dev_queue_xmit; ip_local_out to net_dev_xmit"), (facts.Version, facts.ProbeBoundary));
        Assert.True(facts.HasSeveralBoundaries);
        Assert.False(Reading.IcmpRtt(IcmpRttVersionText.DriverTx + IcmpRttVersionText.DriverTx).Facts.HasSeveralBoundaries);
    }

    /// <summary>Path 1 = 100 us, path 2 = 50 us, the part between the rest of 1000 us and a thousandth of it per packet.</summary>
    private static string RttRecord(int sequence) => IcmpRttText.TxFirst
        .Swap("Seq: 1)", FormattableString.Invariant($"Seq: {sequence})"))
        .Swap("P1:S1 (dev_queue_xmit)                  :  20.839 us", FormattableString.Invariant($"P1:S1 (dev_queue_xmit)                  : {100 + sequence}.000 us"))
        .Swap("Total Path 1:  20.839 us", FormattableString.Invariant($"Total Path 1: {100 + sequence}.000 us"))
        .Swap("start): 183.666 us", "start): 885.847 us")
        .Swap("End): 218.658 us", FormattableString.Invariant($"End): {1000 + sequence}.000 us"));
}
