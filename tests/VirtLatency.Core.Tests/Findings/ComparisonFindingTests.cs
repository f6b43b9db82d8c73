using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>Findings of two environments: each appears where its cause is put in, and vanishes where it is taken out.</summary>
public sealed class ComparisonFindingTests
{
    private static readonly PathEnvironment Quick = new("quick");
    private static readonly PathEnvironment Alike = new("alike") { Seed = 2 };
    private static readonly PathEnvironment Slow = new("slow") { Seed = 2, WakeupUs = 90 };

    /// <summary>Four wake-ups of 70 us more each.</summary>
    [Fact]
    public void Round_trips_that_differ_and_those_that_do_not()
    {
        LatencyFinding longer = FindingAssert.One("RoundTripDiffers", Slow, Quick);
        LatencyFinding same = FindingAssert.One("RoundTripDiffers", Alike, Quick);

        Assert.Equal("Important", longer.Severity);
        Assert.Matches(@"^The round trip is (279|280|281)\.\d us longer in slow than in quick$", longer.Finding);
        Assert.Contains("n 40/40", longer.Evidence, StringComparison.Ordinal);
        Assert.Equal("Information", same.Severity);
        Assert.StartsWith("The round trips of quick and alike are the same within", same.Finding, StringComparison.Ordinal);
        Assert.EndsWith("shorter in quick than in slow", FindingAssert.One("RoundTripDiffers", Quick, Slow).Finding, StringComparison.Ordinal);
        FindingAssert.None("RoundTripDiffers", Slow.Without(LogRole.SenderVm, LogRole.SenderPing), Quick);
    }

    [Fact]
    public void Worker_wake_up_carries_the_difference()
    {
        LatencyFinding finding = FindingAssert.One("VhostWorkerWakeup", Slow, Quick);

        Assert.Equal("Important", finding.Severity);
        Assert.Equal("The vhost workers take longer to wake up in slow than in quick", finding.Finding);
        Assert.All((string[])["B_1 S0", "E S1->S2", "I_1 S0", "L S1->S2"], stage => Assert.Contains(stage + " ", finding.Evidence, StringComparison.Ordinal));
        Assert.Contains("less time to wake up in quick than in slow", FindingAssert.One("VhostWorkerWakeup", Quick, Slow).Finding, StringComparison.Ordinal);
    }

    /// <summary>The stage after the wake-up: S2->S3 of chains, S1 of kicks.</summary>
    [Fact]
    public void Worker_wake_up_is_not_blamed_where_its_work_differs()
    {
        FindingAssert.None("VhostWorkerWakeup", new PathEnvironment("slow") { WorkUs = 76 }, Quick);
        FindingAssert.None("VhostWorkerWakeup", new PathEnvironment("slow") { WorkUs = 40, WakeupUs = 90 }, Quick);
        FindingAssert.None("VhostWorkerWakeup", Alike, Quick);
        FindingAssert.None("VhostWorkerWakeup", Slow.Without(LogRole.SenderKvmTun, LogRole.ReceiverKvmTun, LogRole.SenderTunIrq, LogRole.ReceiverTunIrq), Quick);
    }

    [Fact]
    public void Path_between_hosts_may_hold_an_idle_wake_up()
    {
        PathEnvironment far = Alike with { Name = "far", HostToHostUs = 130 };
        LatencyFinding finding = FindingAssert.One("HostToHostIdleWakeup", far, Quick);

        Assert.Equal("Important", finding.Severity);
        Assert.Contains("possible, not shown", finding.Confidence, StringComparison.Ordinal);
        Assert.DoesNotContain("wake-ups differ too", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains("wake-ups differ too", FindingAssert.One("HostToHostIdleWakeup", far with { WakeupUs = 90 }, Quick).Evidence, StringComparison.Ordinal);
        FindingAssert.None("HostToHostIdleWakeup", Slow, Quick);
    }

    [Fact]
    public void Forwarding_matters_by_its_share()
    {
        Assert.Equal("Important", FindingAssert.One("HostForwarding", Alike with { ForwardingUs = 25 }, Quick).Severity);
        Assert.Equal("Information", FindingAssert.One("HostForwarding", Slow with { ForwardingUs = 13 }, Quick).Severity);
        FindingAssert.None("HostForwarding", Slow, Quick);
    }

    [Fact]
    public void Vm_stack_is_cleared_by_equivalence_only()
    {
        LatencyFinding cleared = FindingAssert.One("VmStackNotGuilty", Slow, Quick);

        Assert.Contains("two one-sided tests", cleared.Confidence, StringComparison.Ordinal);
        FindingAssert.None("VmStackNotCleared", Slow, Quick);
        FindingAssert.None("VmStackNotGuilty", Alike, Quick);

        // A fifth more in the stacks: nothing to clear them of.
        FindingAssert.None("VmStackNotGuilty", Slow with { StackUs = 40 }, Quick);
        Assert.Contains("take 120", FindingAssert.One("VmStackNotCleared", Slow with { StackUs = 40 }, Quick).Finding, StringComparison.Ordinal);
    }

    /// <summary>Four packets a side, whose stacks spread by 30 us: no large p clears anything.</summary>
    [Fact]
    public void Vm_stack_is_not_cleared_by_too_few_packets()
    {
        PathEnvironment slow = Slow with { Count = 4, WakeupUs = 3000, StackUs = 40, StackSpreadUs = 30 };
        PathEnvironment quick = Quick with { Count = 4, StackUs = 40, StackSpreadUs = 30 };

        FindingAssert.None("VmStackNotGuilty", slow, quick);
        Assert.Contains("not cleared", FindingAssert.One("VmStackNotCleared", slow, quick).Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_decide_what_may_be_said()
    {
        string within = FindingAssert.One("VhostWorkerWakeup", Slow, Quick).Confidence;
        string three = FindingAssert.One("VhostWorkerWakeup", Slow with { Runs = 3 }, Quick with { Runs = 3 }).Confidence;
        string five = FindingAssert.One("VhostWorkerWakeup", Slow with { Runs = 5 }, Quick with { Runs = 5 }).Confidence;

        Assert.StartsWith("Within the runs: these runs differ", within, StringComparison.Ordinal);
        Assert.Contains("Nothing is shown of the environments", within, StringComparison.Ordinal);
        Assert.StartsWith("Moderate: 3/3 runs", three, StringComparison.Ordinal);
        Assert.StartsWith("High: 5/5 runs", five, StringComparison.Ordinal);
        FindingAssert.None("TooFewRuns", Slow with { Runs = 3 }, Quick with { Runs = 3 });
        Assert.Contains("1 run of quick, 2 of slow", FindingAssert.One("TooFewRuns", Slow with { Runs = 2 }, Quick).Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4.19.90", "5.10.0", "4.19.90 against 5.10.0")]
    [InlineData("5.10.0", "5.10.0", "tell the same one (5.10.0)")]
    [InlineData("5.10", "5.10.0", "tell the same one (5.10)")]
    [InlineData("5.1", "5.10.0", "5.1 against 5.10.0")]
    [InlineData(null, "5.10.0", "are not known")]
    public void A_kernel_is_always_a_rival(string? reference, string difference, string expected)
    {
        PathEnvironment slow = Slow with { Kernel = difference, HostToHostUs = 130, ForwardingUs = 25 };
        LatencyFinding[] findings = [.. FindingRules.Of(new FindingInput(slow.Build(), (Quick with { Kernel = reference }).Build()))
            .Where(finding => finding.Rule is "RoundTripDiffers" or "VhostWorkerWakeup" or "HostToHostIdleWakeup" or "HostForwarding" or "VmStackNotGuilty")];

        Assert.Equal(5, findings.Length);
        Assert.All(findings, finding => Assert.Contains(expected, finding.Caveat, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Contains("rival explanation", finding.Caveat, StringComparison.Ordinal));
    }

    [Fact]
    public void Builds_and_moved_probes()
    {
        PathEnvironment one = Quick.With(LogRole.SenderVm, new LogTweak { Version = "9e56f36", Boundary = "dev_queue_xmit" });
        PathEnvironment build = Alike.With(LogRole.SenderVm, new LogTweak { Version = "c2ccdc2", Boundary = "dev_queue_xmit" });
        PathEnvironment moved = Alike.With(LogRole.SenderVm, new LogTweak { Version = "4d47ad7", Boundary = "net_dev_xmit" });
        PathEnvironment open = Alike.With(LogRole.SenderVm, new LogTweak { Version = "4d47ad7/9e56f36", Boundary = "dev_queue_xmit" });

        Assert.Equal("Information", FindingAssert.One("VersionMismatch", build, one).Severity);
        Assert.Equal("Caution", FindingAssert.One("VersionMismatch", moved, one).Severity);
        FindingAssert.None("VersionMismatch", open, one);
        FindingAssert.None("VersionMismatch", one with { Seed = 2 }, one);
    }

    /// <summary>One us more of work, in logs of whole us.</summary>
    [Fact]
    public void Differences_of_a_print_step()
    {
        LatencyFinding finding = FindingAssert.One("CoarseGranularity", Alike with { WorkUs = 7, Count = 400 }, Quick with { Count = 400 });

        Assert.Contains("in steps of 1.00 us", finding.Evidence, StringComparison.Ordinal);
        FindingAssert.None("CoarseGranularity", Slow, Quick);
        FindingAssert.None("CoarseGranularity", Alike, Quick);
    }

    [Fact]
    public void An_environment_against_itself_or_its_like_gives_nothing_important()
    {
        LatencyEnvironment one = Quick.Build();
        Assert.DoesNotContain(FindingRules.Of(new FindingInput(one, one)), finding => finding.Severity == "Important");
        for (int seed = 2; seed < 12; seed++)
        {
            Assert.DoesNotContain(FindingRules.Of(new FindingInput((Alike with { Seed = seed }).Build(), one)), finding => finding.Severity == "Important");
        }
    }

    /// <summary>The sides have a kernel in common, but on other machines.</summary>
    [Fact]
    public void Kernels_are_compared_machine_by_machine()
    {
        PathEnvironment mixed = Slow.With(LogRole.SenderHost, new LogTweak { Origin = new LogOrigin(KernelRelease: "4.19.90") });

        Assert.Contains("4.19.90 and 5.10.0 against 5.10.0", FindingAssert.One("RoundTripDiffers", Quick, mixed).Caveat, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_stands_in_the_documentation()
    {
        string[] documented = [.. File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs", "findings.md")).SkipWhile(line => line != "## Rules").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split(' ')[1])];

        Assert.Equal(FindingRules.Ids.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Findings_come_by_severity()
    {
        IReadOnlyList<LatencyFinding> findings = FindingRules.Of(new FindingInput(Slow.Without(LogRole.ReceiverKvmTun).Build(), Quick.Build()));
        string[] severities = [.. findings.Select(finding => finding.Severity).Distinct()];

        Assert.Equal(["Important", "Caution", "Information"], severities);
        Assert.All(findings, finding => Assert.Contains(finding.Rule, FindingRules.Ids));
        Assert.Equal(FindingRules.Ids.Count, FindingRules.Ids.Distinct().Count());
    }
}
