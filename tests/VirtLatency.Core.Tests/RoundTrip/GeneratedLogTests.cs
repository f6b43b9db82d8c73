using VirtLatency.LogWriter;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Parsing;

namespace VirtLatency.Tests.RoundTrip;

/// <summary>
/// Random figures, a tenth of them with faults, written in each tool's layout and parsed again: every figure comes back
/// as it was printed. Writer and parser share no code.
/// </summary>
public sealed class GeneratedLogTests
{
    private const int Count = 500;

    [Theory]
    [InlineData("kernel_icmp_rtt-tx", IcmpRttDirection.Tx, 1)]
    [InlineData("kernel_icmp_rtt-tx-stacks", IcmpRttDirection.Tx, 2)]
    [InlineData("kernel_icmp_rtt-rx", IcmpRttDirection.Rx, 3)]
    [InlineData("kernel_icmp_rtt-rx-stacks", IcmpRttDirection.Rx, 4)]
    [InlineData("kernel_icmp_rtt-tx-d03d31d", IcmpRttDirection.Tx, 11)]
    [InlineData("kernel_icmp_rtt-rx-d03d31d", IcmpRttDirection.Rx, 12)]
    [InlineData("kernel_icmp_rtt-tx-4d47ad7", IcmpRttDirection.Tx, 13)]
    [InlineData("kernel_icmp_rtt-rx-4d47ad7", IcmpRttDirection.Rx, 14)]
    [InlineData("kernel_icmp_rtt-tx-libbpf", IcmpRttDirection.Tx, 15)]
    [InlineData("kernel_icmp_rtt-rx-libbpf", IcmpRttDirection.Rx, 16)]
    public void Kernel_icmp_rtt_comes_back(string name, IcmpRttDirection direction, int seed)
    {
        string log = Generate(name, Generator(seed), Count);
        Outcome<IcmpRttRecord> parsed = Reading.IcmpRtt(log);
        IcmpRttFigure[] figures = Generator(seed).IcmpRtt(direction, Count).ToArray();

        Assert.Empty(parsed.Issues);
        Assert.Equal(0, parsed.Tally.Malformed);
        Assert.Equal(log.Count(character => character == '\n'), parsed.Tally.Total);
        Assert.Equal(figures.Length, parsed.Records.Count);
        foreach ((IcmpRttFigure figure, IcmpRttRecord record) in figures.Zip(parsed.Records))
        {
            Assert.Equal((figure.IcmpId, figure.Sequence), (record.IcmpId, record.Sequence));
            Assert.Equal(Thousandths(figure.Path1Us), record.Path1);
            Assert.Equal(Thousandths(figure.InterPathUs), record.InterPath);
            Assert.Equal(Thousandths(figure.Path2Us), record.Path2);
            Assert.Equal(Thousandths(figure.TotalUs), record.TotalRtt);
            Assert.Equal(Thousandths(figure.Stage0To1Us), record.Stage0To1);
            Assert.Equal(Thousandths(figure.Stage1To2Us), record.Stage1To2);
            Assert.Equal(Thousandths(figure.Stage3To4Us), record.Stage3To4);
            Assert.Equal(Thousandths(figure.Stage4To5Us), record.Stage4To5);
        }
    }

    /// <summary>Builds with more or fewer stages: the paths are the figures', the stages add up to them.</summary>
    [Theory]
    [InlineData("kernel_icmp_rtt-tx-d9a1fd5", IcmpRttDirection.Tx, 17)]
    [InlineData("kernel_icmp_rtt-rx-d9a1fd5", IcmpRttDirection.Rx, 18)]
    [InlineData("kernel_icmp_rtt-tx-c2ccdc2", IcmpRttDirection.Tx, 19)]
    [InlineData("kernel_icmp_rtt-rx-c2ccdc2", IcmpRttDirection.Rx, 20)]
    public void Kernel_icmp_rtt_with_other_stages_comes_back(string name, IcmpRttDirection direction, int seed)
    {
        Outcome<IcmpRttRecord> parsed = Reading.IcmpRtt(Generate(name, Generator(seed), Count));
        IcmpRttFigure[] figures = Generator(seed).IcmpRtt(direction, Count).ToArray();

        Assert.Empty(parsed.Issues);
        Assert.Equal(0, parsed.Tally.Malformed);
        Assert.Equal(figures.Length, parsed.Records.Count);
        int checkedPaths = 0;
        foreach ((IcmpRttFigure figure, IcmpRttRecord record) in figures.Zip(parsed.Records))
        {
            Assert.Equal((figure.IcmpId, figure.Sequence), (record.IcmpId, record.Sequence));
            Assert.Equal(Thousandths(figure.Path1Us), record.Path1);
            Assert.Equal(Thousandths(figure.InterPathUs), record.InterPath);
            Assert.Equal(Thousandths(figure.Path2Us), record.Path2);
            Assert.Equal(Thousandths(figure.TotalUs), record.TotalRtt);
            checkedPaths += AddsUp(record.Path1, record.Stage0To1, record.Stage1To2, record.Stage0To2);
            checkedPaths += AddsUp(record.Path2, record.Stage3To4, record.Stage4To5, record.Stage3To5);
        }

        Assert.True(checkedPaths > Count / 2, $"only {checkedPaths} paths have all of their stages");

        // Each number is rounded to 1 ns by itself. Where a stage is missing there is nothing to add.
        static int AddsUp(long path, long first, long second, long both)
        {
            long sum = both == Latency.Missing ? Latency.Sum(first, second) : both;
            if (path == Latency.Missing || sum == Latency.Missing)
            {
                return 0;
            }

            Assert.InRange(sum - path, -2, 2);
            return 1;
        }
    }

    [Theory]
    [InlineData("icmp_drop_detector-sender", PathEnd.Sender, 5)]
    [InlineData("icmp_drop_detector-receiver", PathEnd.Receiver, 6)]
    public void Icmp_drop_detector_comes_back(string name, PathEnd end, int seed)
    {
        string log = Generate(name, Generator(seed), Count);
        Outcome<IcmpPathRecord> parsed = Reading.IcmpPath(log);
        Dictionary<(ushort, ushort), IcmpFlowFigure> figures = Generator(seed).IcmpFlows(end, Count).ToDictionary(figure => (figure.IcmpId, figure.Sequence));

        Assert.Empty(parsed.Issues);
        Assert.Equal(0, parsed.Tally.Malformed);
        Assert.Equal(log.Split("[complete]").Length - 1, parsed.Records.Count);
        Assert.True(parsed.Records.Count > Count / 2);
        foreach (IcmpPathRecord record in parsed.Records)
        {
            IcmpFlowFigure figure = figures[(record.IcmpId, record.Sequence)];
            AssertTenths(figure.ReqInternalUs, record.ReqInternal);
            AssertTenths(figure.ExternalUs, record.External);
            AssertTenths(figure.RepInternalUs, record.RepInternal);
            AssertTenths(figure.TotalUs, record.Total);
        }
    }

    [Theory]
    [InlineData("", "dde68b8/4d31567")]
    [InlineData("d9a1fd5-", "d9a1fd5")]
    [InlineData("0411184-", "0411184")]
    [InlineData("ec5dc24-", "ec5dc24")]
    [InlineData("libbpf-", "libbpf")]
    [InlineData("abbreviated-", "abbreviated")]
    [InlineData("json-", "dde68b8/4d31567/ec5dc24")]
    [InlineData("d9a1fd5-json-", "d9a1fd5")]
    [InlineData("0411184-json-", "0411184")]
    public void Tun_tx_to_kvm_irq_comes_back(string build, string version)
    {
        AssertTun($"tun_tx_to_kvm_irq-{build}receiver", PathEnd.Receiver, 7, version);
        AssertTun($"tun_tx_to_kvm_irq-{build}sender", PathEnd.Sender, 8, version);
    }

    [Theory]
    [InlineData("kvm_vhost_tun_latency_details-sender", PathEnd.Sender, 9)]
    [InlineData("kvm_vhost_tun_latency_details-receiver", PathEnd.Receiver, 10)]
    public void Kvm_vhost_tun_latency_comes_back(string name, PathEnd end, int seed)
    {
        string log = Generate(name, Generator(seed), Count);
        Outcome<KvmTunRecord> parsed = Reading.KvmTun(log);
        KvmTunFigure[] figures = Generator(seed).KvmTun(end, Count).ToArray();

        Assert.Empty(parsed.Issues);
        Assert.Equal(0, parsed.Tally.Malformed);
        Assert.Equal(figures.Length, parsed.Records.Count);
        foreach ((KvmTunFigure figure, KvmTunRecord record) in figures.Zip(parsed.Records))
        {
            Assert.Equal((figure.WorkerTid, figure.Queue), (record.WorkerTid, record.Queue));
            bool isChain = figure.S0Us is not null && figure.S1Us is not null;
            Assert.Equal(isChain ? (figure.S0Us + figure.S1Us + figure.S2Us) * 1000 : Latency.Missing, record.Total == 0 ? Latency.Missing : record.Total);
        }
    }

    private static void AssertTun(string name, PathEnd end, int seed, string version)
    {
        bool isJson = name.Contains("json", StringComparison.Ordinal);
        bool isThreeStage = version is "d9a1fd5" or "libbpf";
        bool hasSignal = !isThreeStage && version != "0411184";
        bool hasIcmp = hasSignal && version != "abbreviated";
        string log = Generate(name, Generator(seed), Count);
        Outcome<TunChainRecord> parsed = isJson ? Reading.TunIrqJson(log) : Reading.TunIrq(log);
        TunChainFigure[] figures = Generator(seed).TunChains(end, Count).ToArray();

        Assert.Empty(parsed.Issues);
        Assert.Equal((0, version), (parsed.Tally.Malformed, parsed.Facts.Version));
        Assert.Equal(LogText.LineCount(log), parsed.Tally.Total);
        Assert.Equal(figures.Length, parsed.Records.Count);
        long slack = isJson ? 0 : 500;
        foreach ((TunChainFigure figure, TunChainRecord record) in figures.OrderBy(figure => figure.Time).Zip(parsed.Records.OrderBy(record => record.Line)))
        {
            Assert.Equal(!isThreeStage ? figure.LastStage : figure.LastStage > 3 ? 4 : Math.Min(figure.LastStage, 2), record.LastStage);
            AssertWithin(hasSignal ? figure.Stage1To2Us : null, record.Delay2, slack);
            AssertWithin(isThreeStage ? null : figure.Stage2To3Us, record.Delay3, slack);
            AssertWithin(figure.Stage2To3Us + figure.Stage3To4Us, record.Delay4, slack);
            AssertWithin(isThreeStage ? null : figure.Stage4To5Us, record.Delay5, slack);
            Assert.Equal((figure.Queue.Device, figure.Queue.Number), (record.Device, record.Queue));
            Assert.Equal(hasIcmp ? (figure.Packet.IcmpId, figure.Packet.Sequence) : (-1, -1), (record.IcmpId, record.Sequence));
            Assert.Equal(hasSignal ? figure.Packet.IcmpType : -1, record.IcmpType);
            Assert.Equal(version == "d9a1fd5" && !isJson ? "0.0.0.0" : figure.Packet.Source, AddressText.Of(record.Source));
        }
    }

    /// <summary>Each packet once, answered or lost; printed in steps of 1, 10, 100 or 1000 us, rounded by less than one.</summary>
    [Theory]
    [InlineData("ping", 11)]
    [InlineData("ping-D", 12)]
    [InlineData("ping-D-O", 13)]
    public void Ping_comes_back(string name, int seed)
    {
        string log = Generate(name, Generator(seed), Count);
        Outcome<PingRecord> parsed = Reading.Ping(log);
        PingFigure[] figures = Generator(seed).Pings(Count).ToArray();
        PingRecord[] answers = parsed.Records.Where(record => record.Loss == LossEvidence.None).ToArray();
        PingFigure[] answered = figures.Where(figure => figure.RttUs is not null).ToArray();

        Assert.Empty(parsed.Issues);
        Assert.Equal(0, parsed.Tally.Malformed);
        Assert.Equal(answered.Length, answers.Length);
        foreach ((PingFigure figure, PingRecord record) in answered.Zip(answers))
        {
            long step = figure.RttUs switch { < 1000 => 1, < 9_995 => 10, < 99_950 => 100, _ => 1000 };
            Assert.Equal((figure.Sequence, figure.IsDuplicate), (record.Sequence, record.Flags.HasFlag(SampleFlags.Duplicate)));
            Assert.InRange(record.Rtt, (figure.RttUs!.Value * 1000) - (step * 500), (figure.RttUs.Value * 1000) + (step * 500));
            Assert.Equal(name != "ping" ? new DateTime(figure.Time.Ticks - (figure.Time.Ticks % 10), DateTimeKind.Utc) : null, record.Timestamp);
        }

        ushort[] lost = figures.Where(figure => figure.RttUs is null).Select(figure => figure.Sequence).ToArray();
        Assert.True(lost.Length > 2);
        Assert.Equal(name == "ping-D-O" ? LossEvidence.NoAnswerYet : LossEvidence.Gap, parsed.Records.First(record => record.Loss != LossEvidence.None).Loss);
        Assert.Equal(lost, parsed.Records.Where(record => record.Loss != LossEvidence.None).Select(record => record.Sequence));
    }

    private static string Generate(string name, FigureGenerator figures, int count)
    {
        using var output = new StringWriter();
        GeneratedLog.Write(name, figures, count, output);
        return output.ToString();
    }

    private static FigureGenerator Generator(int seed) => new(seed) { FaultShare = 0.1 };

    private static long Thousandths(decimal? us) => us is { } value ? (long)Math.Round(value * 1000) : Latency.Missing;

    private static void AssertTenths(decimal? us, long nanoseconds) => AssertWithin(us, nanoseconds, slack: 50);

    private static void AssertWithin(decimal? us, long nanoseconds, long slack)
    {
        Assert.Equal(us is null, nanoseconds == Latency.Missing);
        if (us is { } value)
        {
            Assert.InRange(nanoseconds, (long)(value * 1000) - slack, (long)(value * 1000) + slack);
        }
    }
}
