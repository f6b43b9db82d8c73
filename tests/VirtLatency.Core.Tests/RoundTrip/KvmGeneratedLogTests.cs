using VirtLatency.LogWriter;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Parsing;

namespace VirtLatency.Tests.RoundTrip;

/// <summary>The other layouts of kvm_vhost_tun_latency, and vhost_wakeup_latency, written from random figures and read again.</summary>
public sealed class KvmGeneratedLogTests
{
    private const int Count = 500;

    [Fact]
    public void Averages_without_samples_come_back()
    {
        string log = Generate("kvm_vhost_tun_latency_details-sender-no-detail", 21);
        Outcome<KvmTunRecord> parsed = Reading.KvmTun(log);

        Assert.Empty(parsed.Records);
        AssertAverages(Figures(21, PathEnd.Sender), parsed, tolerance: 1);
        AssertWhole(log, parsed.Tally);
    }

    [Theory]
    [InlineData("kvm_vhost_tun_latency_no_discovery-sender", PathEnd.Sender, 22)]
    [InlineData("kvm_vhost_tun_latency_no_discovery-receiver", PathEnd.Receiver, 23)]
    public void No_discovery_comes_back(string name, PathEnd end, int seed)
    {
        string log = Generate(name, seed);
        Outcome<KvmTunRecord> parsed = Reading.KvmTun(log);
        KvmTunFigure[] figures = Figures(seed, end);

        Assert.Equal("50ab798", parsed.Facts.Version);
        AssertWhole(log, parsed.Tally);
        AssertAverages(figures, parsed, tolerance: 51);
        Assert.Equal(figures.Length, parsed.Records.Count);
        foreach ((KvmTunFigure figure, KvmTunRecord record) in figures.Zip(parsed.Records))
        {
            long? total = figure.S0Us + figure.S1Us + figure.S2Us;
            Assert.Equal(total is > 0 ? total * 1000 : Latency.Missing, record.Total);
            Assert.Equal(figure.S2Us * 1000, record.S2);
        }
    }

    /// <summary>The figures' own mean lies within the bounds of every histogram; the printed mean is above the upper one.</summary>
    [Theory]
    [InlineData("kvm_vhost_tun_latency_summary-sender", PathEnd.Sender, 24)]
    [InlineData("kvm_vhost_tun_latency_summary-receiver", PathEnd.Receiver, 25)]
    public void Histograms_bound_the_mean(string name, PathEnd end, int seed)
    {
        string log = Generate(name, seed);
        Outcome<KvmTunHistogram> parsed = Reading.KvmTunSummary(log);
        KvmTunFigure[] figures = Figures(seed, end);
        KvmTunHistogram[] final = [.. parsed.Records.Where(record => record.IsFinal)];

        AssertWhole(log, parsed.Tally);
        Assert.Equal(["S0", "S1", "S2"], final.Select(record => record.Name));
        foreach ((KvmTunHistogram histogram, long[] values) in final.Zip(Stages(figures)))
        {
            Assert.Equal(values.Length, histogram.Count);
            Assert.InRange(values.Average(), histogram.MeanLowUs!.Value, histogram.MeanHighUs!.Value);
            Assert.True(histogram.PrintedMean / 1000.0 > histogram.MeanHighUs);
        }

        foreach (int stage in new[] { 0, 1, 2 })
        {
            Assert.Equal(final[stage].Count, parsed.Records.Where(record => !record.IsFinal && record.Stage == stage).Sum(record => record.Count));
        }
    }

    [Theory]
    [InlineData("vhost_wakeup_latency-sender", PathEnd.Sender, 26)]
    [InlineData("vhost_wakeup_latency-receiver", PathEnd.Receiver, 27)]
    public void Wakeups_above_50_us_come_back(string name, PathEnd end, int seed)
    {
        string log = Generate(name, seed);
        Outcome<VhostWakeupRecord> parsed = Reading.VhostWakeup(log);
        VhostWakeupFigure[] all = [.. Generator(seed).Wakeups(end, Count)];
        VhostWakeupFigure[] printed = [.. all.Where(figure => (long)figure.LatencyUs > 50)];

        AssertWhole(log, parsed.Tally);
        Assert.NotEmpty(printed);
        Assert.Equal(
            printed.Select(figure => (figure.Command, figure.Pid, figure.WakerCpu, figure.TargetCpu, figure.RunCpu)),
            parsed.Records.Select(record => (record.WorkerName!, record.WorkerTid, record.WakerCpu, record.TargetCpu, record.RunCpu)));
        Assert.All(printed.Zip(parsed.Records), pair => Assert.InRange(pair.Second.Latency, (long)(pair.First.LatencyUs * 1000) - 51, (long)(pair.First.LatencyUs * 1000) + 51));
        VhostWakeupStatistics last = parsed.Statistics[^1];
        Assert.Equal((null, Count, Count), (last.Elapsed, last.WakeupCount, last.SwitchCount));
        Assert.InRange(last.Mean / 1000.0, all.Average(figure => (double)(long)figure.LatencyUs) - 0.051, all.Average(figure => (double)(long)figure.LatencyUs) + 0.051);
        Assert.Equal(all.Max(figure => (long)figure.LatencyUs) * 1000, last.Max);
    }

    private static void AssertAverages(KvmTunFigure[] figures, Outcome<KvmTunRecord> parsed, long tolerance)
    {
        long[] chains = [.. figures.Where(figure => figure.S0Us is not null && figure.S1Us is not null).Select(figure => figure.S0Us!.Value + figure.S1Us!.Value + figure.S2Us)];
        Assert.Equal(["S0", "S1", "S2", "Total"], parsed.Averages.Select(average => average.Name));
        foreach ((KvmTunAverage average, long[] values) in parsed.Averages.Zip([.. Stages(figures), chains]))
        {
            Assert.Equal(values.Length, average.SampleCount);
            Assert.InRange(average.Mean, (values.Average() * 1000) - tolerance, (values.Average() * 1000) + tolerance);
        }
    }

    private static IEnumerable<long[]> Stages(KvmTunFigure[] figures) =>
    [
        [.. figures.Select(figure => figure.S0Us).OfType<long>()],
        [.. figures.Select(figure => figure.S1Us).OfType<long>()],
        [.. figures.Select(figure => figure.S2Us)],
    ];

    private static void AssertWhole(string log, LineTally tally)
    {
        Assert.Equal(0, tally.Malformed);
        Assert.Equal(LogText.LineCount(log), tally.Total);
    }

    private static KvmTunFigure[] Figures(int seed, PathEnd end) => [.. Generator(seed).KvmTun(end, Count)];

    private static FigureGenerator Generator(int seed) => new(seed) { FaultShare = 0.1 };

    private static string Generate(string name, int seed)
    {
        using var output = new StringWriter();
        GeneratedLog.Write(name, Generator(seed), Count, output);
        return output.ToString();
    }
}
