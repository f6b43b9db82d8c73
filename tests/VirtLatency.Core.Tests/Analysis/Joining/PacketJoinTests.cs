using VirtLatency.Analysis;
using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.Joining;

public sealed class PacketJoinTests
{
    private static readonly SampleFlow Flow = new(1, JoinEnvironment.Here, JoinEnvironment.There, null, -1);

    /// <summary>The VM and host logs hold the same 16 packets; the tun logs are of other pings.</summary>
    [Theory]
    [InlineData("smtx")]
    [InlineData("zbs")]
    public void The_example_logs_join(string name)
    {
        JoinRates rates = PacketJoin.Of(TestEnvironments.Example(name)).Rates;

        Assert.Equal("16 of 16 packets are in all of SenderVm, ReceiverVm, SenderHost, ReceiverHost", rates.Summary());
        Assert.Equal([16L, 16, 16, 16, 0, 0], rates.Logs.Select(log => log.MatchedCount));
        Assert.Equal([0L, 0, 0, 0, 16, 16], rates.Logs.Select(log => log.UnmatchedCount));
    }

    /// <summary>Lines of icmp_drop_detector have no addresses; its header has: 10.0.129.145 and .143.</summary>
    [Fact]
    public void A_host_log_has_the_addresses_of_its_header()
    {
        EnvironmentLog host = TestEnvironments.Example("zbs").Logs.Single(log => log.RoleValue == LogRole.ReceiverHost);

        Assert.Equal([new SampleFlow(1, 0x0a008191, 0x0a00818f, null, -1)], host.Store.Flows);
    }

    [Fact]
    public void Packets_of_other_addresses_or_ids_do_not_join()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.ReceiverVm, 7, JoinEnvironment.Sequences(1, 5), flow: new SampleFlow(1, JoinEnvironment.Here, 99, null, -1))
            .With(LogRole.SenderHost, 8, JoinEnvironment.Sequences(1, 5))
            .Build();

        Assert.Equal(0, PacketJoin.Of(environment).Rates.JoinedCount);
    }

    [Fact]
    public void Runs_are_kept_apart()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 5), "one")
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 5), "two")
            .Build();

        Assert.Equal(0, PacketJoin.Of(environment).Rates.JoinedCount);
    }

    /// <summary>Logs of older exports do not say the hosts' addresses: with one ping in question they are not needed.</summary>
    [Fact]
    public void Addresses_that_a_log_does_not_print_stand_for_any()
    {
        var unknown = new SampleFlow(1, 0, 0, null, -1);
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 5), flow: unknown)
            .Build();

        Assert.Equal(5, PacketJoin.Of(environment).Rates.MatchedCount);
    }

    [Fact]
    public void With_two_pairs_in_question_the_id_decides_or_nothing_does()
    {
        var other = new SampleFlow(1, JoinEnvironment.Here, 99, null, -1);
        var unknown = new SampleFlow(1, 0, 0, null, -1);
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.SenderVm, 8, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.SenderVm, 8, JoinEnvironment.Sequences(1, 5), flow: other)
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 5), flow: unknown)
            .With(LogRole.SenderHost, 8, JoinEnvironment.Sequences(1, 5), flow: unknown)
            .Build();

        JoinRates rates = PacketJoin.Of(environment).Rates;
        Assert.Equal(5, rates.MatchedCount);
        Assert.Equal(5, rates.Logs.Single(log => log.Role == LogRole.SenderHost).AmbiguousCount);
    }

    /// <summary>The id is used three times in the sender's log, twice in the host's: which one it missed cannot be told.</summary>
    [Fact]
    public void An_id_that_was_used_more_often_in_one_log_is_ambiguous()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, Thrice())
            .With(LogRole.ReceiverVm, 7, Thrice())
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 4).Concat(JoinEnvironment.Sequences(1, 4)))
            .Build();

        JoinRates rates = PacketJoin.Of(environment).Rates;
        Assert.Equal(12, rates.CountOf(LogRole.SenderVm, LogRole.ReceiverVm));
        Assert.Equal(0, rates.MatchedCount);
        Assert.Equal(8, rates.Logs.Single(log => log.Role == LogRole.SenderHost).AmbiguousCount);

        static IEnumerable<(ushort, int)> Thrice() => Enumerable.Repeat(JoinEnvironment.Sequences(1, 4), 3).SelectMany(packets => packets);
    }

    /// <summary>Two runs in every file: their numbers correspond, so the same id in both is no question.</summary>
    [Fact]
    public void Runs_in_one_file_correspond_where_every_file_has_the_same()
    {
        var environment = new JoinEnvironment();
        SampleFlow second = Flow with { Run = 2 };
        foreach (LogRole role in new[] { LogRole.SenderVm, LogRole.SenderHost })
        {
            environment.With(role, 7, JoinEnvironment.Sequences(1, 3)).With(role, 7, JoinEnvironment.Sequences(1, role == LogRole.SenderVm ? 3 : 2), flow: second);
        }

        PacketJoin join = PacketJoin.Of(environment.Build());
        Assert.Equal(["#1", "#1", "#1", "#2", "#2"], join.Packets().Select(packet => packet.Group.Run));
    }

    /// <summary>One tool was started anew between two pings, the other ran on: ids tell.</summary>
    [Fact]
    public void Runs_in_one_file_do_not_count_where_files_have_others()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 3))
            .With(LogRole.SenderVm, 8, JoinEnvironment.Sequences(1, 3), flow: Flow with { Run = 2 })
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 3))
            .With(LogRole.SenderHost, 8, JoinEnvironment.Sequences(1, 3))
            .Build();

        Assert.Equal(6, PacketJoin.Of(environment).Rates.MatchedCount);
    }

    /// <summary>The host's tool was attached after the wrap: its 3 is the sender's 65539, not its 3.</summary>
    [Fact]
    public void A_log_that_begins_after_the_wrap_is_aligned()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(65_500, 200))
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(65_539, 150))
            .Build();

        PacketJoin join = PacketJoin.Of(environment);
        Assert.Equal(150, join.Rates.MatchedCount);
        Assert.All(join.Packets(), packet => Assert.Equal(Mark(packet, 0), Mark(packet, 2)));
    }

    /// <summary>Two whole wraps and 10 packets of another: three places are as good as each other, and none is taken.</summary>
    [Fact]
    public void A_piece_that_fits_several_wraps_is_ambiguous()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 150_000))
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(70_000, 10))
            .Build();

        JoinRates rates = PacketJoin.Of(environment).Rates;
        Assert.Equal(0, rates.MatchedCount);
        Assert.Equal(10, rates.Logs.Single(log => log.Role == LogRole.SenderHost).AmbiguousCount);
    }

    /// <summary>17 came as 40017, and a 5 stands where 19 was: both are left out, and move nothing.</summary>
    [Fact]
    public void A_damaged_number_costs_its_packet_only()
    {
        (ushort, int)[] damaged = [.. JoinEnvironment.Sequences(1, 16), (40_017, 17), (18, 18), (5, 19), .. JoinEnvironment.Sequences(20, 400)];
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 419))
            .With(LogRole.SenderHost, 7, damaged)
            .Build();

        PacketJoin join = PacketJoin.Of(environment);
        LogJoin host = join.Rates.Logs.Single(log => log.Role == LogRole.SenderHost);
        Assert.Equal(417, join.Rates.MatchedCount);
        Assert.Equal(2, host.AmbiguousCount);
        Assert.All(join.Packets(), packet => Assert.Equal(Mark(packet, 0), Mark(packet, 2)));
    }

    /// <summary>The host's tool was started again in the middle of a ping that it shares with the VM.</summary>
    [Fact]
    public void A_ping_goes_on_over_runs_of_one_file()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 500))
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 100))
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(150, 300), flow: Flow with { Run = 2 })
            .Build();

        Assert.Equal(400, PacketJoin.Of(environment).Rates.MatchedCount);
    }

    /// <summary>The first packet of the first ping is missing in one log: that of the second is not taken for it.</summary>
    [Fact]
    public void A_missing_first_packet_does_not_shift_the_next_ping()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, [(1, 1), (2, 2), (3, 3), (1, 11), (2, 12), (3, 13)])
            .With(LogRole.SenderHost, 7, [(2, 2), (3, 3), (1, 11), (2, 12), (3, 13)])
            .Build();

        PacketJoin join = PacketJoin.Of(environment);
        Assert.Equal([2, 3, 11, 12, 13], join.Packets().Select(packet => Mark(packet, 0)));
        Assert.Equal([2, 3, 11, 12, 13], join.Packets().Select(packet => Mark(packet, 2)));
    }

    /// <summary>40,000 packets were not answered in one log: it counts on, and meets the others again.</summary>
    [Fact]
    public void A_gap_of_more_than_half_a_wrap_is_bridged()
    {
        LatencyEnvironment environment = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 50_000))
            .With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 100).Concat(JoinEnvironment.Sequences(40_101, 9_900)))
            .Build();

        Assert.Equal(10_000, PacketJoin.Of(environment).Rates.MatchedCount);
    }

    [Fact]
    public void A_ping_without_ids_joins_where_one_ping_is_in_question()
    {
        LatencyEnvironment one = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.SenderPing, 0, JoinEnvironment.Sequences(1, 5), flow: new SampleFlow(1, 0, JoinEnvironment.There, null, -1))
            .Build();
        LatencyEnvironment two = new JoinEnvironment()
            .With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.SenderVm, 8, JoinEnvironment.Sequences(1, 5))
            .With(LogRole.SenderPing, 0, JoinEnvironment.Sequences(1, 5))
            .Build();

        Assert.Equal(5, PacketJoin.Of(one).Rates.CountOf(LogRole.SenderVm, LogRole.SenderPing));
        Assert.Equal(5, PacketJoin.Of(two).Rates.Logs.Single(log => log.Role == LogRole.SenderPing).AmbiguousCount);
    }

    [Fact]
    public void A_reservoir_is_left_out_with_the_reason()
    {
        var environment = new JoinEnvironment();
        environment.With(LogRole.SenderVm, 7, JoinEnvironment.Sequences(1, 50));
        foreach (int number in Enumerable.Range(1, 50))
        {
            environment.Add(LogRole.SenderHost, in Flow, 7, (ushort)number, number, maxSampleCount: 10);
        }

        JoinRates rates = PacketJoin.Of(environment.Build()).Rates;
        Assert.Equal(0, rates.JoinedCount);
        Assert.StartsWith("SenderHost (SenderHost.log): not joined: it keeps a choice of 10 of 50 samples", rates.Logs[1].ToString(), StringComparison.Ordinal);
        Assert.StartsWith("no packets are joined", rates.Summary(), StringComparison.Ordinal);
    }

    /// <summary>Sums and differences of one packet: 227 = 18 + 193 + 16, span 166 = 13.5 + 144 + 8.5, and so on.</summary>
    [Fact]
    public void Values_of_a_packet_by_hand()
    {
        JoinedPacket packet = Assert.Single(PacketJoin.Of(OnePacket()).Packets());
        var values = new PacketValues(in packet, countedOnly: true);

        Assert.Equal(30_700, values.HostToHost);
        Assert.Equal(27_000, values.VirtSender);
        Assert.Equal(51_300, values.VirtReceiver);
        Assert.Equal(82_700 + 200, values.SenderHostTotal);
        Assert.Equal(74_000, values.VmInternal);
        Assert.Equal(44_000, values.HostForwarding);
        Assert.Equal(0, values.Residual);
        Assert.Equal(Latency.Missing, values.L);
    }

    /// <summary>External 100, 110, 130 of the sender's host, Total 80 of the receiver's: 20, 30, 50 between; s = sqrt(700 / 3).</summary>
    [Fact]
    public void A_computed_part_has_the_spread_of_its_packets()
    {
        LatencyEnvironment environment = Hosts([100_000, 110_000, 130_000], [80_000, 80_000, 80_000]);

        SegmentLatency row = Breakdown.Of(environment).Single(row => row.Segment == "C+J");
        Assert.Equal((100.0 / 3), row.MeanUs!.Value, 9);
        Assert.Equal(Math.Sqrt(700.0 / 3), row.StdDevUs!.Value, 9);
        Assert.Equal((20.0, 30.0, 50.0), (row.MinUs, row.P50Us, row.MaxUs));
        Assert.Null(row.P95Us);
        Assert.Null(row.Note);
        Assert.Equal([20.0, 30.0, 50.0], Assert.Single(PacketJoin.DerivedSamples(environment, "HostToHost").Of("HostToHost")).ValuesUs);
    }

    [Fact]
    public void A_computed_part_says_that_fewer_packets_give_its_spread()
    {
        SegmentLatency row = Breakdown.Of(Hosts([100_000, 110_000, 130_000, 140_000], [80_000, 80_000, 80_000])).Single(row => row.Segment == "C+J");

        Assert.Equal(120 - 80, row.MeanUs);
        Assert.Equal(50, row.MaxUs);
        Assert.Contains("not all packets in common", row.Note, StringComparison.Ordinal);

        SegmentLatency other = Breakdown.Of(Hosts([100_000, 110_000], [80_000, 80_000], shift: 1)).Single(row => row.Segment == "C+J");
        Assert.Equal(110 - 80, other.MaxUs);
        Assert.Contains("spread and quantiles of the 1 packets that all these logs have", other.Note, StringComparison.Ordinal);
    }

    /// <summary>A flagged packet has a row, and no sample.</summary>
    [Fact]
    public void Flagged_packets_give_no_samples()
    {
        var environment = new JoinEnvironment();
        environment.With(LogRole.SenderHost, 7, JoinEnvironment.Sequences(1, 3));
        environment.With(LogRole.ReceiverHost, 7, JoinEnvironment.Sequences(1, 2));
        environment.Add(LogRole.ReceiverHost, in Flow, 7, 3, 3, SampleFlags.Negative);
        LatencyEnvironment built = environment.Build();

        PacketBreakdown[] rows = [.. PacketRows.Of(built, PacketJoin.Of(built))];
        Assert.Equal([null, null, "Negative"], rows.Select(row => row.Flag));
        Assert.Equal(2, Assert.Single(PacketJoin.DerivedSamples(built, "HostToHost").Of("HostToHost")).ValuesUs.Count);
    }

    private static LatencyEnvironment Hosts(long[] external, long[] total, int shift = 0)
    {
        var sender = new SampleStore(SampleSchema.Of(LogTool.IcmpDropDetector));
        var receiver = new SampleStore(SampleSchema.Of(LogTool.IcmpDropDetector));
        for (int i = 0; i < external.Length; i++)
        {
            sender.Add(in Flow, 7, (ushort)(i + 1), SampleFlags.None, counted: true, [0, external[i], 0, external[i]]);
        }

        for (int i = 0; i < total.Length; i++)
        {
            receiver.Add(in Flow, 7, (ushort)(i + 1 + shift), SampleFlags.None, counted: true, [0, total[i], 0, total[i]]);
        }

        return new LatencyEnvironment("hosts", null,
        [
            new EnvironmentLog { RoleValue = LogRole.SenderHost, ToolValue = LogTool.IcmpDropDetector, Store = sender },
            new EnvironmentLog { RoleValue = LogRole.ReceiverHost, ToolValue = LogTool.IcmpDropDetector, Store = receiver },
        ]);
    }

    private static int Mark(JoinedPacket packet, int slot)
    {
        SampleStore store = packet.Group[slot]!.Log.Store;
        return (int)(store.ValueOf(in store.Records[packet.IndexIn(slot)], 0) / 1000);
    }

    private static LatencyEnvironment OnePacket()
    {
        (LogRole, long[])[] logs =
        [
            (LogRole.SenderVm, [18_000, 193_000, 16_000, 227_000]),
            (LogRole.ReceiverVm, [24_000, 8_500, 7_500, 40_000]),
            (LogRole.SenderHost, [13_500, 144_100, 8_400, 166_000]),
            (LogRole.ReceiverHost, [12_700, 91_300, 9_400, 113_400]),
        ];
        return new LatencyEnvironment("one", null, [.. logs.Select(log =>
        {
            var store = new SampleStore(SampleSchema.Of(LogRoleName.ToolOf(log.Item1)));
            store.Add(in Flow, 7, 1, SampleFlags.First, counted: true, log.Item2);
            return new EnvironmentLog { RoleValue = log.Item1, ToolValue = LogRoleName.ToolOf(log.Item1), Store = store };
        })]);
    }
}
