using System.Management.Automation;

namespace VirtLatency.Tests;

public sealed class BreakdownCommandTests : IDisposable
{
    private const string ByHand = """
        $samples = @(
            Import-IcmpRttLog ./examples/data/zbs/sfsvm-*.log
            Import-IcmpPathLog ./examples/data/zbs/zbshost-sender.log, ./examples/data/zbs/zbshost-receiver.log
            Import-TunIrqLog ./examples/data/zbs/zbshost-vhost-*.log
            Import-KvmTunLog ./examples/data/zbs/zbshost-kvm-tx.log -HostRole Sender
        )
        """;

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("Segment")]
    [InlineData("Stage")]
    [InlineData("Span")]
    [InlineData("Layer")]
    [InlineData("Container")]
    public void Samples_piped_by_hand_give_the_environments_numbers(string level)
    {
        EngineResult piped = _engine.Run($"{ByHand}; $samples | Get-SegmentBreakdown -Level {level}");
        EngineResult read = _engine.Run($"Import-LatencyEnvironment ./examples/data/zbs | Get-SegmentBreakdown -Level {level}");

        Assert.Empty(piped.Errors);
        foreach (string property in new[] { "Environment", "Segment", "Name", "Basis", "SampleCount", "ExcludedCount", "MeanUs", "StdDevUs", "P50Us", "P95Us", "MaxUs", "SharePercent", "Source", "Note" })
        {
            Assert.Equal(read.Values(property), piped.Values(property));
        }
    }

    [Fact]
    public void The_environment_has_the_reference_round_trip()
    {
        EngineResult result = _engine.Run("Get-SegmentBreakdown (Import-LatencyEnvironment ./examples/data/zbs) -Level Container");

        Assert.Equal(600.7195, EngineResult.Value<double?>(result.Segment("RoundTrip"), "MeanUs")!.Value, 4);
        Assert.Equal(16L, EngineResult.Value<long>(result.Segment("RoundTrip"), "SampleCount"));
    }

    [Fact]
    public void Two_environments_are_compared()
    {
        EngineResult result = _engine.Run("$a, $b = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs; Compare-LatencyEnvironment $a $b -Level Layer");

        Assert.Equal(["VmInternal", "HostForwarding", "HostToHost", "VirtSender", "VirtReceiver"], result.Values("Segment"));
        Assert.Equal([0.20, 4.57, 30.30, 21.18, 43.75], result.Values("SharePercent").Select(share => Math.Round((double)share!, 2)));
        Assert.Equal(["NotDistinguishable", "Higher", "Higher", "Higher", "Higher"], result.Values("Verdict"));
        Assert.Equal(["WithinRun"], result.Values("Replication").Distinct());
    }

    /// <summary>The higher the confidence, the wider the interval; a margin as large as the whole round trip makes all the same.</summary>
    [Fact]
    public void Confidence_and_margin_are_asked_for()
    {
        const string Compare = "$a, $b = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs; Compare-LatencyEnvironment $a $b -Level Container";
        EngineResult usual = _engine.Run(Compare);
        EngineResult sure = _engine.Run(Compare + " -ConfidenceLevel 0.999 -EquivalenceMarginUs 600");

        Assert.True(EngineResult.Value<double?>(sure.Segment("RoundTrip"), "DeltaHighUs") > EngineResult.Value<double?>(usual.Segment("RoundTrip"), "DeltaHighUs"));
        Assert.True(EngineResult.Value<double?>(sure.Segment("RoundTrip"), "EquivalencePValue") < 0.001);
        Assert.Equal(600.0, EngineResult.Value<double?>(sure.Segment("RoundTrip"), "EquivalenceMarginUs"));
        Assert.Equal(226.79125 * 0.05, EngineResult.Value<double?>(usual.Segment("RoundTrip"), "EquivalenceMarginUs")!.Value, 6);
    }

    [Fact]
    public void Breakdown_rows_can_be_compared_too()
    {
        EngineResult result = _engine.Run("$a, $b = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs; Get-SegmentBreakdown $b -Level Layer | Compare-LatencyEnvironment (Get-SegmentBreakdown $a -Level Layer)");

        Assert.Equal(43.753, EngineResult.Value<double?>(result.Segment("VirtReceiver"), "SharePercent")!.Value, 3);
        Assert.Contains("no samples, so no test", EngineResult.Value<string>(result.Segment("VirtReceiver"), "Note"), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_environments_are_compared_with_one()
    {
        EngineResult result = _engine.Run("$a, $b = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs; $a, $b | Compare-LatencyEnvironment $a -Level Span");

        Assert.Equal(["smtx", "smtx", "smtx", "zbs", "zbs", "zbs"], result.Values("DifferenceEnvironment"));
        Assert.Equal(0.0, EngineResult.Value<double?>(result.Output[0], "DeltaUs"));
    }

    [Theory]
    [InlineData("42 | Get-SegmentBreakdown", "InputNotLatencyData")]
    [InlineData("$a = Import-LatencyEnvironment ./examples/data/smtx; Compare-LatencyEnvironment $a 42", "InputNotLatencyData")]
    [InlineData("$d = [pscustomobject]@{ Name = 'x' }; $d.PSTypeNames.Insert(0, 'Deserialized.VirtLatency.Model.LatencyEnvironment'); Get-SegmentBreakdown $d", "EnvironmentDeserialized")]
    [InlineData("$a = Import-LatencyEnvironment ./examples/data/smtx; $r = Get-SegmentBreakdown $a; Compare-LatencyEnvironment $r $r -Level Span", "LevelNeedsEnvironment")]
    [InlineData("$a = Import-LatencyEnvironment ./examples/data/smtx; $r = Get-SegmentBreakdown $a; Compare-LatencyEnvironment $a $r", "MixedInput")]
    [InlineData("$a = Import-LatencyEnvironment ./examples/data/smtx; $r = Get-SegmentBreakdown $a; Compare-LatencyEnvironment $r $a", "MixedInput")]
    [InlineData("$a = Import-LatencyEnvironment ./examples/data/smtx; Compare-LatencyEnvironment ($a, $a) $a", "SeveralReferences")]
    [InlineData("Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs -Name one", "NameCountDiffers")]
    [InlineData("Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs -SenderVmLog ./examples/data/smtx/sfsvm-send.log", "NamedLogsNeedOneFolder")]
    [InlineData("Import-LatencyEnvironment ./module", "EnvironmentEmpty")]
    [InlineData("Import-LatencyEnvironment -SenderVmLog ./examples", "PathIsDirectory")]
    [InlineData("Import-LatencyEnvironment -SenderVmLog ./examples/data/smtx/sfsvm-recv.log", "LogWrongTool")]
    public void Wrong_input_has_an_id(string script, string id)
    {
        EngineResult result = _engine.Run(script);
        ErrorRecord error = result.Terminating ?? result.Errors[0];

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.NotNull(error.TargetObject);
    }

    [Fact]
    public void Names_follow_piped_folders_one_by_one()
    {
        EngineResult result = _engine.Run("'./examples/data/smtx', './examples/data/zbs' | Import-LatencyEnvironment -Name here, there");

        Assert.Equal(["here", "there"], result.Values("Name"));
        Assert.Equal("NothingToImport", _engine.Run("Import-LatencyEnvironment").Errors[0].FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void A_missing_folder_keeps_its_name()
    {
        EngineResult result = _engine.Run("Import-LatencyEnvironment ./no-such, ./examples/data/zbs -Name one, two");

        Assert.Equal(["two"], result.Values("Name"));
        Assert.Equal("PathNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Roles_can_be_named_one_by_one()
    {
        EngineResult result = _engine.Run("Import-LatencyEnvironment -SenderVmLog ./examples/data/zbs/sfsvm-send.log -SenderHostLog ./examples/data/zbs/zbshost-sender.log -Name mine | Get-SegmentBreakdown -Level Span");

        Assert.Equal("mine", EngineResult.Value<string>(result.Output[0], "Environment"));
        Assert.Equal(171.0195, EngineResult.Value<double?>(result.Segment("SenderHostTotal"), "MeanUs")!.Value, 4);
        Assert.Null(EngineResult.Value<double?>(result.Segment("PhysicalNetwork"), "MeanUs"));
        Assert.Contains("receiver host log", EngineResult.Value<string>(result.Segment("PhysicalNetwork"), "Note"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_for_one_role_are_an_error_that_names_the_parameter()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/sfsvm-send.log", "one.log");
        folder.CopyExample("smtx/sfsvm-send.log", "two.log");

        EngineResult result = _engine.Run($"Import-LatencyEnvironment '{folder.Path}'");

        Assert.Equal("RoleAmbiguous", result.Errors[0].FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("-SenderVmLog", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flagged_samples_are_left_out_of_means_unless_imported_with_IncludeFlagged()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x.log", File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx/sfsvm-send.log")).Replace(":  20.839 us", ": -20.839 us", StringComparison.Ordinal));

        PSObject without = _engine.Run($"Import-IcmpRttLog '{path}' | Get-SegmentBreakdown").Segment("A");
        PSObject with = _engine.Run($"Import-IcmpRttLog '{path}' -IncludeFlagged | Get-SegmentBreakdown").Segment("A");

        Assert.Equal(15L, EngineResult.Value<long>(without, "SampleCount"));
        Assert.Equal(1L, EngineResult.Value<long>(without, "ExcludedCount"));
        Assert.Equal(16L, EngineResult.Value<long>(with, "SampleCount"));
        Assert.Equal(-20.839, EngineResult.Value<double?>(with, "MinUs"));
    }
}
