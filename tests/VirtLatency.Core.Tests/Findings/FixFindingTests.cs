using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>Findings of the state after a change.</summary>
public sealed class FixFindingTests
{
    private static readonly PathEnvironment Before = new("before") { WakeupUs = 90 };
    private static readonly PathEnvironment After = new("after") { Seed = 2 };

    [Fact]
    public void A_fix_needs_its_end_to_end()
    {
        LatencyFinding finding = FindingAssert.One("FixWithoutRoundTrip", Before, after: After.Without(LogRole.SenderVm, LogRole.SenderPing));

        Assert.Equal("Important", finding.Severity);
        Assert.Contains("after has no end-to-end measurement", finding.Finding, StringComparison.Ordinal);
        Assert.Contains("E S1->S2", finding.Evidence, StringComparison.Ordinal);
        Assert.StartsWith("sudo python3 kernel_icmp_rtt.py --src-ip 10.0.0.1 --dst-ip 10.0.0.2 --direction tx", finding.NextStep, StringComparison.Ordinal);
        FindingAssert.None("FixWithoutRoundTrip", Before, after: After);
        FindingAssert.None("FixWithoutRoundTrip", Before, after: After.Without(LogRole.SenderVm));
        FindingAssert.None("FixWithoutRoundTrip", Before);
    }

    [Fact]
    public void A_round_trip_before_is_needed_too() => Assert.Contains(
        "before has no end-to-end measurement",
        FindingAssert.One("FixWithoutRoundTrip", Before.Without(LogRole.SenderVm, LogRole.SenderPing), after: After).Finding,
        StringComparison.Ordinal);

    [Fact]
    public void A_fix_that_shows_no_effect()
    {
        Assert.Contains("not shown to be shorter", FindingAssert.One("FixNotShown", Before, after: Before with { Name = "after", Seed = 3 }).Finding, StringComparison.Ordinal);
        Assert.Contains("is longer after the change", FindingAssert.One("FixNotShown", After, after: Before).Finding, StringComparison.Ordinal);
        FindingAssert.None("FixNotShown", Before, after: After);
        FindingAssert.None("FixNotShown", Before, after: After.Without(LogRole.SenderVm, LogRole.SenderPing));
    }

    [Theory]
    [InlineData("vnet2", "3", "100", "vnet9", "3", "100", "device vnet2 against vnet9")]
    [InlineData("vnet2", "3", "100", "vnet2", "1", "100", "queue 3 against 1")]
    [InlineData("vnet2", "3", "100", "vnet2", "3", "200", "worker 100 against 200")]
    [InlineData("vnet2", "3", "100", "vnet2", "3", "100", null)]
    [InlineData("vnet2", null, null, "vnet2", "3", "100", null)]
    public void Another_place_may_be_another_host(string device, string? queue, string? worker, string deviceAfter, string queueAfter, string workerAfter, string? expected)
    {
        PathEnvironment before = Before.With(LogRole.ReceiverTunIrq, new LogTweak { Origin = new LogOrigin(Device: device, Queue: queue, WorkerTid: worker) });
        PathEnvironment after = After.With(LogRole.ReceiverTunIrq, new LogTweak { Origin = new LogOrigin(Device: deviceAfter, Queue: queueAfter, WorkerTid: workerAfter) });

        LatencyFinding[] findings = FindingAssert.Of("FixOnAnotherHost", before, after: after);

        Assert.Equal(expected is not null, findings.Length == 1);
        Assert.All(findings, finding => Assert.Contains(expected!, finding.Evidence, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Contains("possible", finding.Confidence, StringComparison.Ordinal));

        // A manifest that names the same machine on both sides settles it.
        Assert.Empty(FindingAssert.Of("FixOnAnotherHost", before with { HostName = "hv-1" }, after: after with { HostName = "hv-1" }));
        Assert.Contains("hv-1 against hv-2", FindingAssert.One("FixOnAnotherHost", before with { HostName = "hv-1" }, after: after with { HostName = "hv-2" }).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_direction_is_another_host()
    {
        LatencyFinding finding = FindingAssert.One("FixOnAnotherHost", Before.Without(LogRole.ReceiverKvmTun), after: After.Without(LogRole.SenderKvmTun));

        Assert.Contains("ran at SenderKvmTun before and at ReceiverKvmTun after", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains("--flow 'proto=icmp,src=10.0.0.1,dst=10.0.0.2'", finding.NextStep, StringComparison.Ordinal);
        FindingAssert.None("FixOnAnotherHost", Before, after: After.Without(LogRole.SenderKvmTun));
    }

    [Fact]
    public void Few_runs_of_a_change_are_said_too()
    {
        Assert.Equal(2, FindingAssert.Of("TooFewRuns", Before, After, After with { Name = "later" }).Length);
        Assert.Single(FindingAssert.Of("TooFewRuns", Before with { Runs = 3 }, After with { Runs = 3 }, After with { Name = "later" }));
    }
}
