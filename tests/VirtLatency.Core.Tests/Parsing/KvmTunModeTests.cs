using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Logs of the details tool with --no-detail, of no_discovery (50ab798), of discover mode, and packets of one kick.</summary>
public sealed class KvmTunModeTests
{
    /// <summary>Each packet after a kick's first has the kick's s0 again, no s1 and no total.</summary>
    private const string Batch = """
        [14:23:16.827] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us
        [14:23:16.827] tid=73868 queue=2 s0=14us s1=0us s2=3us total=0us
        [14:23:16.828] tid=73868 queue=2 s0=14us s1=0us s2=3us total=0us
        [14:23:17.827] tid=73868 queue=2 s0=14us s1=0us s2=2us total=0us
        [14:23:17.828] tid=73869 queue=2 s0=14us s1=0us s2=2us total=0us
        [14:23:17.829] tid=73869 queue=3 s0=14us s1=0us s2=2us total=0us
        [14:23:17.830] tid=73869 queue=3 s0=14us s1=2us s2=2us total=18us

        """;

    [Fact]
    public void NoDetail_HasAveragesAndNoSample()
    {
        const string text = KvmTunText.Header + KvmTunText.Footer;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(text);

        Assert.Empty(outcome.Records);
        Assert.Equal([14750L, 3500L, 3250L, 21500L], outcome.Averages.Select(average => average.Mean));
        LogText.AssertTally(text, outcome.Tally, parsed: 8, noise: 15, malformed: 0);
    }

    [Fact]
    public void Batch_OneKickHasOneS0()
    {
        IReadOnlyList<KvmTunRecord> records = Reading.KvmTun(Batch).Records;

        Assert.Equal(
            [14000L, Latency.Missing, Latency.Missing, 14000L, 14000L, 14000L, 14000L],
            records.Select(record => record.S0));
        Assert.Equal([4000L, 3000L, 3000L, 2000L, 2000L, 2000L, 2000L], records.Select(record => record.S2));
        Assert.All(records, record => Assert.Equal(SampleFlags.None, record.Flags));
    }

    /// <summary>A late first packet: its s0 is of the same kick in the second line, so both have the first line's flag.</summary>
    [Fact]
    public void Batch_OfASlowKick_IsNotStaleByItsOwnFirstPacket()
    {
        const string text = """
            [14:23:10.000] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us
            [14:23:16.827] tid=73868 queue=2 s0=1200us s1=5us s2=4us total=1209us
            [14:23:16.827] tid=73868 queue=2 s0=1200us s1=0us s2=3us total=0us

            """;

        Assert.All(Reading.KvmTun(text).Records, record => Assert.Equal(SampleFlags.None, record.Flags));
    }

    [Fact]
    public void NoDiscovery_SamplesWorkersAndAverages()
    {
        Outcome<KvmTunRecord> outcome = Reading.KvmTun(KvmTunModeText.NoDiscovery);

        Assert.Equal([13L, 14L, 15L, 16L], outcome.Records.Select(record => record.Line));
        Assert.Equal([23000L, Latency.Missing, 28000L, 33000L], outcome.Records.Select(record => record.Total));
        Assert.Equal([14000L, Latency.Missing, 22000L, Latency.Missing], outcome.Records.Select(record => record.S0));
        Assert.Equal([5000L, 3000L, 3000L, 9000L], outcome.Records.Select(record => record.S1));
        Assert.Equal(
            [
                new KvmTunAverage(21, "S0", 3, 19300),
                new KvmTunAverage(22, "S1", 4, 5000),
                new KvmTunAverage(23, "S2", 4, 3000),
                new KvmTunAverage(24, "Total", 3, 28000),
            ],
            outcome.Averages);
        Assert.Equal(("50ab798", "netif_receive_skb", "vnet9", 1), (outcome.Facts.Version, outcome.Facts.ProbeBoundary, outcome.Facts.Device, outcome.Facts.RunCount));
        Assert.Equal([73868, 73869], outcome.Facts.WorkerTids.Order());

        // Parsed: two lists of workers, the device, four samples, four averages.
        LogText.AssertTally(KvmTunModeText.NoDiscovery, outcome.Tally, parsed: 11, noise: 17, malformed: 0);
    }

    /// <summary>The versions with discovery forget the kick with its first packet: the same numbers are two kicks there.</summary>
    [Fact]
    public void SameS0WithATotal_IsAnotherKickUnlessTheVersionKeepsIt()
    {
        string lines = "[14:23:18.855] tid=73868 queue=2 s0=22us s1=3us s2=3us total=28us\n[14:23:18.856] tid=73868 queue=2 s0=22us s1=9us s2=2us total=33us\n";

        Assert.Equal([22000L, 22000L], Reading.KvmTun(KvmTunText.Header + lines).Records.Select(record => record.S0));
    }

    [Fact]
    public void NoDiscovery_NotAvailable_IsMissing()
    {
        string text = KvmTunModeText.NoDiscovery.Swap("Total chain:            cnt=       3  avg=      28.0us", "Total chain:            cnt=       0  avg=       N/Aus");

        Assert.Equal(new KvmTunAverage(24, "Total", 0, Latency.Missing), Reading.KvmTun(text).Averages[3]);
    }

    [Fact]
    public void Discovery_IsKnownAndHoldsNothing()
    {
        Outcome<KvmTunRecord> outcome = Reading.KvmTun(KvmTunModeText.Discovery);

        Assert.Empty(outcome.Records);
        Assert.Empty(outcome.Averages);
        LogText.AssertTally(KvmTunModeText.Discovery, outcome.Tally, parsed: 1, noise: 37, malformed: 0);
    }

    [Fact]
    public void Discovery_BeforeARun_ChangesNothing()
    {
        const string text = KvmTunModeText.Discovery + KvmTunText.Header + KvmTunText.Samples + KvmTunText.Footer;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(text);

        Assert.Equal([23000L, 17000L, 28000L, 18000L], outcome.Records.Select(record => record.Total));
        Assert.Equal([2, 2, 2, 2], outcome.Averages.Select(average => average.Run));
        Assert.Equal(0, outcome.Tally.Malformed);
        Assert.Equal(LogTool.KvmVhostTunLatency, LogDetector.Detect(Encoding.UTF8.GetBytes(text)).Tool);
    }

    [Fact]
    public void DiscoveryLines_AreNotKnownInARun()
    {
        string text = KvmTunText.Header + "   73868      2        4   0xffff9c8e8b1c8000\n" + KvmTunText.Samples;

        Assert.Equal(1, Reading.KvmTun(text).Tally.Malformed);
    }

    [Theory]
    [InlineData(KvmTunModeText.Discovery, LogTool.KvmVhostTunDiscovery, LogConfidence.High)]
    [InlineData(KvmTunModeText.NoDiscovery, LogTool.KvmVhostTunLatency, LogConfidence.High)]
    [InlineData(KvmTunModeText.Summary, LogTool.KvmVhostTunSummary, LogConfidence.High)]
    [InlineData(KvmTunModeText.FirstInterval, LogTool.KvmVhostTunSummary, LogConfidence.Medium)]
    [InlineData(VhostWakeupText.Whole, LogTool.VhostWakeupLatency, LogConfidence.High)]
    [InlineData(VhostWakeupText.Samples, LogTool.VhostWakeupLatency, LogConfidence.Medium)]
    public void Detector_NamesTheToolAndHowSure(string text, LogTool tool, LogConfidence confidence) =>
        Assert.Equal((tool, confidence), (LogDetector.Detect(Encoding.UTF8.GetBytes(text)).Tool, LogDetector.Detect(Encoding.UTF8.GetBytes(text)).Confidence));
}
