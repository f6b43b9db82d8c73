using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Histograms of kvm_vhost_tun_latency_summary: a label 8 -> 15 stands for 4 to 7 us.</summary>
public sealed class KvmTunSummaryParserTests
{
    private const string Header = KvmTunText.SummaryHeader;
    private const string Summary = KvmTunModeText.Summary;

    /// <summary>
    /// S0 of the first interval: 3 of 4..7 and 1 of 32..63, so the mean lies in (3*4+32)/4 = 11 to (3*7+63)/4 = 21; the
    /// true values 5, 6, 7, 40 have 14.5. S1: 0, two of 1, one of 2..3: (0+2+2)/4 = 1 to (0+2+3)/4 = 1.25; true 1.25.
    /// </summary>
    [Fact]
    public void WholeLog_EveryHistogram()
    {
        Outcome<KvmTunHistogram> outcome = Reading.KvmTunSummary(Summary);

        Assert.Equal(["S0", "S1", "S2", "S0", "S1", "S2", "S0", "S1", "S2"], outcome.Records.Select(record => record.Name));
        Assert.Equal([4L, 4L, 4L, 0L, 1L, 1L, 4L, 5L, 5L], outcome.Records.Select(record => record.Count));
        Assert.Equal([11.0, 1.0, 2.0, null, 4.0, 2.0, 11.0, 1.6, 2.0], outcome.Records.Select(record => record.MeanLowUs));
        Assert.Equal([21.0, 1.25, 3.0, null, 7.0, 3.0, 21.0, 2.4, 3.0], outcome.Records.Select(record => record.MeanHighUs));
        Assert.Equal(
            [32500L, 2800L, 5500L, Latency.Missing, 11500L, 5500L, 32500L, 4500L, 5500L],
            outcome.Records.Select(record => record.PrintedMean));
        Assert.Equal([false, false, false, false, false, false, true, true, true], outcome.Records.Select(record => record.IsFinal));
        Assert.Equal([86_399_000, 4000, -1], outcome.Records.Where(record => record.Stage == 0).Select(record => record.TimeOfDay));
        Assert.Empty(outcome.Issues);
        Assert.Equal(("vnet9", 1, "6ab1dad/c2ccdc2"), (outcome.Facts.Device, outcome.Facts.RunCount, outcome.Facts.Version));
        Assert.Equal([73868], outcome.Facts.WorkerTids);

        // Parsed: device and worker; heads of 3 blocks; 9 titles; 15 rows; 9 last lines.
        LogText.AssertTally(Summary, outcome.Tally, parsed: 2 + 3 + 9 + 15 + 9, noise: 7 - 2 + (3 * 7) + (3 * 4) + 9, malformed: 0);
    }

    [Fact]
    public void WrappedDifference_IsLeftOutOfTheMean()
    {
        string text = Header + KvmTunModeText.FirstInterval.Swap(
            "  avg=32.5us  p50=12.7us",
            "36028797018963968 -> 72057594037927935 :        1   |*************                           |\n  avg=10808639105689222.0us  p50=12.7us").Swap("p99=124.5us  (n=4)", "p99=124.5us  (n=5)");

        KvmTunHistogram histogram = Reading.KvmTunSummary(text).Records[0];

        Assert.Equal((4L, 1L, 11.0, 21.0), (histogram.Count, histogram.WrappedCount, histogram.MeanLowUs, histogram.MeanHighUs));
        Assert.Equal(Latency.Missing, histogram.PrintedMean);
    }

    [Theory]
    [InlineData("         8 -> 15 :        3   |", "         8 -> 14 :        3   |")]
    [InlineData("         8 -> 15 :        3   |", "         9 -> 17 :        3   |")]
    [InlineData("         8 -> 15 :        3   |", "         8 -> 15 :        x   |")]
    [InlineData("         8 -> 15 :        3   |", "         8 -> 15 :        2   |")]
    [InlineData("       64 -> 127 :        1   |", "         4 -> 7 :        1   |")]
    [InlineData("p99=124.5us  (n=4)", "p99=124.5us  (n=4")]
    [InlineData("p99=124.5us  (n=4)", "p99=124.5us  (n=44)")]
    public void Damage_LeavesItsHistogramOutOnly(string old, string replacement)
    {
        string text = Header + KvmTunModeText.FirstInterval.Swap(old, replacement);

        Outcome<KvmTunHistogram> outcome = Reading.KvmTunSummary(text);

        Assert.Equal(["S1", "S2"], outcome.Records.Select(record => record.Name));
        Assert.Single(outcome.Issues);
        Assert.Equal(1, outcome.Tally.Malformed);
        Assert.Equal(LogText.LineCount(text), outcome.Tally.Total);
    }

    /// <summary>Without the line that says interval or total, a histogram could be counted twice.</summary>
    [Fact]
    public void HistogramsOfADamagedBlock_AreLeftOut()
    {
        string text = Header + KvmTunModeText.FirstInterval.Swap("[23:59:59] KVM", "[23:5x:59] KVM") + KvmTunModeText.SecondInterval;

        Outcome<KvmTunHistogram> outcome = Reading.KvmTunSummary(text);

        Assert.Equal([0L, 1L, 1L], outcome.Records.Select(record => record.Count));
        Assert.Equal(3, outcome.Issues.Count);
    }

    [Fact]
    public void CutAtEveryByte_HistogramsRightOrAbsent()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Summary);
        long[] counts = [4, 4, 4, 0, 1, 1, 4, 5, 5];
        for (int length = 0; length <= bytes.Length; length++)
        {
            Outcome<KvmTunHistogram> outcome = Reading.KvmTunSummary(new MemoryStream(bytes, 0, length, writable: false));

            Assert.Equal(counts[..outcome.Records.Count], outcome.Records.Select(record => record.Count));
            Assert.True(outcome.Issues.Count <= 1);
            Assert.Equal(LogText.LineCount(Summary[..length]), outcome.Tally.Total);
        }
    }

    [Fact]
    public void TwoRuns_AreApart()
    {
        Outcome<KvmTunHistogram> outcome = Reading.KvmTunSummary(Summary + Summary.WithCarriageReturns());

        Assert.Equal([1, 2], outcome.Records.Select(record => record.Run).Distinct());
        Assert.Equal(18, outcome.Records.Count);
        Assert.Equal(0, outcome.Tally.Malformed);
    }
}
