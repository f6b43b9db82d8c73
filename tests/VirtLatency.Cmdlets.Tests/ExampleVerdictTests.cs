using System.Management.Automation;

namespace VirtLatency.Tests;

/// <summary>
/// What the examples conclude, row by row. The figures of tests were computed from the logs' lines by a program of its own,
/// which integrates Student's density.
/// </summary>
public sealed class ExampleVerdictTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    /// <summary>
    /// After the change there is no round trip at all. Of E there is one packet against 16: no spread, so no p and no
    /// verdict. Of kicks there are 30 against 4: Welch's p, times the rows of B_1 that have a larger one (Holm), is below 0.05
    /// in each of the four, and they are Improved, not Fixed: a baseline is refused to a mixed direction.
    /// </summary>
    [Theory]
    [InlineData(0, "Container", "RoundTrip", "A + InterPath + M", 16, 0, null, null, "NotShown")]
    [InlineData(1, "Segment", "B_1", "kick-tap, sender", 30, 4, 76.6, 4 * 1.2805480e-12, "Improved")]
    [InlineData(2, "Segment", "E", "tap-irq, receiver", 16, 1, 84.3125, null, "NotShown")]
    [InlineData(3, "Stage", "B_1", "S0", 30, 4, 71.7166667, 3 * 2.2823055e-12, "Improved")]
    [InlineData(4, "Stage", "B_1", "S1", 30, 4, 2.9666667, 0.0044305096, "Improved")]
    [InlineData(5, "Stage", "B_1", "S2", 30, 4, 1.9166667, 2 * 0.00094634971, "Improved")]
    [InlineData(6, "Stage", "E", "S1->S2", 16, 1, 82.4375, null, "NotShown")]
    [InlineData(7, "Stage", "E", "S2->S3", 16, 1, 0.4375, null, "NotShown")]
    [InlineData(8, "Stage", "E", "S3->S4", 16, 1, 0.0, null, "NotShown")]
    [InlineData(9, "Stage", "E", "S4->S5", 16, 1, 1.4375, null, "NotShown")]
    public void A_change_without_an_end_to_end_measurement(int index, string level, string segment, string name, long before, long after, double? gain, double? p, string verdict)
    {
        EngineResult result = _engine.Run("$null = . ./examples/06-FixEffect.ps1; $rows");

        Assert.Empty(result.Errors);
        Assert.Equal(10, result.Output.Count);
        AssertRow(result.Output[index], (level, segment, name, before, after), gain, p, verdict);
    }

    /// <summary>
    /// Pairs of runs differ by 41.2, 39.2, 42.5, 42.3 ms and by 7.29, 6.57, 7.29 ms; the larger of the two p stays, the smaller
    /// one counts twice. Both had a loss beyond 5 % of the baseline. After lies 2.275 ms from the login's baseline, within
    /// 18.695 ms with p 0.0224: Fixed; and 0.213 ms from the query's, but within 0.548 ms with p 0.0886 only: Improved.
    /// </summary>
    [Theory]
    [InlineData(0, "login", "loginMs", 4, 4, 41_300.0, 2 * 1.3514847e-05, 18_695.0, 0.022363232, "Fixed")]
    [InlineData(1, "queryP99", "queryP99Ms", 3, 4, 7_050.0, 0.0011568848, 548.3333333, 0.088606904, "Improved")]
    public void What_users_wait_for_in_pairs_of_runs(int index, string metric, string column, long before, long after, double gain, double p, double margin, double equivalence, string verdict)
    {
        EngineResult result = _engine.Run("$null = . ./examples/06-FixEffect.ps1; $users");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        AssertRow(result.Output[index], ("Workload", metric, column, before, after), gain, p, verdict);
        AssertNear(margin, EngineResult.Value<double?>(result.Output[index], "EquivalenceMarginUs"));
        AssertNear(equivalence, EngineResult.Value<double?>(result.Output[index], "EquivalencePValue"));
    }

    /// <summary>What does not fit together first; then by severity, and in the rules' order, smtx before zbs before zbs-c6off.</summary>
    [Fact]
    public void Findings_of_the_investigation()
    {
        EngineResult result = _engine.Run("$null = . ./examples/07-Findings.ps1; $findings");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "Caution PiecesExceedContainer", "Caution PiecesExceedContainer",
                "Important RoundTripDiffers", "Important VhostWorkerWakeup", "Important HostToHostIdleWakeup", "Important CStateDiffers", "Important FixWithoutRoundTrip", "Important FixOnAnotherHost",
                "Caution DirectOverTotal", "Caution PacketsNotJoined", "Caution PacketsNotJoined", "Caution TooFewRuns", "Caution TooFewRuns", "Caution TooFewSamples", "Caution CoarseGranularity",
                "Caution CStateNotUniform", "Caution BootParameterDiffers", "Caution BootParameterDiffers",
                "Information HostForwarding", "Information VmStackNotGuilty", "Information Instrumentation", "Information MissingLog", "Information MissingLog", "Information MissingLog",
            ],
            result.Output.Select(finding => $"{finding.Properties["Severity"].Value} {finding.Properties["Rule"].Value}"));
    }

    private static void AssertRow(PSObject row, (string Level, string Segment, string Name, long Before, long After) part, double? gain, double? p, string verdict)
    {
        Assert.Equal(part, (Text("Level"), Text("Segment"), Text("Name"), EngineResult.Value<long>(row, "BeforeCount"), EngineResult.Value<long>(row, "AfterCount")));
        AssertNear(gain, EngineResult.Value<double?>(row, "ImprovementUs"));
        AssertNear(p, EngineResult.Value<double?>(row, "AdjustedPValue"));
        Assert.Equal(verdict, Text("Verdict"));

        string Text(string property) => EngineResult.Value<string>(row, property)!;
    }

    /// <summary>To seven digits.</summary>
    private static void AssertNear(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value)
        {
            Assert.InRange(actual!.Value, value - (1e-7 * Math.Abs(value)), value + (1e-7 * Math.Abs(value)));
        }
    }
}
