using VirtLatency.Analysis.Closing;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.Closing;

public sealed class ClosureTests
{
    private static readonly SampleFlow Flow = new(1, 1, 2, null, -1);

    /// <summary>26.9158 - 31.8125 - 24.8125 = -29.7092 and 106.1095 - 96.3125 - 98.1 = -88.3030.</summary>
    [Theory]
    [InlineData("smtx", -29.7092)]
    [InlineData("zbs", -88.3030)]
    public void Pieces_of_the_reference_investigation_exceed_VirtSender(string name, double residual)
    {
        ClosureCheck row = RowOf(TestEnvironments.Example(name), "L + B_1 within VirtSender", "Means");

        Assert.Equal(residual, row.ResidualUs!.Value, 3);
        Assert.Equal(1.5515, row.ToleranceUs!.Value, 6);
        Assert.False(row.Passed);
        Assert.StartsWith("A failure means that the pieces were measured under other conditions", row.Meaning, StringComparison.Ordinal);
        Assert.StartsWith("at most ", row.Expected, StringComparison.Ordinal);
    }

    /// <summary>In smtx L alone, 31.8125, exceeds 26.9158; E, 35, fits into 51.3086. In zbs each piece fits by itself.</summary>
    [Theory]
    [InlineData("smtx", "L within VirtSender", false, -4.8967)]
    [InlineData("smtx", "B_1 within VirtSender", true, 2.1033)]
    [InlineData("smtx", "E within VirtReceiver", true, 16.3086)]
    [InlineData("zbs", "L within VirtSender", true, 9.7970)]
    [InlineData("zbs", "B_1 within VirtSender", true, 8.0095)]
    [InlineData("zbs", "E within VirtReceiver", true, 103.6009)]
    public void Single_pieces_of_the_reference_investigation(string name, string check, bool passed, double residual)
    {
        ClosureCheck row = RowOf(TestEnvironments.Example(name), check, "Means");

        Assert.Equal(passed, row.Passed);
        Assert.InRange(row.ResidualUs!.Value, residual - 0.001, residual + 0.001);
    }

    [Theory]
    [InlineData("smtx")]
    [InlineData("zbs")]
    public void All_else_of_the_reference_investigation_holds(string name)
    {
        ClosureCheck[] failed = [.. Closure.Of(TestEnvironments.Example(name)).Where(row => row.Passed == false)];

        Assert.All(failed, row => Assert.True(row.Check!.Contains("TunIrq", StringComparison.Ordinal) || row.Check.EndsWith("VirtSender", StringComparison.Ordinal), row.Check));
        Assert.Equal(0, RowOf(TestEnvironments.Example(name), "SenderTunIrq: packets of SenderVm", "Packets").SampleCount);
        Assert.Equal(16, RowOf(TestEnvironments.Example(name), "ReceiverHost: packets of SenderVm", "Packets").SampleCount);
        Assert.Equal(16, RowOf(TestEnvironments.Example(name), "ReceiverVm within ReceiverExternal", "Packets").SampleCount);
    }

    [Fact]
    public void Checks_are_the_same_whatever_logs_there_are_and_none_is_silent()
    {
        ClosureCheck[] without = [.. Closure.Of(TestEnvironments.Example("zbs-c6off"))];

        Assert.Equal(Closure.Of(TestEnvironments.Example("zbs")).Select(row => (row.Check, row.Scope)), without.Select(row => (row.Check, row.Scope)));
        Assert.Equal(without.Length, without.Select(row => (row.Check, row.Scope)).Distinct().Count());
        Assert.All(without.Where(row => row.Passed is null), row => Assert.StartsWith("Not checked: ", row.Meaning, StringComparison.Ordinal));
        Assert.All(without.Where(row => row.Passed is not null), row => Assert.StartsWith("S0 + S1 + S2 = I_1", row.Check, StringComparison.Ordinal));
        Assert.All(without, row => Assert.True(row.Check!.Length <= 36, row.Check));
    }

    /// <summary>18 + 193 + 16 = 227: 2 ns of rounding pass, 3 do not.</summary>
    [Theory]
    [InlineData(227_002, true)]
    [InlineData(226_998, true)]
    [InlineData(227_003, false)]
    public void A_packets_identity_has_the_tolerance_of_its_print_steps(long total, bool passed)
    {
        ClosureCheck row = RowOf(Made((LogRole.SenderVm, [18_000, 193_000, 16_000, total])), "A + InterPath + M = RoundTrip", "Packets");

        Assert.Equal(passed, row.Passed);
        Assert.Equal(passed ? 0 : 1, row.FailedCount);
        Assert.Equal((total - 227_000) / 1000.0, row.ResidualUs!.Value, 6);
        Assert.Equal(227, row.ActualUs!.Value, 6);
    }

    [Fact]
    public void A_failing_packet_is_named()
    {
        ClosureCheck row = RowOf(Made((LogRole.SenderHost, [13_500, 144_100, 8_400, 167_000])), "B + External + K = SenderHostSpan", "Packets");

        Assert.Equal(1.0, row.ResidualUs!.Value, 6);
        Assert.Equal(0.2, row.ToleranceUs!.Value, 6);
        Assert.StartsWith("1 of 1 packets fail, the furthest off is id 7, sequence 3. A failure means damage", row.Meaning, StringComparison.Ordinal);
    }

    /// <summary>External 113.4 of the sender's host against Total 113.5 of the receiver's: both can be 113.45; 113.6 cannot.</summary>
    [Theory]
    [InlineData(113_400, true)]
    [InlineData(113_500, true)]
    [InlineData(113_600, false)]
    public void A_packet_inside_is_not_longer_than_what_holds_it(long receiverTotal, bool passed)
    {
        LatencyEnvironment environment = Made(
            (LogRole.SenderHost, [13_500, 113_400, 8_400, 135_300]),
            (LogRole.ReceiverHost, [12_700, receiverTotal - 22_100, 9_400, receiverTotal]));

        ClosureCheck packet = RowOf(environment, "ReceiverHost within SenderExternal", "Packets");
        ClosureCheck mean = RowOf(environment, "ReceiverHost within SenderExternal", "Means");
        Assert.Equal([passed, passed], new[] { packet.Passed, mean.Passed });
        Assert.Equal((113_400 - receiverTotal) / 1000.0, packet.ResidualUs!.Value, 6);
        Assert.Equal(0.1, packet.ToleranceUs!.Value, 6);
    }

    /// <summary>VirtSender = 227 - 18 - 16 - 166 = 27: a chain of 28 us is within its rounding, one of 29 us is not.</summary>
    [Theory]
    [InlineData(22_000, true)]
    [InlineData(23_000, false)]
    public void A_joined_chain_lies_within_its_side(long wake, bool passed)
    {
        LatencyEnvironment environment = Made(
            (LogRole.SenderVm, [18_000, 193_000, 16_000, 227_000]),
            (LogRole.SenderHost, [13_500, 144_100, 8_400, 166_000]),
            (LogRole.SenderTunIrq, [wake, 2_000, 4_000, 2_000]));

        ClosureCheck row = RowOf(environment, "L within VirtSender", "Packets");
        Assert.Equal(passed, row.Passed);
        Assert.Equal((wake + 6_000) / 1000.0, row.ActualUs);
        Assert.Equal(1.5515, row.ToleranceUs!.Value, 6);
        Assert.True(RowOf(environment, "SenderTunIrq: packets of SenderVm", "Packets").Passed);
    }

    /// <summary>RoundTrip 227 with M 16: ping may print 211 less its own step and the stamps' 1 us, so 209; 208 is too little.</summary>
    [Theory]
    [InlineData(230_000, true)]
    [InlineData(209_000, true)]
    [InlineData(208_000, false)]
    public void Ping_holds_the_round_trip_but_for_M(long ping, bool passed)
    {
        LatencyEnvironment environment = Made((LogRole.SenderVm, [18_000, 193_000, 16_000, 227_000]), (LogRole.SenderPing, [ping, Latency.Missing, Latency.Missing, Latency.Missing]));

        Assert.Equal(passed, RowOf(environment, "RoundTrip within PingRtt", "Packets").Passed);
        Assert.Equal(passed, RowOf(environment, "RoundTrip within PingRtt", "Means").Passed);
    }

    /// <summary>Four pings of 100, 102, 104 and 106 us without tools; the margin is 5 % of 103.</summary>
    [Theory]
    [InlineData(20, false, "Beside the tools +20.0 us [")]
    [InlineData(0.001, true, "Beside the tools +0.001 us [")]
    [InlineData(3, null, "It is neither told from 0 nor shown to lie within the margin.")]
    public void What_the_tools_cost_shows_between_two_pings(double addedUs, bool? passed, string meaning)
    {
        double[] bare = [.. Enumerable.Range(0, passed == true ? 40 : 4).Select(index => 100.0 + (2 * (index % 4)))];
        LatencyEnvironment environment = new MadeEnvironment("made")
            .With(LogRole.SenderPingWithoutTools, bare.Select(us => new[] { us }))
            .With(LogRole.SenderPing, bare.Select(us => new[] { us + addedUs }))
            .Build();

        ClosureCheck row = RowOf(environment, "PingRtt with and without tools", "Means");

        Assert.Equal(passed, row.Passed);
        Assert.Equal("equal to 103.000 us (PingRtt without tools)", row.Expected);
        Assert.Equal((103 + addedUs, -addedUs, 5.15), (Math.Round(row.ActualUs!.Value, 6), Math.Round(row.ResidualUs!.Value, 6), Math.Round(row.ToleranceUs!.Value, 6)));
        Assert.Equal(bare.Length, row.SampleCount);
        Assert.Contains(meaning, row.Meaning, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"n {bare.Length} without and {bare.Length} with them"), row.Meaning, StringComparison.Ordinal);
    }

    /// <summary>Welch's t of 112, 119, 110, 114 against 100, 102, 104, 106 (scipy, as in ComparisonTests): 10.75 us, 4.858577981617057 to 16.641422018382944.</summary>
    [Fact]
    public void What_the_tools_cost_has_an_interval()
    {
        LatencyEnvironment environment = new MadeEnvironment("made")
            .With(LogRole.SenderPingWithoutTools, [[104], [100], [106], [102]])
            .With(LogRole.SenderPing, [[112], [119], [110], [114]])
            .Build();

        Assert.StartsWith("Beside the tools +10.75 us [+4.859, +16.641], n 4 without and 4 with them. A failure means that the tools slow the packets down", RowOf(environment, "PingRtt with and without tools", "Means").Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_of_the_tools_is_not_checked_without_both_pings()
    {
        string MeaningOf(params LogRole[] roles) => RowOf(
            new LatencyEnvironment("made", null, [.. roles.Select(role => LogOf(role, StoreOf(role, [230_000, Latency.Missing, Latency.Missing, Latency.Missing])))]),
            "PingRtt with and without tools", "Means").Meaning!;

        Assert.Equal("Not checked: no output of a ping without the tools (sender VM).", MeaningOf(LogRole.SenderPing));
        Assert.Equal("Not checked: no output of ping itself (sender VM).", MeaningOf(LogRole.SenderPingWithoutTools));
        Assert.Equal("Not checked: no output of ping itself (sender VM); no output of a ping without the tools (sender VM).", MeaningOf());
    }

    /// <summary>One packet lacks path 2: the mean of A + InterPath + M is then not of the packets of RoundTrip.</summary>
    [Fact]
    public void Columns_of_other_packets_fail_as_means_only()
    {
        SampleStore store = StoreOf(LogRole.SenderVm, [18_000, 193_000, 16_000, 227_000]);
        store.Add(in Flow, 7, 4, SampleFlags.None, counted: true, [10_000, 100_000, Latency.Missing, 400_000]);
        LatencyEnvironment environment = new("made", null, [LogOf(LogRole.SenderVm, store)]);

        Assert.True(RowOf(environment, "A + InterPath + M = RoundTrip", "Packets").Passed);
        ClosureCheck means = RowOf(environment, "A + InterPath + M = RoundTrip", "Means");
        Assert.False(means.Passed);
        Assert.Equal(313.5 - 14 - 146.5 - 16, means.ResidualUs!.Value, 6);
    }

    /// <summary>The build's total is 16 + 8 + 10 + 1 = 35 where the chain takes 27.</summary>
    [Fact]
    public void A_printed_total_that_counts_a_stage_twice_fails()
    {
        SampleStore store = StoreOf(LogRole.ReceiverTunIrq, [16_000, 8_000, 10_000, 1_000]);
        EnvironmentLog log = LogOf(LogRole.ReceiverTunIrq, store, "ec5dc24");

        ClosureCheck row = RowOf(new LatencyEnvironment("made", null, [log]), "E = printed Total(S1->S5)", "Means");
        Assert.False(row.Passed);
        Assert.Equal(8, row.ResidualUs);
        Assert.DoesNotContain(Closure.Of(new LatencyEnvironment("made", null, [LogOf(LogRole.ReceiverTunIrq, store, "4d31567")])), other => other.Check!.Contains("printed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_that_keeps_a_choice_of_samples_says_so_where_packets_are_asked_for()
    {
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "zbs"), maxSampleCount: 10);

        Assert.Contains("it keeps a choice of 10 of 16 samples", RowOf(environment, "ReceiverHost within SenderExternal", "Packets").Meaning, StringComparison.Ordinal);
        Assert.Contains("it keeps a choice of 10 of 16 samples", RowOf(environment, "SenderHost: packets of SenderVm", "Packets").Meaning, StringComparison.Ordinal);
        Assert.Equal(-88.303, RowOf(environment, "L + B_1 within VirtSender", "Means").ResidualUs!.Value, 3);
    }

    private static ClosureCheck RowOf(LatencyEnvironment environment, string check, string scope) =>
        Closure.Of(environment).Single(row => row.Check == check && row.Scope == scope);

    /// <summary>Logs that all have one packet: id 7, sequence 3.</summary>
    private static LatencyEnvironment Made(params (LogRole Role, long[] Values)[] logs) =>
        new("made", null, [.. logs.Select(log => LogOf(log.Role, StoreOf(log.Role, log.Values)))]);

    private static EnvironmentLog LogOf(LogRole role, SampleStore store, string? version = null) =>
        new() { RoleValue = role, ToolValue = LogRoleName.ToolOf(role), Version = version, Store = store };

    private static SampleStore StoreOf(LogRole role, long[] values)
    {
        var store = new SampleStore(SampleSchema.Of(LogRoleName.ToolOf(role)));
        store.Add(in Flow, 7, 3, SampleFlags.None, counted: true, values);
        return store;
    }
}
