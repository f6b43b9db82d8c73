using System.Management.Automation;

namespace VirtLatency.Tests;

/// <summary>Manifests as PowerShell data files: values are taken, nothing is run.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;

    public ManifestTests() => _engine.Set("folder", _folder);

    private string Manifest => Path.Combine(_folder, "environment.psd1");

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Pings of 400, 402, 404 and 406 us without tools, each 100 us longer beside them: by manifest and by parameters the same.</summary>
    [Fact]
    public void A_ping_without_tools_tells_what_they_cost()
    {
        foreach ((string name, int us) in new[] { ("traced.log", 500), ("bare.log", 400) })
        {
            string answers = string.Concat(Enumerable.Range(0, 4).Select(index => FormattableString.Invariant($"64 bytes from 10.0.0.2: icmp_seq={index + 1} ttl=64 time=0.{us + (2 * index)} ms\n")));
            File.WriteAllText(Path.Combine(_folder, name), "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n" + answers);
        }

        File.WriteAllText(Manifest, "@{ Logs = @{ SenderPing = 'traced.log'; SenderPingWithoutTools = 'bare.log' } }");
        EngineResult result = _engine.Run("""
            $environments = (Import-LatencyEnvironment $folder), (Import-LatencyEnvironment -SenderPingLog $folder/traced.log -SenderPingWithoutToolsLog $folder/bare.log)
            $environments | Get-LatencyClosure | Where-Object Check -EQ 'PingRtt with and without tools'
            $environments | Get-LatencyFinding | Where-Object Rule -EQ Instrumentation
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(4, result.Output.Count);
        Assert.All(result.Output.Take(2), check =>
        {
            Assert.Equal((false, 503.0, -100.0), (EngineResult.Value<bool?>(check, "Passed"), EngineResult.Value<double?>(check, "ActualUs"), EngineResult.Value<double?>(check, "ResidualUs")));
            Assert.StartsWith("Beside the tools +100.0 us [+", EngineResult.Value<string>(check, "Meaning"), StringComparison.Ordinal);
        });
        Assert.All(result.Output.Skip(2), finding => Assert.EndsWith("the tools make the round trip 100.0 us longer", EngineResult.Value<string>(finding, "Finding"), StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_of_a_data_file_are_read()
    {
        string data = RepositoryFolder.ExampleData;
        File.WriteAllText(Manifest, $$"""
            # measured in January
            <# by hand #>
            @{
                Name = "ZBS"
                Note = 'C6 on'
                Runs = @(
                    @{ Name = 'monday'; Logs = @{ SenderVm = '{{data}}/zbs/sfsvm-send.log'; 'ReceiverVm' = "{{data}}/zbs/sfsvm-recv.log" } }
                    @{ Name = 2
                       Logs = @{ sendervm = '{{data}}/smtx/sfsvm-send.log' } }
                )
            }
            """);

        EngineResult result = _engine.Run("$e = Import-LatencyEnvironment $folder -Verbose; $e; $e.Logs");

        Assert.Empty(result.Errors);
        Assert.Equal("ZBS", EngineResult.Value<string>(result.Output[0], "Name"));
        Assert.Equal(2, EngineResult.Value<int>(result.Output[0], "RunCount"));
        Assert.Equal(["monday", "2", "monday"], result.Output.Skip(1).Select(log => log.Properties["Run"].Value));
        Assert.Equal("named by environment.psd1:7", EngineResult.Value<string>(result.Output[1], "Reason"));
        Assert.Contains(result.Verbose, message => message.Contains("environment.psd1 says what to read", StringComparison.Ordinal));
        File.Move(Manifest, Path.Combine(_folder, "january.psd1"));
        Assert.Equal(["mine"], _engine.Run("Import-LatencyEnvironment $folder/january.psd1 -Name mine").Values("Name"));
    }

    [Theory]
    [InlineData("@{ Logs = @{ SenderVm = Get-Date } }", 1, "'Get-Date' is no plain value")]
    [InlineData("@{\nLogs = @{ SenderVm = $(New-Item $folder/ran) } }", 2, "is no plain value")]
    [InlineData("@{\nLogs = @{ SenderVm = \"$(New-Item $folder/ran)\" } }", 2, "is no plain value")]
    [InlineData("@{ Logs = @{ SenderVm = $env:HOME } }", 1, "'$env:HOME' is no plain value")]
    [InlineData("@{ Logs = @{ (New-Item $folder/ran) = 'a' } }", 1, "is no plain value")]
    [InlineData("@{ Logs = @{ SenderVm = 'a' | New-Item } }", 1, "is no plain value")]
    [InlineData("@{ Logs = @{ SenderVm = 'a' > x } }", 1, "is no plain value")]
    [InlineData("@{ Logs = @{ SenderVm = { New-Item $folder/ran } } }", 1, "is no plain value")]
    [InlineData("@{ Logs = @{ SenderVm = [IO.File]::Create('x') } }", 1, "is no plain value")]
    [InlineData("@{ Logs = @{ SenderVm = 'a' } }\nNew-Item $folder/ran", 1, "nothing beside it")]
    [InlineData("@{ Logs = @{ SenderVm = 'a' } } | New-Item", 1, "is no plain value")]
    [InlineData("trap { }\n@{ Logs = @{ SenderVm = 'a' } }", 1, "a manifest begins with @{")]
    [InlineData("# why\nusing module ./evil.psm1\n@{ }", 2, "a manifest begins with @{")]
    [InlineData("New-Item $folder/ran", 1, "a manifest begins with @{")]
    [InlineData("@{\nLogs = @{ SenderVm = Configuration x { Import-DscResource -ModuleName Evil } } }", 2, "the word 'configuration'")]
    [InlineData("", 1, "it is empty")]
    [InlineData("# nothing", 1, "a manifest begins with @{")]
    [InlineData("@{ Logs = @{ SenderVm = 'a'", 1, "")]
    [InlineData("@{ Logs = @{ SenderVm = 'a'\nSenderVm = 'b' } }", 2, "SenderVm")]
    [InlineData("@{\nLogs = @{\nSenderFoo = 'a' } }", 3, "'SenderFoo' is none of the keys SenderVm")]
    [InlineData("@{\nRuns = 'a' }", 2, "'Runs' is a list")]
    public void What_is_no_plain_manifest_is_named_by_line_and_never_run(string text, int line, string message)
    {
        File.WriteAllText(Manifest, text);

        ErrorRecord error = Assert.Single(_engine.Run("Import-LatencyEnvironment $folder").Errors);

        Assert.Equal("ManifestInvalid", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(FormattableString.Invariant($"{Manifest}:{line}"), error.TargetObject);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal([Manifest], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>A hundred thousand open brackets would end the process in the engine's parser.</summary>
    [Theory]
    [InlineData("@(")]
    [InlineData("@{a=")]
    [InlineData("[")]
    public void Brackets_without_end_are_refused(string bracket)
    {
        File.WriteAllText(Manifest, "@{ Logs = " + string.Concat(Enumerable.Repeat(bracket, 100_000)));

        ErrorRecord error = Assert.Single(_engine.Run("Import-LatencyEnvironment $folder").Errors);

        Assert.Contains("nested too deep", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_names_the_manifests_line()
    {
        File.WriteAllText(Manifest, $"@{{ Logs = @{{\nSenderVm = '{RepositoryFolder.ExampleData}/zbs/sfsvm-send.log'\nReceiverVm = 'gone.log' }} }}");

        EngineResult result = _engine.Run("Import-LatencyEnvironment $folder");

        Assert.Single(result.Output);
        Assert.Equal("ManifestFileNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal($"{Manifest}:3", result.Errors[0].TargetObject);
    }

    [Fact]
    public void Two_manifests_and_roles_beside_a_manifest_are_refused()
    {
        File.WriteAllText(Manifest, $"@{{ Logs = @{{ SenderVm = '{RepositoryFolder.ExampleData}/zbs/sfsvm-send.log' }} }}");
        ErrorRecord roles = Assert.Single(_engine.Run("Import-LatencyEnvironment $folder -SenderVmLog ./examples/data/zbs/sfsvm-send.log").Errors);
        Assert.Equal("RolesNamedTwice", roles.FullyQualifiedErrorId.Split(',')[0]);

        File.WriteAllText(Path.Combine(_folder, "environment.json"), "{}");
        ErrorRecord both = Assert.Single(_engine.Run("Import-LatencyEnvironment $folder").Errors);
        Assert.Equal("ManifestInvalid", both.FullyQualifiedErrorId.Split(',')[0]);
    }
}
