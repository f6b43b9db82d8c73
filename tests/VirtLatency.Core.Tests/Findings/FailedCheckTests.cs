using VirtLatency.Findings;
using VirtLatency.Model;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Findings;

/// <summary>A check that must hold and does not: the findings that rest on its logs say so and are less sure, and no others.</summary>
public sealed class FailedCheckTests
{
    private const string Doubt = "ailed check";

    private static readonly PathEnvironment Quick = new("quick");
    private static readonly PathEnvironment Slow = new("slow") { Seed = 2, WakeupUs = 90, ForwardingUs = 25, HostToHostUs = 130 };

    /// <summary>The receiver VM's own time is 500 us longer than what holds it: its log and the receiver host's cannot both be right.</summary>
    private static readonly PathEnvironment Broken = Slow.With(LogRole.ReceiverVm, new LogTweak { AddedUs = 500 });

    [Theory]
    [InlineData(5, "High: ", "Moderate: 5/5 runs, ", "It would be High, but a check failed.")]
    [InlineData(3, "Moderate: ", "Low: 3/3 runs, ", "It would be Moderate, but a check failed.")]
    [InlineData(1, "Within the runs: ", "Low: within the runs these runs differ (", "It would not be Low, but a check failed.")]
    public void Confidence_is_a_step_lower_where_a_check_of_the_same_logs_failed(int runs, string sound, string lowered, string why)
    {
        LatencyFinding before = FindingAssert.One("HostForwarding", Slow with { Runs = runs }, Quick with { Runs = runs });
        LatencyFinding after = FindingAssert.One("HostForwarding", Broken with { Runs = runs }, Quick with { Runs = runs });

        Assert.StartsWith(sound, before.Confidence, StringComparison.Ordinal);
        Assert.DoesNotContain(Doubt, before.Caveat, StringComparison.Ordinal);
        Assert.StartsWith(lowered, after.Confidence, StringComparison.Ordinal);
        Assert.EndsWith(why, after.Confidence, StringComparison.Ordinal);
        Assert.StartsWith("Failed checks put these numbers in doubt: ReceiverVm within ReceiverExternal in slow. ", after.Caveat, StringComparison.Ordinal);
        Assert.EndsWith(before.Caveat, after.Caveat, StringComparison.Ordinal);
    }

    /// <summary>The sender VM's log is in no failed check: the round trip is as long as before.</summary>
    [Fact]
    public void Findings_of_other_logs_stay_as_sure_as_they_were()
    {
        LatencyFinding roundTrip = FindingAssert.One("RoundTripDiffers", Broken with { Runs = 5 }, Quick with { Runs = 5 });

        Assert.StartsWith("High: 5/5 runs", roundTrip.Confidence, StringComparison.Ordinal);
        Assert.DoesNotContain(Doubt, roundTrip.Caveat, StringComparison.Ordinal);
    }

    /// <summary>The sender's chain is 12 us too long for VirtSender; the receiver's fits, and tells of its worker as before.</summary>
    [Fact]
    public void Parts_that_are_in_no_failed_check_carry_a_finding()
    {
        PathEnvironment odd = Slow.With(LogRole.SenderTunIrq, new LogTweak { AddedUs = 15, Id = 9 }).Without(LogRole.SenderPing);
        LatencyFinding finding = FindingAssert.One("VhostWorkerWakeup", odd with { Runs = 5 }, Quick with { Runs = 5 });

        Assert.StartsWith("High: 5/5 runs", finding.Confidence, StringComparison.Ordinal);
        Assert.StartsWith("Failed checks put B_1 S0 and L S1->S2 in doubt: L + B_1 within VirtSender in slow; E S1->S2 and I_1 S0 are in none of them and carry the finding. ", finding.Caveat, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_without_a_sound_part_is_less_sure()
    {
        PathEnvironment odd = Slow.With(LogRole.SenderTunIrq, new LogTweak { AddedUs = 15, Id = 9 }).Without(LogRole.ReceiverTunIrq, LogRole.ReceiverKvmTun);
        LatencyFinding finding = FindingAssert.One("VhostWorkerWakeup", odd with { Runs = 5 }, Quick with { Runs = 5 });

        Assert.StartsWith("Moderate: 5/5 runs", finding.Confidence, StringComparison.Ordinal);
        Assert.StartsWith("Failed checks put these numbers in doubt: L + B_1 within VirtSender in slow. ", finding.Caveat, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_together_comes_first()
    {
        IReadOnlyList<LatencyFinding> findings = FindingRules.Of(new FindingInput(Broken.Build(), Quick.Build()));

        Assert.Equal("ClosureFailed", findings[0].Rule);
        Assert.Equal("PiecesExceedContainer", findings[1].Rule);
        Assert.Equal("Important", findings[2].Severity);
    }

    /// <summary>L and B_1 are too long for VirtSender on both sides; the receiver's wake-up, the round trip and the way between the hosts are in no such check.</summary>
    [Fact]
    public void The_investigations_failed_checks_are_the_senders()
    {
        IReadOnlyList<LatencyFinding> findings = FindingRules.Of(new FindingInput(TestEnvironments.Example("zbs"), TestEnvironments.Example("smtx")));
        LatencyFinding workers = Assert.Single(findings, finding => finding.Rule == "VhostWorkerWakeup");

        Assert.Equal(["PiecesExceedContainer", "PiecesExceedContainer"], findings.Take(2).Select(finding => finding.Rule));
        Assert.StartsWith("Within the runs: ", workers.Confidence, StringComparison.Ordinal);
        Assert.StartsWith("Failed checks put B_1 S0 and L S1->S2 in doubt: L within VirtSender and L + B_1 within VirtSender in smtx, L + B_1 within VirtSender in zbs; E S1->S2 is in none of them and carries the finding. ", workers.Caveat, StringComparison.Ordinal);
        Assert.All(findings.Where(finding => finding.Rule != "VhostWorkerWakeup"), finding => Assert.DoesNotContain(Doubt, finding.Caveat, StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.Confidence.Contains("a check failed", StringComparison.Ordinal));
    }

    /// <summary>Else a failed check could not reach them: what a test says so is said of rows.</summary>
    [Fact]
    public void Every_finding_of_a_test_names_the_rows_it_rests_on()
    {
        PathEnvironment bare = Quick with { Roles = [LogRole.SenderPing] };
        PathEnvironment far = Slow with { StackUs = 40 };
        LatencyFinding[] findings =
        [
            .. FindingRules.Of(new FindingInput(Slow.Build(), Quick.Build(), (Slow with { Name = "after", Seed = 3 }).Build())),
            .. FindingRules.Of(new FindingInput(far.Build(), Quick.Build())),
            .. FindingRules.Of(new FindingInput(Slow.Build(), bare.Build())),
        ];

        LatencyFinding[] tested = [.. findings.Where(finding => finding.Confidence.StartsWith("Within the runs", StringComparison.Ordinal) || finding.Confidence.StartsWith("None either way", StringComparison.Ordinal))];
        Assert.Equal(
            ["FixNotShown", "HostForwarding", "HostToHostIdleWakeup", "Instrumentation", "RoundTripDiffers", "VhostWorkerWakeup", "VmStackNotCleared", "VmStackNotGuilty"],
            tested.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal));
        Assert.All(tested, finding => Assert.NotEmpty(finding.Rows));
    }
}
