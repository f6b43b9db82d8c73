using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Tests.Parsing;

/// <summary>A killed run's last line is cut and the next run's banner stands behind it; other text where only whole lines count.</summary>
public sealed class GluedRunTests
{
    [Fact]
    public void The_next_runs_banner_behind_a_cut_line_begins_a_run()
    {
        string log = File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx", "sfsvm-send.log"));
        string cut = log[..(log.LastIndexOf("Total RTT", StringComparison.Ordinal) + 45)];

        Outcome<IcmpRttRecord> parsed = Reading.IcmpRtt(cut + log);

        Assert.Equal(31, parsed.Records.Count);
        Assert.Equal([15, 16], parsed.Records.GroupBy(record => record.Run).Select(run => run.Count()));
        Assert.Equal(1, parsed.Tally.Malformed);
    }

    [Theory]
    [InlineData("  S0 avg: 1")]
    [InlineData("  S0 avg: 14.7Device filter: vnet9\n")]
    [InlineData("Exact averages (us): S0=14.750, S1=3.500, S2=3.250, Total=21.5")]
    [InlineData("Exact averages (us): S0=14.750, S1=3.500, S2")]
    public void A_cut_average_is_no_average(string end)
    {
        Outcome<KvmTunRecord> parsed = Reading.KvmTun(end);

        Assert.Empty(parsed.Averages);
        Assert.Equal(1, parsed.Tally.Malformed);
    }

    /// <summary>tid 2's kick is its first; the line before it is another worker's.</summary>
    [Fact]
    public void A_stale_kick_is_measured_against_its_own_queue()
    {
        const string Log = """
            [14:23:16.827] tid=1 queue=1 s0=14us s1=5us s2=4us total=23us
            [14:23:16.830] tid=2 queue=2 s0=3000us s1=5us s2=4us total=3009us
            [14:23:21.830] tid=2 queue=2 s0=4999000us s1=5us s2=4us total=4999009us

            """;

        Outcome<KvmTunRecord> parsed = Reading.KvmTun(Log);

        Assert.Equal([SampleFlags.None, SampleFlags.None, SampleFlags.StaleKick], parsed.Records.Select(record => record.Flags));
    }

    [Fact]
    public void Text_of_stderr_between_a_flow_and_its_latency_costs_nothing()
    {
        string log = File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx", "oshost-send.log"));

        Outcome<IcmpPathRecord> parsed = Reading.IcmpPath(log.Replace("\n  Latency(us): ReqInternal=13.1", "\nPossibly lost 3 samples\n  Latency(us): ReqInternal=13.1", StringComparison.Ordinal));

        Assert.Equal(16, parsed.Records.Count);
        Assert.Equal(13_100, parsed.Records[0].ReqInternal);
    }

    [Theory]
    [InlineData("9999-12-31 23:59:60.000")]
    [InlineData("2026-02-30 10:00:00.000")]
    public void An_impossible_date_is_damage(string date)
    {
        Outcome<IcmpPathRecord> parsed = Reading.IcmpPath(date + " [complete] ID=1 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y\n");

        Assert.Equal(1, parsed.Tally.Malformed);
    }

    /// <summary>A name that a spreadsheet would take for a formula is no device.</summary>
    [Theory]
    [InlineData("=2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("-1")]
    public void A_device_name_is_a_device_name(string name)
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.ShortChain.Replace("vnet2", name, StringComparison.Ordinal));

        Assert.Empty(outcome.Records);
        Assert.Equal(5, outcome.Issues.Count);
    }
}
