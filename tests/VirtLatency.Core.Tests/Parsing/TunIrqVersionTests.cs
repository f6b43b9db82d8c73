using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Every build's layout, request and reply: each value worked out by hand from the typed lines.</summary>
public sealed class TunIrqVersionTests
{
    private const uint Initiator = 0x0A008291; // 10.0.130.145
    private const uint Responder = 0x0A00828F; // 10.0.130.143
    private const string PostedInterrupt = "posted interrupt (stage 5)";
    private const string Wakeup = "irqfd_wakeup (stage 3 of 3)";
    private const long None = Latency.Missing;

    /// <summary>Text, version, boundary, ICMP type (-1 not told), id, sequence, whether addresses are told, last stage, and d2 to d5.</summary>
    public static TheoryData<string, string, int, int, bool, bool, int, long[]> Builds => new()
    {
        { TunIrqVersionText.Uniform, "d9a1fd5", -1, -1, false, true, 4, [None, None, 8_000, None] },
        { TunIrqVersionText.FiveStages, "0411184", -1, -1, true, false, 5, [None, 5_000, 8_000, 3_000] },
        { TunIrqVersionText.Filtering, "dde68b8/4d31567", 8, 22804, true, false, 5, [23_000, 5_000, 8_000, 3_000] },
        { TunIrqVersionText.Totals, "ec5dc24", 8, 22804, true, false, 5, [23_000, 5_000, 8_000, 3_000] },
        { TunIrqVersionText.Libbpf, "libbpf", -1, -1, true, true, 4, [None, None, 9_000, None] },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public void Every_build_and_type(string log, string version, int type, int id, bool hasAddresses, bool isThreeStage, int lastStage, long[] delays)
    {
        foreach (bool isReply in (bool[])[false, true])
        {
            string text = isReply ? TunIrqVersionText.Reply(log) : log;
            Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

            TunChainRecord record = Assert.Single(outcome.Records);
            Assert.Equal(delays, new[] { record.Delay2, record.Delay3, record.Delay4, record.Delay5 });
            Assert.Equal(lastStage, record.LastStage);
            Assert.Equal((type < 0 ? -1 : isReply ? 0 : 8, id, id < 0 ? -1 : 1), (record.IcmpType, record.IcmpId, record.Sequence));
            (uint source, uint destination) = isReply ? (Responder, Initiator) : (Initiator, Responder);
            Assert.Equal(hasAddresses ? (source, destination) : (0u, 0u), (record.Source, record.Destination));
            Assert.Equal((version, isThreeStage ? Wakeup : PostedInterrupt), (outcome.Facts.Version, outcome.Facts.ProbeBoundary));
            Assert.Equal((1, 1), (record.Run, outcome.Facts.RunCount));
            Assert.True(record.IrqCpuIdle);
            Assert.Empty(outcome.Issues);
            Assert.Equal(0, outcome.Tally.Malformed);
            Assert.Equal(LogText.LineCount(text), outcome.Tally.Parsed + outcome.Tally.Noise);
        }
    }

    [Theory]
    [InlineData(TunIrqVersionText.Uniform)]
    [InlineData(TunIrqVersionText.FiveStages)]
    [InlineData(TunIrqVersionText.Filtering)]
    [InlineData(TunIrqVersionText.Totals)]
    [InlineData(TunIrqVersionText.Libbpf)]
    public void Every_build_is_named_by_its_header_and_by_a_stage_line(string log)
    {
        Assert.Equal(new LogIdentity(LogTool.TunTxToKvmIrq, LogConfidence.High), LogDetector.Detect(Encoding.UTF8.GetBytes(log)));
        string stages = string.Concat(log.Split('\n').Where(line => line.StartsWith("TUN TX INTERRUPT [", StringComparison.Ordinal) || line.StartsWith("TUN_IRQ [", StringComparison.Ordinal)).Select(line => line + "\n"));
        Assert.Equal(new LogIdentity(LogTool.TunTxToKvmIrq, LogConfidence.Medium), LogDetector.Detect(Encoding.UTF8.GetBytes(stages)));
    }

    [Fact]
    public void Uniform_layout_everything_else()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqVersionText.Uniform);
        TunChainRecord record = outcome.Records[0];

        Assert.Equal(("vnet2", 1, 19L), (record.Device, record.Queue, record.Line));
        Assert.Equal((40211, 6, 20), (record.WorkerTid, record.WorkerCpu, record.IrqCpu));
        Assert.Equal(2_628_800_123_000_000, record.UptimeNanoseconds);
        Assert.Equal((None, None, None, None), (record.S3ToS4, record.S1ToS4, record.Total, record.PrintedSum));
        Assert.Equal("vnet2", outcome.Facts.Device);
        LogText.AssertTally(TunIrqVersionText.Uniform, outcome.Tally, parsed: 4, noise: 57, malformed: 0);
    }

    [Fact]
    public void Libbpf_everything_else()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqVersionText.Libbpf);
        TunChainRecord record = outcome.Records[0];

        Assert.Equal(("vnet6", 2, 11L), (record.Device, record.Queue, record.Line));
        Assert.Equal((777, 9, 3), (record.WorkerTid, record.WorkerCpu, record.IrqCpu));
        Assert.Equal(-1, record.UptimeNanoseconds);
        LogText.AssertTally(TunIrqVersionText.Libbpf, outcome.Tally, parsed: 4, noise: 31, malformed: 0);
    }

    [Fact]
    public void Abbreviated_form_both_types()
    {
        TunChainRecord request = Assert.Single(Reading.TunIrq(TunIrqText.ShortChain).Records);
        Outcome<TunChainRecord> reply = Reading.TunIrq(TunIrqVersionText.Reply(TunIrqText.ShortChain));

        Assert.Equal((8, 0x0A008191u), (request.IcmpType, request.Source));
        TunChainRecord record = Assert.Single(reply.Records);
        Assert.Equal((0, 0x0A00818Fu, 0x0A008191u), (record.IcmpType, record.Source, record.Destination));
        Assert.Equal((16_000, 8_000, 10_000, 1_000, 27_000), (record.Delay2, record.Delay3, record.Delay4, record.Delay5, record.Total));
        Assert.Equal(("abbreviated", PostedInterrupt), (reply.Facts.Version, reply.Facts.ProbeBoundary));
    }

    /// <summary>The C port leaves out what is 0: at irqfd_wakeup that is a delay of 0, at stages 1 and 2 nothing was measured.</summary>
    [Fact]
    public void Libbpf_without_a_delay()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqVersionText.Libbpf.Swap("Delay=0.009ms ", string.Empty)).Records);

        Assert.Equal((None, 0L), (record.Delay2, record.Delay4));
    }

    [Theory]
    [InlineData("ICMP 10.0.130.145->10.0.130.143", "TCP 10.0.130.9:5201->10.0.130.143:22", 0x0A008209u)]
    [InlineData("ICMP 10.0.130.145->10.0.130.143", "UDP 10.0.130.9:5201->10.0.130.143:53", 0x0A008209u)]
    [InlineData("ICMP 10.0.130.145->10.0.130.143", "OTHER 10.0.130.9->10.0.130.143", 0x0A008209u)]
    [InlineData(" ICMP 10.0.130.145->10.0.130.143", "", 0u)]
    [InlineData("COMM=swapper/3 ICMP 10.0.130.145->10.0.130.143", "COMM=a TCP b OTHER 10.0.130.9->10.0.130.143", 0x0A008209u)]
    public void Libbpf_other_packets(string old, string packet, uint source)
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqVersionText.Libbpf.Swap(old, packet));

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((-1, source, 9_000L), (record.IcmpType, record.Source, record.Delay4));
        Assert.Equal(0, outcome.Tally.Malformed);
    }

    [Fact]
    public void Libbpf_unknown_device()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqVersionText.Libbpf.Replace("[vnet6:q2]", "[unknown:q2]", StringComparison.Ordinal)).Records);

        Assert.Equal((null, 2), (record.Device, record.Queue));
    }

    /// <summary>0411184 prints TCP as later builds do, so only its stage 2 tells that the bytes are reversed.</summary>
    [Theory]
    [InlineData("IP 145.130.0.10 -> 143.130.0.10 proto=1", "TCP 145.130.0.10:20756 -> 143.130.0.10:5632")]
    [InlineData("IP 145.130.0.10 -> 143.130.0.10 proto=1", "UDP 145.130.0.10:20756 -> 143.130.0.10:5632")]
    [InlineData("IP 145.130.0.10 -> 143.130.0.10 proto=1", "IP 145.130.0.10 -> 143.130.0.10 proto=47")]
    public void Reversed_addresses_of_other_packets(string old, string packet)
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqVersionText.FiveStages.Swap(old, packet)).Records);

        Assert.Equal((Initiator, Responder), (record.Source, record.Destination));
    }

    [Fact]
    public void Later_builds_print_addresses_as_they_are()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqVersionText.Filtering.Swap(
            "ICMP 10.0.130.145 -> 10.0.130.143 type=8 code=0 id=22804 seq=1", "TCP 10.0.130.145:5201 -> 10.0.130.143:22")).Records);

        Assert.Equal((-1, Initiator, Responder, 34_000L), (record.IcmpType, record.Source, record.Destination, record.Total));
    }

    /// <summary>A worker that stamps stage 2 late in a run without stage 5: nothing tells these builds apart.</summary>
    [Fact]
    public void Without_stage_5_three_builds_remain()
    {
        Assert.Equal("dde68b8/4d31567/ec5dc24", Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2).Facts.Version);
    }

    /// <summary>On a 4.x kernel dde68b8 sees no stage 4.</summary>
    [Fact]
    public void Stage_4_on_a_4x_kernel_is_4d31567s()
    {
        string log = TunIrqVersionText.Filtering.Swap("Using 5.x (with vhost_vring_call, 72 bytes)", "Using 4.x (pointer only, 8 bytes)");

        Assert.Equal("4d31567", Reading.TunIrq(log).Facts.Version);
    }

    [Fact]
    public void Last_probe_by_the_header_alone()
    {
        string header = TunIrqVersionText.Filtering[..TunIrqVersionText.Filtering.IndexOf("TUN TX INTERRUPT [", StringComparison.Ordinal)];

        Assert.Equal(PostedInterrupt, Reading.TunIrq(header).Facts.ProbeBoundary);
        Assert.Equal("irqfd_wakeup (stage 4 of 5)", Reading.TunIrq(header.WithoutLine("Successfully attached to vmx_")).Facts.ProbeBoundary);
    }

    [Fact]
    public void Runs_of_several_builds_in_one_file()
    {
        string text = TunIrqVersionText.Uniform + TunIrqVersionText.FiveStages + TunIrqVersionText.Totals + TunIrqVersionText.Libbpf + TunIrqVersionText.Libbpf;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Equal("d9a1fd5; 0411184; ec5dc24; libbpf", outcome.Facts.Version);
        Assert.Equal("irqfd_wakeup (stage 3 of 3); posted interrupt (stage 5)", outcome.Facts.ProbeBoundary);
        Assert.Equal(5, outcome.Facts.RunCount);
        Assert.Equal([1, 2, 3, 4, 5], outcome.Records.Select(record => record.Run));
        Assert.Equal([0u, Initiator, Initiator, Initiator, Initiator], outcome.Records.Select(record => record.Source));
        Assert.Equal(0, outcome.Tally.Malformed);
        Assert.Equal(LogText.LineCount(text), outcome.Tally.Total);
    }

    /// <summary>Killed in mid-line, appended to: the next run's first line stands behind the cut one.</summary>
    [Fact]
    public void A_killed_run_of_the_uniform_layout()
    {
        string cut = TunIrqVersionText.Uniform[..(TunIrqVersionText.Uniform.IndexOf("Stage 3 [irqfd_wakeup]:", StringComparison.Ordinal) + 60)];

        Outcome<TunChainRecord> outcome = Reading.TunIrq(cut + TunIrqVersionText.Uniform);

        Assert.Equal([(1, 2, None), (2, 4, 8_000L)], outcome.Records.Select(record => (record.Run, record.LastStage, record.Delay4)));
        Assert.Equal(1, outcome.Tally.Malformed);
    }

    /// <summary>Python 2 divides whole numbers: 0.0 %. Python 3 with an ASCII locale ends at the letter for micro.</summary>
    [Fact]
    public void Statistics_of_other_pythons()
    {
        string python2 = TunIrqVersionText.Uniform.Swap("Chain Completeness: 100.0%", "Chain Completeness: 0.0%");
        string ascii = TunIrqVersionText.Uniform[..TunIrqVersionText.Uniform.IndexOf("  Average delay", StringComparison.Ordinal)] + """
            Traceback (most recent call last):
              File "./tun_tx_to_kvm_irq.py", line 981, in <module>
                main()
              File "./tun_tx_to_kvm_irq.py", line 790, in print_statistics_summary
                print("  Average delay: {:.1f}\u03bcs (from {} samples)".format(avg_delay, count))
            UnicodeEncodeError: 'ascii' codec can't encode character '\u03bc' in position 23: ordinal not in range(128)

            """;

        Assert.Equal(0, Reading.TunIrq(python2).Tally.Malformed);
        Outcome<TunChainRecord> outcome = Reading.TunIrq(ascii);
        Assert.Equal(8_000, Assert.Single(outcome.Records).Delay4);
        Assert.Equal(0, outcome.Tally.Malformed);
        Assert.StartsWith("UnicodeEncodeError: 'ascii' codec", outcome.Facts.ToolError, StringComparison.Ordinal);
    }

    /// <summary>Stage 2's constant 0 is no latency; a stage 3 of 0 is.</summary>
    [Fact]
    public void Uniform_zero_at_irqfd_wakeup_is_a_latency()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqVersionText.Uniform.Swap("VQ=0x0 Delay=0.008ms", "VQ=0x0 Delay=0.000ms")).Records);

        Assert.Equal((None, 0L), (record.Delay2, record.Delay4));
    }
}
