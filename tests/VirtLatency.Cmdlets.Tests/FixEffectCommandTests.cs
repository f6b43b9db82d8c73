using System.Management.Automation;
using System.Text.RegularExpressions;

namespace VirtLatency.Tests;

/// <summary>Measure-FixEffect as a user's session sees it.</summary>
public sealed class FixEffectCommandTests : IDisposable
{
    private const string Environments = "$smtx, $zbs, $off = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs, ./examples/data/zbs-c6off; ";

    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;

    public FixEffectCommandTests() => _engine.Set("folder", _folder);

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The error does not cost the other rows: that the round trip is missing is the more important news.</summary>
    [Fact]
    public void Mixed_directions_are_refused_and_the_other_rows_come()
    {
        EngineResult result = _engine.Run(Environments + "Measure-FixEffect -Before $zbs -After $off -Baseline $smtx");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("MixedDirection,VirtLatency.Commands.MeasureFixEffectCommand", error.FullyQualifiedErrorId);
        Assert.EndsWith("zbs-c6off/zbshost-kvm-tx.log", (string)error.TargetObject, StringComparison.Ordinal);
        Assert.Contains("-AllowMixedDirection", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["RoundTrip", "E", "E", "E", "E", "E"], result.Values("Segment"));
        Assert.All(result.Values("Verdict"), verdict => Assert.Equal("NotShown", verdict));
    }

    [Fact]
    public void Mixed_directions_are_compared_when_asked_for()
    {
        EngineResult result = _engine.Run(Environments + "Measure-FixEffect $zbs $off -AllowMixedDirection -Level Stage");

        Assert.Empty(result.Errors);
        Assert.Equal(["S0", "S1", "S2", "S1->S2", "S2->S3", "S3->S4", "S4->S5"], result.Values("Name"));
        Assert.Contains("B_1 before against I_1 after", EngineResult.Value<string>(result.Output[0], "Note"), StringComparison.Ordinal);
    }

    /// <summary>600.7195 - 226.79125 us: the means of 16 printed totals. The baseline is another ping with the latencies of smtx.</summary>
    [Fact]
    public void Latencies_of_the_baseline_are_a_full_recovery()
    {
        string log = File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx", "sfsvm-send.log"));
        File.WriteAllText(Path.Combine(_folder, "vm.log"), log.Replace("(ID: 21973,", "(ID: 21974,", StringComparison.Ordinal));

        EngineResult result = _engine.Run(Environments + "Measure-FixEffect $zbs $smtx (Import-LatencyEnvironment $folder -Name like) -Level Container, Layer");

        Assert.Empty(result.Errors);
        PSObject row = result.Segment("RoundTrip");
        Assert.Equal("Fixed", EngineResult.Value<string>(row, "Verdict"));
        Assert.Equal(373.92825, EngineResult.Value<double?>(row, "ImprovementUs")!.Value, 6);
        Assert.Equal(100, EngineResult.Value<double?>(row, "RecoveredPercent")!.Value, 6);
        Assert.Equal("went together with", EngineResult.Value<string>(row, "Cause"));
        Assert.Equal("like", EngineResult.Value<string>(row, "BaselineEnvironment"));
        Assert.Equal("NoEffect", EngineResult.Value<string>(result.Segment("VmInternal"), "Verdict"));
    }

    [Fact]
    public void The_baseline_itself_is_no_recovery()
    {
        PSObject row = _engine.Run(Environments + "Measure-FixEffect $zbs $smtx $smtx -Level Container").Segment("RoundTrip");

        Assert.Equal(("Improved", null, null), (EngineResult.Value<string>(row, "Verdict"), EngineResult.Value<double?>(row, "BaselineUs"), EngineResult.Value<double?>(row, "RecoveredPercent")));
        Assert.Contains("not set against the baseline: after and baseline: SenderVm is the same log on both sides", EngineResult.Value<string>(row, "Note"), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_stand_in_their_published_order()
    {
        EngineResult result = _engine.Run(Environments + "Measure-FixEffect $zbs $smtx -Level Span");

        string[] published = ["Level", "Segment", "BeforeUs", "AfterUs", "BaselineUs", "ImprovementUs", "ImprovementLowUs", "ImprovementHighUs", "ImprovementRatio", "RecoveredPercent", "BeforeCount", "AfterCount", "Verdict", "Note"];
        Assert.Equal(published, result.Output[0].Properties.Select(property => property.Name).Take(published.Length));
    }

    [Fact]
    public void A_workload_stands_alone_or_beside_environments()
    {
        Assert.Equal(["login", "queryP99"], _engine.Run("Measure-FixEffect -Workload ./examples/workload.csv").Values("Segment"));

        EngineResult both = _engine.Run(Environments + "Measure-FixEffect $zbs $smtx -Level Span -Workload ./examples/workload.csv");
        Assert.Empty(both.Errors);
        Assert.Equal(["Span", "Span", "Span", "Workload", "Workload"], both.Values("Level"));
    }

    [Fact]
    public void A_damaged_line_of_a_workload_is_an_error_with_its_line_and_the_rest_goes_on()
    {
        string path = Path.Combine(_folder, "runs.csv");
        File.WriteAllText(path, "run,condition,aMs\n1,before,3\n2,sometimes,3\n1,after,2\n");

        EngineResult result = _engine.Run("Measure-FixEffect -Workload $folder/runs.csv");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("WorkloadLineMalformed", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(path + ":3", error.TargetObject);
        Assert.StartsWith(path + ":3: the condition is 'sometimes'", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1000.0, EngineResult.Value<double?>(Assert.Single(result.Output), "ImprovementUs"));
        Assert.EndsWith("; line 3 of the file is left out", EngineResult.Value<string>(result.Output[0], "Note"), StringComparison.Ordinal);
    }

    /// <summary>Alone a workload has the margin that is asked for; beside environments it keeps 5 % of 373.9 ms, for the margin means the round trip.</summary>
    [Fact]
    public void The_margin_is_the_workloads_where_it_stands_alone()
    {
        EngineResult alone = _engine.Run("Measure-FixEffect -Workload ./examples/workload.csv -EquivalenceMarginUs 2000");
        EngineResult both = _engine.Run(Environments + "Measure-FixEffect $zbs $smtx -Level Container -Workload ./examples/workload.csv -EquivalenceMarginUs 2000");

        Assert.Empty(alone.Errors);
        Assert.Equal([2000.0, 2000.0], alone.Values("EquivalenceMarginUs"));
        Assert.Equal(["Improved", "Fixed"], alone.Values("Verdict"));
        Assert.Equal(18_695.0, EngineResult.Value<double?>(both.Segment("login"), "EquivalenceMarginUs")!.Value, 6);
        Assert.Equal(2000.0, EngineResult.Value<double?>(both.Segment("RoundTrip"), "EquivalenceMarginUs"));
    }

    [Theory]
    [InlineData("Measure-FixEffect 42 $zbs", "InputNotLatencyData")]
    [InlineData("Measure-FixEffect $zbs ($zbs, $smtx)", "InputNotLatencyData")]
    [InlineData("Measure-FixEffect $zbs $smtx (Get-SegmentBreakdown $zbs)", "InputNotLatencyData")]
    [InlineData("$d = [pscustomobject]@{ Name = 'x' }; $d.PSTypeNames.Insert(0, 'Deserialized.VirtLatency.Model.LatencyEnvironment'); Measure-FixEffect $zbs $d", "EnvironmentDeserialized")]
    [InlineData("Measure-FixEffect -Workload ./no-such.csv", "PathNotFound")]
    [InlineData("Measure-FixEffect -Workload ./examples", "PathIsDirectory")]
    [InlineData("Measure-FixEffect -Workload ./README.md", "WorkloadInvalid")]
    public void Wrong_input_has_an_id(string script, string id)
    {
        EngineResult result = _engine.Run(Environments + script);
        ErrorRecord error = result.Terminating ?? result.Errors[0];

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.NotNull(error.TargetObject);
        Assert.Empty(result.Output);
    }

    /// <summary>Cycles of two manifests meet: the pairs of smtx and zbs differ by 373.9 us each, which leaves the clock's step.</summary>
    [Fact]
    public void Cycles_of_manifests_pair_runs()
    {
        string data = RepositoryFolder.ExampleData;
        foreach ((string name, string folder) in new[] { ("before", "zbs"), ("after", "smtx") })
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
            string text = File.ReadAllText(Path.Combine(data, folder, "sfsvm-send.log"));
            string runs = string.Concat(Enumerable.Range(1, 3).Select(cycle => $"@{{ Cycle = {cycle}; Logs = @{{ SenderVm = 'run{cycle}.log' }} }}\n"));

            // Another ping each: a copy would be no further cycle.
            for (int cycle = 1; cycle <= 3; cycle++)
            {
                File.WriteAllText(Path.Combine(_folder, name, $"run{cycle}.log"), Regex.Replace(text, @"\(ID: \d+", $"(ID: {cycle}", RegexOptions.None, TimeSpan.FromSeconds(10)));
            }

            File.WriteAllText(Path.Combine(_folder, name, "environment.psd1"), $"@{{ Runs = @(\n{runs}) }}");
        }

        EngineResult result = _engine.Run("Measure-FixEffect (Import-LatencyEnvironment $folder/before) (Import-LatencyEnvironment $folder/after) -Level Container");

        Assert.Empty(result.Errors);
        PSObject row = result.Segment("RoundTrip");
        Assert.Equal(("Cycles", "caused by", 3), (EngineResult.Value<string>(row, "Replication"), EngineResult.Value<string>(row, "Cause"), EngineResult.Value<int?>(row, "CycleCount")));
        Assert.Contains("caused by the change, by 3 crossover cycles", EngineResult.Value<string>(row, "Note"), StringComparison.Ordinal);
    }
}
