using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.FixEffects;

/// <summary>What differs between before and after besides the change, on the rows that it concerns.</summary>
public sealed class FixProvenanceTests
{
    private static readonly double[][] Kicks = [[90, 6, 4, 100], [80, 7, 5, 92], [84, 6, 5, 95], [86, 6, 4, 96]];
    private static readonly double[][] Quick = [[14, 5, 4, 23], [11, 3, 3, 17], [22, 3, 3, 28], [12, 3, 3, 18]];

    /// <summary>B_1 of the sender's host before, I_1 of the receiver's after: the means are of 98.1 and 21.5 us.</summary>
    [Fact]
    public void The_reference_investigation_mixes_directions()
    {
        LatencyEnvironment before = TestEnvironments.Example("zbs");
        LatencyEnvironment after = TestEnvironments.Example("zbs-c6off");

        MixedDirection mixed = MixedDirection.Of(before, after)!;
        FixEffect[] refused = [.. FixComparison.Of(new FixRequest { Before = before, After = after })];
        FixEffect[] allowed = [.. FixComparison.Of(new FixRequest { Before = before, After = after, Baseline = TestEnvironments.Example("smtx"), AllowMixedDirection = true })];

        Assert.Equal(("B_1", "I_1", "zbshost-kvm-tx.log"), (mixed.BeforeSegment, mixed.AfterSegment, Path.GetFileName(mixed.AfterFile)));
        Assert.Equal(["RoundTrip", "E"], refused.Select(row => row.Segment).Distinct());
        FixEffect kick = allowed.Single(row => row is { Segment: "B_1", Level: "Segment" });
        Assert.Equal((98.1, 21.5, 30L, 4L), (Math.Round(kick.BeforeUs!.Value, 3), kick.AfterUs!.Value, kick.BeforeCount, kick.AfterCount));
        Assert.Contains("B_1 before against I_1 after: a worker that slept a ping interval against one that ran a moment ago", kick.Note, StringComparison.Ordinal);
        Assert.Contains("another worker for B_1 and I_1: 68120 against 73868, perhaps of another host", kick.Note, StringComparison.Ordinal);
        Assert.Null(kick.BaselineUs);
        Assert.Equal(["S0", "S1", "S2"], allowed.Where(row => row is { Segment: "B_1", Level: "Stage" }).Select(row => row.Name));
        Assert.DoesNotContain(allowed, row => row.Verdict == "Fixed");
    }

    /// <summary>The only packet of E says 98.4 to 16 us, and can show nothing.</summary>
    [Fact]
    public void The_reference_investigation_shows_no_end_to_end_effect()
    {
        FixEffect[] rows = [.. FixComparison.Of(new FixRequest { Before = TestEnvironments.Example("zbs"), After = TestEnvironments.Example("zbs-c6off") })];

        Assert.Equal(("RoundTrip", "NotShown", 16L, 0L), (rows[0].Segment, rows[0].Verdict, rows[0].BeforeCount, rows[0].AfterCount));
        FixEffect wakeup = rows.Single(row => row.Name == "S1->S2");
        Assert.Equal(("NotShown", 16L, 1L), (wakeup.Verdict, wakeup.BeforeCount, wakeup.AfterCount));
        Assert.Contains("the best p that is possible is 0.118", wakeup.Note, StringComparison.Ordinal);
    }

    /// <summary>
    /// The same capture with what it lacked: the VM's log (smtx's stands for it: 600.7195 - 226.79125 us), and the kvm log
    /// named for the sender's host. Files have other names. What was said before is no longer said.
    /// </summary>
    [Fact]
    public void What_was_missing_is_not_said_once_it_is_there()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/sfsvm-send.log", "after/one.log");

        // The baseline's latencies again, in a ping of its own.
        string vm = Path.Combine(folder.Path, "after", "one.log");
        File.WriteAllText(vm, File.ReadAllText(vm).Replace("(ID: 21973,", "(ID: 21974,", StringComparison.Ordinal));
        folder.CopyExample("zbs-c6off/zbshost-vhost-recv-request.log", "after/two.log");
        string kick = folder.CopyExample("zbs-c6off/zbshost-kvm-tx.log", "after/three.log");
        LatencyEnvironment before = TestEnvironments.Example("zbs");
        LatencyEnvironment after = TestEnvironments.Read(Path.Combine(folder.Path, "after"), named: new Dictionary<LogRole, string> { [LogRole.SenderKvmTun] = kick });

        FixEffect[] rows = [.. FixComparison.Of(new FixRequest { Before = before, After = after, Baseline = TestEnvironments.Example("smtx") })];

        Assert.Null(MixedDirection.Of(before, after));
        Assert.Equal(("RoundTrip", "Fixed"), (rows[0].Segment, rows[0].Verdict));
        AssertNear(373.92825, rows[0].ImprovementUs);
        FixEffect worker = rows.Single(row => row is { Segment: "B_1", Name: "S0" });
        Assert.NotNull(worker.BaselineUs);
        Assert.DoesNotContain("against I_1", worker.Note, StringComparison.Ordinal);
        Assert.Contains("another worker for SenderKvmTun: 68120 against 73868", worker.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogRole.SenderKvmTun, LogRole.ReceiverKvmTun, true)]
    [InlineData(LogRole.ReceiverKvmTun, LogRole.SenderKvmTun, true)]
    [InlineData(LogRole.SenderKvmTun, LogRole.SenderKvmTun, false)]
    [InlineData(LogRole.SenderKvmTun, LogRole.SenderTunIrq, false)]
    public void Directions_are_mixed_only_where_none_is_on_both_sides(LogRole before, LogRole after, bool isMixed)
    {
        LatencyEnvironment left = new MadeEnvironment("b").With(before, Kicks).Build();
        LatencyEnvironment right = new MadeEnvironment("a").With(after, Quick).Build();
        LatencyEnvironment both = new MadeEnvironment("a").With(LogRole.SenderKvmTun, Quick).With(LogRole.ReceiverKvmTun, Quick).Build();

        Assert.Equal(isMixed, MixedDirection.Of(left, right) is not null);
        Assert.Null(MixedDirection.Of(left, both));
        Assert.Null(MixedDirection.Of(both, right));
        if (isMixed)
        {
            FixEffect row = FixComparison.Of(new FixRequest { Before = left, After = right, AllowMixedDirection = true }).Single(row => row.Level == "Segment");
            Assert.Equal(before == LogRole.SenderKvmTun ? "B_1" : "I_1", row.Segment);
            AssertNear(95.75 - 21.5, row.ImprovementUs);
        }
    }

    [Fact]
    public void Other_hosts_devices_queues_workers_and_kernels_are_marked_where_they_matter()
    {
        LatencyEnvironment before = new MadeEnvironment("b").RoundTrips(null, 100, 101, 102)
            .With(LogRole.SenderKvmTun, Kicks, origin: new LogOrigin("hv-07", "5.10.0", "vnet9", "2", "68120")).Build();
        LatencyEnvironment same = new MadeEnvironment("a").RoundTrips(null, 100, 101, 102)
            .With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin("hv-07", "5.10.0", "vnet9", "2", "68120")).Build();
        LatencyEnvironment moved = new MadeEnvironment("a").RoundTrips(null, 100, 101, 102)
            .With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin("hv-08", "5.15.1", "vnet2", "1", "73868"), boundary: "x", version: "new").Build();
        LatencyEnvironment untold = new MadeEnvironment("a").With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin(WorkerTid: "73868")).Build();

        string note = NoteOf(before, moved, "B_1")!;
        Assert.Contains("another host for SenderKvmTun: hv-07 against hv-08", note, StringComparison.Ordinal);
        Assert.Contains("another device for SenderKvmTun: vnet9 against vnet2", note, StringComparison.Ordinal);
        Assert.Contains("another queue for SenderKvmTun: 2 against 1", note, StringComparison.Ordinal);
        Assert.Contains("another worker for SenderKvmTun: 68120 against 73868", note, StringComparison.Ordinal);
        Assert.Contains("kernels of SenderKvmTun: 5.10.0 against 5.15.1", note, StringComparison.Ordinal);
        Assert.DoesNotContain("perhaps", note, StringComparison.Ordinal);
        Assert.DoesNotContain("another", NoteOf(before, same, "B_1"), StringComparison.Ordinal);
        Assert.DoesNotContain("another", NoteOf(before, moved, "RoundTrip"), StringComparison.Ordinal);
        Assert.Contains("perhaps of another host", NoteOf(before, untold, "B_1"), StringComparison.Ordinal);
        Assert.DoesNotContain("device", NoteOf(before, untold, "B_1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Moved_probes_and_other_builds_are_marked()
    {
        double[][] rows = [[10, 70, 20, 100], [10, 71, 20, 101]];
        LatencyEnvironment before = new MadeEnvironment("b").With(LogRole.SenderVm, rows, boundary: "dev_queue_xmit", version: "one").Build();
        LatencyEnvironment moved = new MadeEnvironment("a").With(LogRole.SenderVm, rows, boundary: "net_dev_xmit", version: "two").Build();
        LatencyEnvironment rebuilt = new MadeEnvironment("a").With(LogRole.SenderVm, rows, boundary: "dev_queue_xmit", version: "two").Build();

        Assert.Contains("the probes of SenderVm moved: dev_queue_xmit against net_dev_xmit", NoteOf(before, moved, "RoundTrip"), StringComparison.Ordinal);
        Assert.Contains("SenderVm was printed by other builds: one against two", NoteOf(before, rebuilt, "RoundTrip"), StringComparison.Ordinal);
        Assert.Contains("baseline against after: the probes of SenderVm moved", FixComparison.Of(new FixRequest { Before = before, After = before, Baseline = moved }).First().Note, StringComparison.Ordinal);
    }

    /// <summary>The baseline's kernel is older than 4.20: S1 and S2 hold other work there, S0 and the sums do not.</summary>
    [Theory]
    [InlineData("4.19.90", false)]
    [InlineData("5.4.0", true)]
    [InlineData(null, true)]
    public void A_baseline_across_4_20_is_no_aim_for_S1_and_S2(string? kernel, bool hasBaseline)
    {
        LatencyEnvironment before = new MadeEnvironment("b").With(LogRole.SenderKvmTun, Kicks, origin: new LogOrigin(KernelRelease: "5.10.0")).Build();
        LatencyEnvironment after = new MadeEnvironment("a").With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin(KernelRelease: "5.10.0")).Build();
        LatencyEnvironment baseline = new MadeEnvironment("base").With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin(KernelRelease: kernel)).Build();

        FixEffect[] stages = [.. FixComparison.Of(new FixRequest { Before = before, After = after, Baseline = baseline, Levels = [BreakdownLevel.Stage] })];

        Assert.Equal(["S0", "S1", "S2"], stages.Select(row => row.Name));
        Assert.NotNull(stages[0].BaselineUs);
        Assert.Equal(hasBaseline, stages[1].BaselineUs is not null);
        Assert.Equal(hasBaseline, stages[2].BaselineUs is not null);
        Assert.Equal(!hasBaseline, stages[1].Note!.Contains("not set against the baseline: the kernels lie on both sides of 4.20", StringComparison.Ordinal));
    }

    /// <summary>S1 + S2 are 6+4, 7+5, 6+5, 6+4 before and 5+4, 3+3, 3+3, 3+3 after: 10.75 and 6.75 us.</summary>
    [Fact]
    public void A_change_of_kernels_across_4_20_leaves_the_sum()
    {
        LatencyEnvironment before = new MadeEnvironment("b").With(LogRole.SenderKvmTun, Kicks, origin: new LogOrigin(KernelRelease: "4.19.0")).Build();
        LatencyEnvironment after = new MadeEnvironment("a").With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin(KernelRelease: "5.10.0")).Build();
        LatencyEnvironment baseline = new MadeEnvironment("base").With(LogRole.SenderKvmTun, Quick, origin: new LogOrigin(KernelRelease: "4.18.0")).Build();

        FixEffect[] stages = [.. FixComparison.Of(new FixRequest { Before = before, After = after, Baseline = baseline, Levels = [BreakdownLevel.Stage] })];

        Assert.Equal(["S0", "S1", "S2", "S1+S2"], stages.Select(row => row.Name));
        Assert.Equal([null, "NotShown", "NotShown", null], stages.Select(row => row.Name is "S1" or "S2" ? row.Verdict : null));
        Assert.Null(stages[1].ImprovementUs);
        Assert.Contains("4.20", stages[1].Note, StringComparison.Ordinal);
        AssertNear(10.75, stages[3].BeforeUs);
        AssertNear(6.75, stages[3].AfterUs);
        AssertNear(6.75, stages[3].BaselineUs);
    }

    [Fact]
    public void A_caveat_of_a_log_stays_on_its_rows()
    {
        double[][] rows = [[10, 70, 20, 100], [10, 71, 20, 101]];
        LatencyEnvironment before = new MadeEnvironment("b").With(LogRole.SenderVm, rows).Build();
        EnvironmentLog biased = new() { Role = "SenderVm", RoleValue = LogRole.SenderVm, ToolValue = LogTool.KernelIcmpRtt, Caveat = "slow packets only: the tool ran with a threshold", Store = before.Logs[0].Store };

        Assert.Contains("after: slow packets only", NoteOf(before, new LatencyEnvironment("a", null, [biased]), "RoundTrip"), StringComparison.Ordinal);
    }

    private static string? NoteOf(LatencyEnvironment before, LatencyEnvironment after, string segment) =>
        FixComparison.Of(new FixRequest { Before = before, After = after }).First(row => row.Segment == segment && row.Level is "Container" or "Segment" && row.Segment == segment).Note;

    private static void AssertNear(double expected, double? actual) => Assert.InRange(actual!.Value, expected - 1e-6, expected + 1e-6);
}
