using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Samples and averages of kvm_vhost_tun_latency_details.</summary>
public sealed class KvmTunParserTests
{
    private const string Whole = KvmTunText.Header + KvmTunText.Samples + KvmTunText.Footer;

    [Fact]
    public void WholeLog_EveryValue()
    {
        Outcome<KvmTunRecord> outcome = Reading.KvmTun(Whole);

        Assert.Equal([9L, 10L, 11L, 12L], outcome.Records.Select(record => record.Line));
        Assert.Equal([51_796_827, 51_801_841, 51_806_855, 51_811_871], outcome.Records.Select(record => record.TimeOfDay));
        Assert.Equal([14000L, 11000L, 22000L, 12000L], outcome.Records.Select(record => record.S0));
        Assert.Equal([5000L, 3000L, 3000L, 3000L], outcome.Records.Select(record => record.S1));
        Assert.Equal([4000L, 3000L, 3000L, 3000L], outcome.Records.Select(record => record.S2));
        Assert.Equal([23000L, 17000L, 28000L, 18000L], outcome.Records.Select(record => record.Total));
        Assert.All(outcome.Records, record => Assert.Equal((73868, 2, 1, SampleFlags.None), (record.WorkerTid, record.Queue, record.Run, record.Flags)));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(Whole, outcome.Tally, parsed: 12, noise: 15, malformed: 0);
        Assert.Equal(LogTool.KvmVhostTunLatency, outcome.Facts.Tool);
        Assert.Equal(("vnet9", 1), (outcome.Facts.Device, outcome.Facts.RunCount));
        Assert.Equal([73868, 73869], outcome.Facts.WorkerTids.Order());
        Assert.Equal("6ab1dad/c2ccdc2", outcome.Facts.Version);
        Assert.Null(outcome.Facts.ProbeBoundary);
    }

    [Fact]
    public void Footer_AveragesWithTheirOwnCounts()
    {
        Assert.Equal(
            [
                new KvmTunAverage(23, "S0", 5, 14750),
                new KvmTunAverage(24, "S1", 6, 3500),
                new KvmTunAverage(25, "S2", 7, 3250),
                new KvmTunAverage(26, "Total", 4, 21500),
            ],
            Reading.KvmTun(Whole).Averages);
    }

    [Fact]
    public void Footer_NotAvailable_IsMissingNotZero()
    {
        string footer = KvmTunText.Footer
            .Swap("S0=5 S1=6 S2=7 chain(all)= 4", "S0=0 S1=6 S2=7 chain(all)= 0")
            .Swap("  S0 avg: 14.750", "  S0 avg: n/a")
            .Swap("(per-packet): 21.500", "(per-packet): n/a");

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(KvmTunText.Header + footer);

        Assert.Equal(
            [
                new KvmTunAverage(19, "S0", 0, Latency.Missing),
                new KvmTunAverage(20, "S1", 6, 3500),
                new KvmTunAverage(21, "S2", 7, 3250),
                new KvmTunAverage(22, "Total", 0, Latency.Missing),
            ],
            outcome.Averages);
        Assert.Empty(outcome.Records);
        LogText.AssertTally(KvmTunText.Header + footer, outcome.Tally, parsed: 8, noise: 15, malformed: 0);
    }

    [Fact]
    public void OneLineAverages_HaveNoCounts()
    {
        string text = KvmTunText.Samples + "\n" + KvmTunText.OneLineAverages;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(text);

        Assert.Equal(
            [
                new KvmTunAverage(6, "S0", null, 14750),
                new KvmTunAverage(6, "S1", null, 3500),
                new KvmTunAverage(6, "S2", null, 3250),
                new KvmTunAverage(6, "Total", null, 21500),
            ],
            outcome.Averages);
        Assert.Equal(4, outcome.Records.Count);
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 1, malformed: 0);
    }

    [Theory]
    [InlineData("s0=0us s1=5us s2=4us total=0us", null, 5000L, 4000L)]
    [InlineData("s0=14us s1=0us s2=4us total=0us", 14000L, null, 4000L)]
    [InlineData("s0=0us s1=0us s2=4us total=0us", null, null, 4000L)]
    [InlineData("s0=0us s1=0us s2=0us total=0us", null, null, 0L)]
    public void TotalZero_ZerosAreMissing_ButS2IsAlwaysMeasured(string numbers, long? s0, long? s1, long s2)
    {
        KvmTunRecord record = Assert.Single(Reading.KvmTun($"[14:23:16.827] tid=73868 queue=2 {numbers}\n").Records);

        Assert.Equal(s0 ?? Latency.Missing, record.S0);
        Assert.Equal(s1 ?? Latency.Missing, record.S1);
        Assert.Equal(s2, record.S2);
        Assert.Equal(Latency.Missing, record.Total);
        Assert.Equal(SampleFlags.None, record.Flags);
    }

    [Fact]
    public void TotalNotZero_ZeroIsReal()
    {
        KvmTunRecord record = Assert.Single(Reading.KvmTun("[14:23:16.827] tid=73868 queue=2 s0=0us s1=5us s2=4us total=9us\n").Records);

        Assert.Equal((0L, 5000L, 4000L, 9000L), (record.S0, record.S1, record.S2, record.Total));
    }

    [Fact]
    public void StaleKick_AboutThePingInterval_IsFlagged()
    {
        const string text = """
            [14:23:16.827] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us
            [14:23:17.828] tid=73868 queue=2 s0=1000913us s1=5us s2=4us total=1000922us
            [14:23:18.829] tid=73868 queue=2 s0=1000871us s1=3us s2=3us total=1000877us
            [14:23:19.830] tid=73868 queue=2 s0=900us s1=3us s2=3us total=906us
            [14:23:20.831] tid=73868 queue=2 s0=1200us s1=3us s2=3us total=1206us

            """;

        IReadOnlyList<KvmTunRecord> records = Reading.KvmTun(text).Records;

        Assert.Equal(
            [SampleFlags.None, SampleFlags.StaleKick, SampleFlags.StaleKick, SampleFlags.None, SampleFlags.None],
            records.Select(record => record.Flags));
        Assert.Equal((1_000_913_000L, 1_000_922_000L), (records[1].S0, records[1].Total));
    }

    [Fact]
    public void Midnight_TheDistanceGoesOnOverIt()
    {
        const string text = """
            [23:59:59.500] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us
            [00:00:00.501] tid=73868 queue=2 s0=1000913us s1=5us s2=4us total=1000922us
            [00:00:01.502] tid=73868 queue=2 s0=21us s1=5us s2=4us total=30us

            """;

        IReadOnlyList<KvmTunRecord> records = Reading.KvmTun(text).Records;

        Assert.Equal([86_399_500, 501, 1502], records.Select(record => record.TimeOfDay));
        Assert.Equal([SampleFlags.None, SampleFlags.StaleKick, SampleFlags.None], records.Select(record => record.Flags));
    }

    [Theory]
    [InlineData("total=18us")]
    [InlineData("total=0us")]
    public void TotalThatIsNoSum_IsInconsistent(string total)
    {
        KvmTunRecord record = Reading.KvmTun(KvmTunText.Samples.Swap("s0=11us s1=3us s2=3us total=17us", "s0=11us s1=3us s2=3us " + total)).Records[1];

        Assert.Equal(SampleFlags.Inconsistent, record.Flags);
    }

    [Theory]
    [InlineData("[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us", "[14:23:21.841] tid=73868 queue=2 s0=1xus s1=3us s2=3us total=17us")]
    [InlineData("[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us", "[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us total=17us")]
    [InlineData("[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us", "[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us17us")]
    [InlineData("[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us", "[14:63:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us")]
    [InlineData("[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us", "[14:23:21.841] tid=73868 queue=two s0=11us s1=3us s2=3us total=17us")]
    [InlineData("[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=17us", "[14:23:21.841] tid=73868 queue=2 s0=11us s1=3us s2=3us total=99999999999999999999us")]
    public void Damage_LeavesItsLineOutOnly(string old, string replacement)
    {
        string text = KvmTunText.Header + KvmTunText.Samples.Swap(old, replacement) + KvmTunText.Footer;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(text);

        Assert.Equal([(9L, 23000L), (11L, 28000L), (12L, 18000L)], outcome.Records.Select(record => (record.Line, record.Total)));
        Assert.Equal(4, outcome.Averages.Count);
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(10, issue.Line);
        Assert.Contains("the line is left out", issue.Message, StringComparison.Ordinal);
        LogText.AssertTally(text, outcome.Tally, parsed: 11, noise: 15, malformed: 1);
        Assert.Equal(10, outcome.Tally.FirstMalformedLine);
    }

    [Fact]
    public void MergedStderr_IsCounted()
    {
        string text = KvmTunText.Header + "Possibly lost 2 samples\n" + KvmTunText.Samples;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(text);

        Assert.Equal([23000L, 17000L, 28000L, 18000L], outcome.Records.Select(record => record.Total));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(text, outcome.Tally, parsed: 7, noise: 6, malformed: 0);
        Assert.Equal(2, outcome.Facts.LostSampleCount);
    }

    [Fact]
    public void TwoRuns_CountsOfOneAreNotTheOthers()
    {
        string second = KvmTunText.Header.Swap("vnet9", "All TUN/TAP devices") + KvmTunText.Samples + KvmTunText.OneLineAverages;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(Whole + second);

        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], outcome.Records.Select(record => record.Run));
        Assert.Equal(2, outcome.Facts.RunCount);
        Assert.Null(outcome.Facts.Device);
        Assert.Equal([5L, 6L, 7L, 4L, null, null, null, null], outcome.Averages.Select(average => average.SampleCount));
    }

    [Fact]
    public void SecondRun_FirstLineHasNoDistance()
    {
        string text = KvmTunText.Samples + KvmTunText.Header + "[14:23:31.900] tid=73868 queue=2 s0=3000us s1=5us s2=4us total=3009us\n";

        Assert.Equal(SampleFlags.None, Reading.KvmTun(text).Records[4].Flags);
    }

    [Fact]
    public void CarriageReturnsAndByteOrderMark_ChangeNothing()
    {
        Outcome<KvmTunRecord> outcome = Reading.KvmTun("\uFEFF" + Whole.WithCarriageReturns());

        Assert.Equal([23000L, 17000L, 28000L, 18000L], outcome.Records.Select(record => record.Total));
        Assert.Equal([14750L, 3500L, 3250L, 21500L], outcome.Averages.Select(average => average.Mean));
        Assert.Equal(("vnet9", 1), (outcome.Facts.Device, outcome.Facts.RunCount));
        Assert.Equal((12, 15, 0), (outcome.Tally.Parsed, outcome.Tally.Noise, outcome.Tally.Malformed));
    }

    [Fact]
    public void CutAtEveryByte_SamplesRightOrAbsent()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        long[] totals = [23000, 17000, 28000, 18000];
        int[] ends = [.. ((string[])["total=23us", "total=17us", "total=28us", "total=18us"]).Select(end => Whole.IndexOf(end, StringComparison.Ordinal) + 10)];
        for (int length = 0; length <= bytes.Length; length++)
        {
            Outcome<KvmTunRecord> outcome = Reading.KvmTun(new MemoryStream(bytes, 0, length, writable: false));

            // A line is whole with its last unit, with or without its line feed.
            int least = ends.Count(end => end < length);
            int most = ends.Count(end => end <= length);
            Assert.InRange(outcome.Records.Count, least, most);
            Assert.Equal(totals[..outcome.Records.Count], outcome.Records.Select(record => record.Total));
            Assert.True(outcome.Issues.Count <= 1);
            Assert.Equal(LogText.LineCount(Whole[..length]), outcome.Tally.Total);
        }
    }

    [Fact]
    public void CutAtEveryLine_AveragesRightOrAbsent()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        long[] means = [14750, 3500, 3250, 21500];
        for (int length = 1; length <= bytes.Length; length++)
        {
            if (bytes[length - 1] == '\n')
            {
                IReadOnlyList<KvmTunAverage> averages = Reading.KvmTun(new MemoryStream(bytes, 0, length, writable: false)).Averages;
                Assert.Equal(means[..averages.Count], averages.Select(average => average.Mean));
                Assert.Equal(Math.Clamp(LogText.LineCount(Whole[..length]) - 22, 0, 4), averages.Count);
            }
        }
    }
}
