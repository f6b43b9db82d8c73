using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Wake-ups and statistics of vhost_wakeup_latency.</summary>
public sealed class VhostWakeupParserTests
{
    private const string Whole = VhostWakeupText.Whole;

    [Fact]
    public void WholeLog_EveryValue()
    {
        Outcome<VhostWakeupRecord> outcome = Reading.VhostWakeup(Whole);

        Assert.Equal(
            [(4L, "vhost-73801", 73868, 85_200L, 36, 12, 12), (5L, "vhost-73801", 73869, 250_900L, 3, 14, 15)],
            outcome.Records.Select(record => (record.Line, record.WorkerName!, record.WorkerTid, record.Latency, record.WakerCpu, record.TargetCpu, record.RunCpu)));
        Assert.Equal(
            [new VhostWakeupStatistics(7, 5000, 13, 12, 40_300, 250_000), new VhostWakeupStatistics(21, null, 14, 13, 37_500, 250_000)],
            outcome.Statistics);
        Assert.Empty(outcome.Issues);

        // Parsed: the banner, two wake-ups, three and five lines of statistics.
        LogText.AssertTally(Whole, outcome.Tally, parsed: 11, noise: 14, malformed: 0);
    }

    [Fact]
    public void NoSwitch_IsNoLatencyOfZero()
    {
        string text = VhostWakeupText.Header + VhostWakeupText.Interval
            .Swap("Wakeups: 13, Completed switches: 12", "Wakeups: 0, Completed switches: 0")
            .Swap("Avg latency: 40.3 us, Max latency: 250 us", "Avg latency: 0.0 us, Max latency: 0 us");

        Assert.Equal(new VhostWakeupStatistics(5, 5000, 0, 0, Latency.Missing, Latency.Missing), Assert.Single(Reading.VhostWakeup(text).Statistics));
    }

    [Theory]
    [InlineData("latency=85.2us", "latency=8x.2us")]
    [InlineData("waker_cpu=36", "waker_cpu=")]
    [InlineData("pid=73868", "pid=99999999999")]
    [InlineData("target_cpu=12 run_cpu=12\n", "target_cpu=12\n")]
    public void Damage_LeavesItsLineOutOnly(string old, string replacement)
    {
        Outcome<VhostWakeupRecord> outcome = Reading.VhostWakeup(Whole.Swap(old, replacement));

        Assert.Equal(5, Assert.Single(outcome.Records).Line);
        Assert.Equal(4, Assert.Single(outcome.Issues).Line);
        Assert.Equal(2, outcome.Statistics.Count);
        Assert.Equal(1, outcome.Tally.Malformed);
    }

    [Fact]
    public void DamagedStatistics_LeaveTheirBlockOutOnly()
    {
        Outcome<VhostWakeupRecord> outcome = Reading.VhostWakeup(Whole.Swap("Completed switches: 12", "Completed switches: "));

        Assert.Equal(14, Assert.Single(outcome.Statistics).WakeupCount);
        Assert.Equal(2, outcome.Records.Count);
    }

    [Fact]
    public void NameThatWouldLeadACellAsAFormula_IsNotTaken()
    {
        VhostWakeupRecord record = Reading.VhostWakeup(Whole.Swap("[vhost-73801] pid=73868", "[=1+1] pid=73868")).Records[0];

        Assert.Equal((null, 73868), (record.WorkerName, record.WorkerTid));
    }

    [Fact]
    public void CutAtEveryByte_ValuesRightOrAbsent()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Outcome<VhostWakeupRecord> outcome = Reading.VhostWakeup(new MemoryStream(bytes, 0, length, writable: false));

            Assert.Equal(new long[] { 85_200, 250_900 }[..outcome.Records.Count], outcome.Records.Select(record => record.Latency));
            Assert.Equal(new long[] { 40_300, 37_500 }[..outcome.Statistics.Count], outcome.Statistics.Select(block => block.Mean));
            Assert.Equal(LogText.LineCount(Whole[..length]), outcome.Tally.Total);
        }
    }

    [Fact]
    public void TwoRuns_AreApart() => Assert.Equal([1, 1, 2, 2], Reading.VhostWakeup(Whole + Whole).Records.Select(record => record.Run));
}
