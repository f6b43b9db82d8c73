using VirtLatency.Analysis.FixEffects;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.FixEffects;

/// <summary>Pairs of runs: only they tell what caused a change.</summary>
public sealed class CrossoverTests
{
    /// <summary>
    /// Pairs 111-100, 207-199, 315-303, 413-404: the differences 11, 8, 12, 9 have mean 10 and standard error
    /// sqrt(10/3) / 2 = 0.9129; t = 10.954 with 3 degrees of freedom has p = 0.0016286 (closed form of Student's
    /// distribution for 3), the critical value is 3.182446.
    /// </summary>
    [Fact]
    public void From_three_cycles_on_the_differences_are_tested()
    {
        FixEffect row = RoundTrip(Runs("b", (1, 111), (2, 207), (3, 315), (4, 413)), Runs("a", (1, 100), (2, 199), (3, 303), (4, 404)));

        Assert.Equal(("Improved", "Cycles", "caused by", 4), (row.Verdict, row.Replication, row.Cause, row.CycleCount));
        AssertNear(10, row.ImprovementUs);
        AssertNear(7.094837284245237, row.ImprovementLowUs);
        AssertNear(12.905162715754763, row.ImprovementHighUs);
        AssertNear(0.001628625215936541, row.PValue);
        Assert.Contains("the improvement was caused by the change, by 4 crossover cycles", row.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("went together", row.Note, StringComparison.Ordinal);
    }

    /// <summary>The same runs without cycles: the drift from 100 to 400 us hides the 10.</summary>
    [Fact]
    public void Without_cycles_the_same_runs_show_nothing()
    {
        FixEffect row = RoundTrip(Runs("b", (null, 111), (null, 207), (null, 315), (null, 413)), Runs("a", (null, 100), (null, 199), (null, 303), (null, 404)));

        Assert.Equal(("NotShown", "Runs", null), (row.Verdict, row.Replication, row.Cause));
        Assert.Null(row.CycleCount);
        Assert.StartsWith("not shown: runs 4 and 4, p = 0.9", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_cycles_are_not_three()
    {
        FixEffect row = RoundTrip(Runs("b", (1, 111), (2, 112), (7, 113)), Runs("a", (2, 100), (1, 101), (8, 102)));

        Assert.Equal(("Improved", "Runs", "went together with", 2), (row.Verdict, row.Replication, row.Cause, row.CycleCount));
        Assert.Contains("went together with the change, with 2 of 3 crossover cycles", row.Note, StringComparison.Ordinal);
    }

    /// <summary>
    /// Cycle 1 has two runs before, 110 and 114: their mean 112. Runs without a partner are left out of the test: 12, 8, 10
    /// of cycles 1 to 3 have mean 10; all runs together would have (110 + 114 + 207 + 315 + 900) / 5 - (100 + 199 + 305) / 3.
    /// </summary>
    [Fact]
    public void Runs_of_one_cycle_are_one_value_and_others_take_no_part()
    {
        FixEffect row = RoundTrip(Runs("b", (1, 110), (1, 114), (2, 207), (3, 315), (null, 900)), Runs("a", (1, 100), (2, 199), (3, 305)));

        Assert.Equal(("Cycles", 3), (row.Replication, row.CycleCount));
        AssertNear(10, (row.ImprovementLowUs + row.ImprovementHighUs) / 2);
        AssertNear(10, row.ImprovementUs);
        AssertNear((112.0 + 207 + 315) / 3, row.BeforeUs);
        AssertNear((100.0 + 199 + 305) / 3, row.AfterUs);
        Assert.Contains("1 run without a cycle on both sides is left out", row.Note, StringComparison.Ordinal);
    }

    /// <summary>Before worse than after by nothing but noise: pairs alone make no cause.</summary>
    [Fact]
    public void Cycles_without_a_shown_change_cause_nothing()
    {
        FixEffect row = RoundTrip(Runs("b", (1, 100), (2, 210), (3, 290)), Runs("a", (1, 110), (2, 200), (3, 300)));

        Assert.Equal(("NotShown", "Cycles"), (row.Verdict, row.Replication));
        Assert.Null(row.Cause);
        Assert.DoesNotContain("caused", row.Note, StringComparison.Ordinal);
    }

    private static FixEffect RoundTrip(MadeEnvironment before, MadeEnvironment after) =>
        FixComparison.Of(new FixRequest { Before = before.Build(), After = after.Build() }).Single(row => row.Segment == "RoundTrip");

    private static MadeEnvironment Runs(string name, params (int? Cycle, double Mean)[] runs)
    {
        var environment = new MadeEnvironment(name);
        foreach ((int index, (int? cycle, double mean)) in runs.Index())
        {
            double[] totals = [mean + 0.2, mean - 0.2];
            environment.With(LogRole.SenderVm, totals.Select(total => new[] { 10, total - 30, 20, total }), FormattableString.Invariant($"run{index}"), cycle: cycle);
        }

        return environment;
    }

    private static void AssertNear(double expected, double? actual) => Assert.InRange(actual!.Value, expected - 1e-6, expected + 1e-6);
}
