using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Findings;
using VirtLatency.Model;
using VirtLatency.Tests.Findings;

namespace VirtLatency.Tests.Analysis;

/// <summary>One log on two sides is no second look, whatever its name: it is known by its samples, and nothing is concluded from it.</summary>
public sealed class SharedLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(BreakdownLevel.Container)]
    [InlineData(BreakdownLevel.Layer)]
    [InlineData(BreakdownLevel.Segment)]
    [InlineData(BreakdownLevel.Stage)]
    public void An_environment_beside_itself_has_no_verdict(BreakdownLevel level)
    {
        LatencyDifference[] rows = [.. Comparison.Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("smtx"), level)];

        Assert.All(rows, row => Assert.Equal(string.Empty, row.Verdict));
        Assert.All(rows, row => Assert.Null(row.EquivalencePValue));
        Assert.All(rows, row => Assert.Null(row.PValue));
        Assert.All(rows.Where(row => row.DeltaUs is not null && row.Basis != "UpperBound"), row => Assert.Contains("the same log on both sides", row.Note, StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_under_another_name_is_known_by_its_samples()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "copied.txt");

        LatencyDifference row = Row(Comparison.Of(TestEnvironments.Example("smtx"), TestEnvironments.Read(_folder.Path), BreakdownLevel.Container), "RoundTrip");

        Assert.Equal((string.Empty, 0.0), (row.Verdict, row.DeltaUs));
        Assert.Contains("SenderVm is the same log on both sides (sfsvm-send.log, 16 samples): that they agree shows nothing. Take a log of its own for each side", row.Note, StringComparison.Ordinal);
    }

    /// <summary>How many samples are kept, and which of them count, is no property of the log.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(1000, false)]
    public void The_imports_decisions_make_no_other_log(int maxSampleCount, bool isBoth)
    {
        string folder = Path.Combine(RepositoryFolder.ExampleData, "zbs");
        LatencyEnvironment one = TestEnvironments.Read(folder, maxSampleCount: isBoth ? maxSampleCount : SampleStore.DefaultMaxSampleCount);
        LatencyEnvironment other = TestEnvironments.Read(folder, maxSampleCount: maxSampleCount);

        Assert.Equal(string.Empty, Row(Comparison.Of(one, other, BreakdownLevel.Container), "RoundTrip").Verdict);
    }

    /// <summary>One latency in 40 differs by 1 ns, or one packet has another number: another log.</summary>
    [Theory]
    [InlineData(0.001, 0)]
    [InlineData(0, 1)]
    public void One_sample_makes_another_log(double us, int id)
    {
        double[] totals = [.. Enumerable.Range(0, 40).Select(index => 100.0 + (index % 4))];
        double[] others = [.. totals[..^1], totals[^1] + us];
        LatencyEnvironment one = new MadeEnvironment("a").With(LogRole.SenderVm, Rows(totals), id: 7).Build();

        Assert.Equal("NotDistinguishable", Row(Comparison.Of(one, new MadeEnvironment("b").With(LogRole.SenderVm, Rows(others), id: (ushort)(7 + id)).Build(), BreakdownLevel.Container), "RoundTrip").Verdict);
        Assert.Equal(string.Empty, Row(Comparison.Of(one, new MadeEnvironment("b").With(LogRole.SenderVm, Rows(totals), id: 7).Build(), BreakdownLevel.Container), "RoundTrip").Verdict);
    }

    /// <summary>Only means were printed: 1000 kicks of 5 us.</summary>
    [Theory]
    [InlineData(5000, true)]
    [InlineData(5001, false)]
    public void Means_without_samples_are_known_by_their_figures(long nanoseconds, bool isSame)
    {
        LatencyDifference row = Comparison.Of(OfMeans("a", 5000), OfMeans("b", nanoseconds), BreakdownLevel.Segment).Single(row => row.Segment == "B_1");

        Assert.Equal(isSame, row.Note!.Contains("SenderKvmTun is the same log on both sides", StringComparison.Ordinal));
        Assert.Equal(isSame ? string.Empty : "TooFewSamples", row.Verdict);
    }

    /// <summary>The receiver's VM has one log for both sides: what rests on it has no verdict, and the round trip has its own.</summary>
    [Fact]
    public void Only_rows_that_rest_on_a_shared_log_are_marked()
    {
        LatencyEnvironment quick = new PathEnvironment("quick").Build();
        LatencyEnvironment slow = WithLogOf(new PathEnvironment("slow") { Seed = 2, WakeupUs = 90 }.Build(), quick, LogRole.ReceiverVm);

        LatencyDifference[] layers = [.. Comparison.Of(quick, slow, BreakdownLevel.Layer)];
        LatencyDifference[] segments = [.. Comparison.Of(quick, slow)];

        Assert.Equal("Higher", Row(Comparison.Of(quick, slow, BreakdownLevel.Container), "RoundTrip").Verdict);
        Assert.Equal((string.Empty, string.Empty), (Row(layers, "VmInternal").Verdict, Row(layers, "VirtReceiver").Verdict));
        Assert.Equal(("Higher", "NotDistinguishable"), (Row(layers, "VirtSender").Verdict, Row(layers, "HostForwarding").Verdict));
        Assert.Equal(["F", "G", "H"], segments.Where(row => row.Verdict.Length == 0).Select(row => row.Segment));
        Assert.DoesNotContain(FindingRules.Of(new FindingInput(slow, quick)), finding => finding.Rule == "VmStackNotGuilty");
        Assert.Equal("None: no test is made of it, and the note of its row in Compare-LatencyEnvironment says why.", FindingRules.Of(new FindingInput(slow, quick)).Single(finding => finding.Rule == "VmStackNotCleared").Confidence);
    }

    /// <summary>One of three runs is in both environments: their means are pulled together by it.</summary>
    [Fact]
    public void A_run_that_both_have_is_enough()
    {
        LatencyEnvironment one = new PathEnvironment("one") { Runs = 3 }.Build();
        LatencyEnvironment other = new PathEnvironment("other") { Runs = 3, Seed = 2 }.Build();
        LatencyEnvironment mixed = new("mixed", null, [.. other.Logs.Where(log => log.Run != "run3"), .. one.Logs.Where(log => log.Run == "run3")]);

        LatencyDifference row = Row(Comparison.Of(one, mixed, BreakdownLevel.Container), "RoundTrip");

        Assert.Equal(string.Empty, row.Verdict);
        Assert.Contains("1 of 3 logs of SenderVm are on both sides (run3/SenderVm.log, 40 samples)", row.Note, StringComparison.Ordinal);
        Assert.Equal("NotDistinguishable", Row(Comparison.Of(one, other, BreakdownLevel.Container), "RoundTrip").Verdict);
    }

    [Fact]
    public void Before_and_after_of_one_log_show_no_effect_and_no_absence_of_one()
    {
        PathEnvironment before = new("before") { WakeupUs = 90 };

        FixEffect row = Fix(before, before with { Name = "after" }, new PathEnvironment("base") { Seed = 3 });

        Assert.Equal(("NotShown", 0.0), (row.Verdict, row.ImprovementUs));
        Assert.Null(row.NoEffectPValue);
        Assert.Null(row.RecoveredPercent);
        Assert.StartsWith("not shown: before and after rest on one log; SenderVm is the same log on both sides", row.Note, StringComparison.Ordinal);
        Assert.Equal("NoEffect", Fix(before, before with { Name = "after", Seed = 2 }).Verdict);
    }

    /// <summary>After is the baseline itself: that it is as the baseline is no news.</summary>
    [Theory]
    [InlineData("after")]
    [InlineData("before")]
    public void A_baseline_that_is_another_sides_log_is_no_aim(string shared)
    {
        PathEnvironment before = new("before") { WakeupUs = 90 };
        PathEnvironment after = new("after") { Seed = 2 };
        FixEffect fixedOne = Fix(before, after, new PathEnvironment("base") { Seed = 3 });

        FixEffect row = Fix(before, after, (shared == "after" ? after : before) with { Name = "base" });

        Assert.Equal("Fixed", fixedOne.Verdict);
        Assert.Equal("Improved", row.Verdict);
        Assert.Null(row.BaselineUs);
        Assert.Null(row.EquivalencePValue);
        Assert.Null(row.RecoveredPercent);
        Assert.Contains($"not set against the baseline: {shared} and baseline: SenderVm is the same log on both sides", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_a_finding_and_no_other_one_calls_it_the_same()
    {
        PathEnvironment one = new("one");

        LatencyFinding[] findings = [.. FindingRules.Of(new FindingInput((one with { Name = "two" }).Build(), one.Build()))];

        LatencyFinding finding = Assert.Single(findings, finding => finding.Rule == "SameLogs");
        Assert.StartsWith("one and two have the same logs of SenderVm, ReceiverVm,", finding.Finding, StringComparison.Ordinal);
        Assert.StartsWith("High:", finding.Confidence, StringComparison.Ordinal);
        Assert.Contains("SenderVm is the same log on both sides (SenderVm.log, 40 samples)", finding.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain(findings, other => other.Rule is "RoundTripDiffers" or "VmStackNotGuilty");
        FindingAssert.None("SameLogs", one with { Name = "two", Seed = 2 }, one);
    }

    /// <summary>The state after a change is a copy of the reference: the change is compared, that it came to this is not.</summary>
    [Fact]
    public void A_copy_of_the_reference_is_no_state_after_a_change()
    {
        PathEnvironment reference = new("reference");

        LatencyFinding finding = FindingAssert.One("SameLogs", new PathEnvironment("slow") { Seed = 2, WakeupUs = 90 }, reference, reference with { Name = "after" });

        Assert.Equal(("reference", "after"), (finding.ReferenceEnvironment, finding.DifferenceEnvironment));
    }

    [Fact]
    public void Ping_beside_itself_does_not_say_what_the_tools_cost()
    {
        PathEnvironment traced = new("traced");

        Assert.Contains("is not measured", FindingAssert.One("Instrumentation", traced, traced with { Name = "bare", Roles = [LogRole.SenderPing] }).Finding, StringComparison.Ordinal);
    }

    private static FixEffect Fix(PathEnvironment before, PathEnvironment after, PathEnvironment? baseline = null) =>
        FixComparison.Of(new FixRequest { Before = before.Build(), After = after.Build(), Baseline = baseline?.Build() }).Single(row => row.Segment == "RoundTrip");

    private static LatencyDifference Row(IEnumerable<LatencyDifference> rows, string segment) => rows.Single(row => row.Segment == segment);

    private static IEnumerable<double[]> Rows(double[] totals) => totals.Select(total => new[] { 10, total - 30, 20, total });

    private static LatencyEnvironment WithLogOf(LatencyEnvironment environment, LatencyEnvironment other, LogRole role) =>
        new(environment.Name, null, [.. environment.Logs.Where(log => log.RoleValue != role), .. other.Logs.Where(log => log.RoleValue == role)]);

    private static LatencyEnvironment OfMeans(string name, long nanoseconds)
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.KvmVhostTunLatency));
        store.AddMeans(new SampleFlow(1, 0, 0, null, -1), [.. Enumerable.Repeat(ColumnMean.Exact(1000, nanoseconds), 4)], isEstimate: false);
        return new LatencyEnvironment(name, null, [new EnvironmentLog { Role = "SenderKvmTun", RoleValue = LogRole.SenderKvmTun, ToolValue = LogTool.KvmVhostTunLatency, File = "kick.log", Store = store }]);
    }
}
