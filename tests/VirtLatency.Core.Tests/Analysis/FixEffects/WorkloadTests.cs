using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Tests.Analysis.FixEffects;

/// <summary>What users wait for, from a csv file.</summary>
public sealed class WorkloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ParseIssue> _issues = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>The figures of FixEffectTests' runs, 111, 107, 115 against 100, 102, 101, in ms: a thousand times as many us.</summary>
    [Fact]
    public void Runs_are_the_unit_and_the_header_has_the_unit()
    {
        FixEffect row = Assert.Single(Measure("""
            run,condition,loginMs
            1,before,111
            2,before,107
            3,before,115
            1,after,100
            2,after,102
            3,After,101
            1,baseline,100
            2,baseline,101
            3,baseline,102
            """));

        Assert.Empty(_issues);
        Assert.Equal(("Workload", "login", "loginMs", "Fixed", "Runs", 3L, 3L), (row.Level, row.Segment, row.Name, row.Verdict, row.Replication, row.BeforeCount, row.AfterCount));
        AssertNear(10_000, row.ImprovementUs);
        AssertNear(771.2354097874634, row.ImprovementLowUs);
        AssertNear(0.04245479626275739, row.PValue);
        AssertNear(75.61033099939696, row.RecoveredLowPercent);
        AssertNear(5_050, row.EquivalenceMarginUs);
        AssertNear(0.0017363530419789996, row.EquivalencePValue);
        Assert.Contains("went together with", row.Note, StringComparison.Ordinal);
    }

    /// <summary>Differences 11, 8, 12, 9 s of CrossoverTests.</summary>
    [Fact]
    public void Cycles_pair_runs_of_a_workload()
    {
        FixEffect row = Assert.Single(Measure("""
            cycle,run,backupS,condition
            1,a,111,before
            1,b,100,after
            2,c,207,before
            2,d,199,after
            3,e,303,after
            3,f,315,before
            4,g,413,before
            4,h,404,after
            """));

        Assert.Equal(("Improved", "Cycles", "caused by", 4), (row.Verdict, row.Replication, row.Cause, row.CycleCount));
        AssertNear(7_094_837.284245237, row.ImprovementLowUs);
        AssertNear(0.001628625215936541, row.PValue);
    }

    /// <summary>Four pairs have 2^4 = 16 ways to change their signs: p by ranks is at least 2/16.</summary>
    [Fact]
    public void Few_cycles_bound_p_by_ranks()
    {
        FixEffect row = Assert.Single(Measure("run,condition,cycle,aS\n1,before,1,111\n2,after,1,100\n3,before,2,207\n4,after,2,199\n5,before,3,315\n6,after,3,303\n7,before,4,413\n8,after,4,404\n"));

        Assert.Contains("4 cycles: by ranks the best p that is possible is 0.125", row.Note, StringComparison.Ordinal);
    }

    /// <summary>By default 5 % of before's 101 ms.</summary>
    [Fact]
    public void The_margin_is_the_callers()
    {
        WorkloadTable table = Read("run,condition,loginMs\n1,before,101\n2,before,100\n3,before,102\n1,after,99\n2,after,98\n3,after,100\n");

        FixEffect own = Assert.Single(FixComparison.Of(table, TestRequest.Default));
        FixEffect asked = Assert.Single(FixComparison.Of(table, new TestRequest(0.95, 20_000)));

        AssertNear(5_050, own.EquivalenceMarginUs);
        AssertNear(20_000, asked.EquivalenceMarginUs);
        Assert.True(asked.NoEffectPValue < own.NoEffectPValue);
    }

    [Theory]
    [InlineData("2,never,3\n", "line 4 of the file is left out")]
    [InlineData("2,never,3\n\n2,before,fast\n", "2 lines of the file are left out, line 4 first")]
    public void Rows_say_that_lines_were_left_out(string lines, string note)
    {
        FixEffect row = Assert.Single(Measure("run,condition,aMs\n1,before,3\n1,after,2\n" + lines));
        FixEffect alone = Assert.Single(Measure("run,condition,aMs\n1,before,3\n3,before,2\n" + lines));

        Assert.EndsWith("; " + note, row.Note, StringComparison.Ordinal);
        Assert.Equal("no run after the change; " + note, alone.Note);
        Assert.DoesNotContain("left out", Assert.Single(Measure("run,condition,aMs\n1,before,3\n1,after,2\n")).Note, StringComparison.Ordinal);
    }

    /// <summary>C(4,2) = 6 ways to choose two of four: p is at least 2/6.</summary>
    [Fact]
    public void Two_runs_a_side_show_nothing()
    {
        FixEffect row = Assert.Single(Measure("run,condition,x Us\n1,before,900\n2,before,901\n1,after,100\n2,after,101\n"));

        Assert.Equal(("x", "NotShown"), (row.Segment, row.Verdict));
        Assert.Null(row.PValue);
        Assert.Equal("not shown: runs 2 and 2, the best p that is possible is 0.333, and a test needs 3 on each side", row.Note);
    }

    [Fact]
    public void Several_metrics_are_rows_and_an_empty_field_was_not_measured()
    {
        FixEffect[] rows = [.. Measure("run,condition,aUs,b_S,cMs\n1,before,10,2,\n2,before,,3,\n3,after,8,,\n")];

        Assert.Equal(["a", "b"], rows.Select(row => row.Segment));
        Assert.Equal((10.0, 8.0, 1L, 1L), (rows[0].BeforeUs, rows[0].AfterUs, rows[0].BeforeCount, rows[0].AfterCount));
        Assert.Equal((2_500_000.0, null, "no run after the change"), (rows[1].BeforeUs!.Value, rows[1].AfterUs, rows[1].Note));
        Assert.Empty(_issues);
    }

    /// <summary>All runs alike: there is no spread to test with, and no verdict.</summary>
    [Fact]
    public void Runs_without_spread_show_nothing()
    {
        FixEffect row = Assert.Single(Measure("run,condition,aS\n1,before,3\n2,before,3\n3,before,3\n1,after,2\n2,after,2\n3,after,2\n"));

        Assert.Equal("NotShown", row.Verdict);
        Assert.Contains("their spread is not known", row.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,before", "2 fields where the header has 3")]
    [InlineData("1,before,1,2", "4 fields where the header has 3")]
    [InlineData("1,later,1", "the condition is 'later'")]
    [InlineData("1,1,1", "the condition is '1'")]
    [InlineData(",before,1", "the run has no name")]
    [InlineData("1,before,fast", "loginMs is 'fast'")]
    [InlineData("1,before,-1", "loginMs is '-1'")]
    [InlineData("1,before,NaN", "loginMs is 'NaN'")]
    [InlineData("1,before,1e400", "loginMs is '1e400'")]
    [InlineData("1,before,\"1,5\"", "loginMs is '1,5'")]
    [InlineData("1,before,", "the run has no value")]
    [InlineData("1,\"before,1", "quotes do not match")]
    [InlineData("ok,before,7", "was given in line 3 already")]
    public void A_damaged_line_is_told_and_left_out(string line, string message)
    {
        WorkloadTable table = Read($"run,condition,loginMs\n\nok,before,1\n{line}\n\"o, k\",after,2\n");

        ParseIssue issue = Assert.Single(_issues);
        Assert.Equal(4, issue.Line);
        Assert.Contains(message, issue.Message, StringComparison.Ordinal);
        Assert.Equal(["ok", "o, k"], table.Runs.Select(run => run.Run));
        Assert.Equal([1000.0, 2000.0], table.Runs.Select(run => run.ValuesUs[0]!.Value));
    }

    [Fact]
    public void A_cycle_is_a_whole_number_or_nothing()
    {
        WorkloadTable table = Read("run,condition,cycle,aMs\n1,before,x,1\n2,before,,1\n3,before,7,1\n");

        Assert.Equal("the cycle is 'x', where a whole number or nothing is expected", Assert.Single(_issues).Message);
        Assert.Equal([null, 7], table.Runs.Select(run => run.Cycle));
    }

    [Theory]
    [InlineData("", 1, "it is empty")]
    [InlineData("\n\n", 2, "it has no header")]
    [InlineData("run,condition\n", 1, "at least one metric")]
    [InlineData("run,loginMs\n", 1, "the columns run and condition")]
    [InlineData("run,condition,requests\n", 1, "'requests' is neither run")]
    [InlineData("run,condition,Us\n", 1, "'Us' is neither run")]
    [InlineData("run,condition,requestsPerS\n", 1, "'requestsPerS' is neither run")]
    [InlineData("run,condition,requests_per_S\n", 1, "'requests_per_S' is neither run")]
    [InlineData("run,condition,throughputIOPS\n", 1, "'throughputIOPS' is neither run")]
    [InlineData("run,condition,loginMs\n", 1, "nothing below its header")]
    [InlineData("run,condition,=cmd()Ms\n", 1, "is neither run")]
    [InlineData("run,condition,aMs,aUs\n", 1, "the metric 'a' is there twice")]
    [InlineData("run,Run,condition,aMs\n", 1, "the column 'Run' is there twice")]
    [InlineData("run,\"condition,aMs\n", 1, "its quotes do not match")]
    public void A_file_without_a_usable_header_is_refused(string text, int line, string message)
    {
        WorkloadException error = Assert.Throws<WorkloadException>(() => Read(text));

        Assert.Equal(line, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"runs.csv:{line}: "), error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<FixEffect> Measure(string text) => FixComparison.Of(Read(text), TestRequest.Default);

    private WorkloadTable Read(string text) => WorkloadFile.Read(_folder.Write("runs.csv", text), _issues.Add);

    private static void AssertNear(double expected, double? actual) => Assert.InRange(actual!.Value, expected - (1e-9 * Math.Max(1, expected * 1000)), expected + (1e-9 * Math.Max(1, expected * 1000)));
}
