using System.Management.Automation;

namespace VirtLatency.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;

    public ExportTests()
    {
        _engine.Set("file", Target);
        _engine.Set("folder", _folder);
    }

    private string Target => Path.Combine(_folder, "base.vlenv");

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Environments_come_back_under_their_names_or_new_ones()
    {
        EngineResult written = _engine.Run("Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs | Export-LatencyEnvironment $file");

        Assert.Empty(written.Errors);
        Assert.Empty(written.Output);
        Assert.Equal(["smtx", "zbs"], _engine.Run("Import-LatencyEnvironment $file").Values("Name"));
        Assert.Equal(["a", "b", "c"], _engine.Run("Import-LatencyEnvironment $file, ./examples/data/zbs -Name a, b, c").Values("Name"));
        Assert.Equal("NameCountDiffers", IdOf("Import-LatencyEnvironment $file -Name a"));
        Assert.Equal("RolesNamedTwice", IdOf("Import-LatencyEnvironment $file -SenderVmLog ./examples/data/smtx/sfsvm-send.log"));
    }

    [Theory]
    [InlineData("Segment")]
    [InlineData("Stage")]
    [InlineData("Span")]
    [InlineData("Layer")]
    [InlineData("Container")]
    public void Every_property_of_every_row_comes_back(string level)
    {
        string rows = $"Get-SegmentBreakdown -Level {level}";
        IReadOnlyList<PSObject> logs = _engine.Run($"Import-LatencyEnvironment ./examples/data/zbs | {rows}").Output;
        IReadOnlyList<PSObject> file = _engine.Run($"Import-LatencyEnvironment ./examples/data/zbs | Export-LatencyEnvironment $file; Import-LatencyEnvironment $file | {rows}").Output;

        Assert.NotEmpty(logs);
        Assert.Equal(
            logs.Select(row => string.Join('|', row.Properties.Select(property => property.Value))),
            file.Select(row => string.Join('|', row.Properties.Select(property => property.Value))));
    }

    [Fact]
    public void PassThru_hands_on_the_environments_after_writing()
    {
        EngineResult result = _engine.Run("$zbs = Import-LatencyEnvironment ./examples/data/zbs; $back = Export-LatencyEnvironment $file $zbs -PassThru; [object]::ReferenceEquals($zbs, $back)");

        Assert.Equal(true, Assert.Single(result.Output).BaseObject);
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public void WhatIf_writes_no_byte_and_hands_nothing_on()
    {
        EngineResult result = _engine.Run("Import-LatencyEnvironment ./examples/data/zbs | Export-LatencyEnvironment $file -PassThru -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void An_existing_file_needs_Force_and_is_said_before_reading()
    {
        File.WriteAllText(Target, "mine");

        EngineResult refused = _engine.Run("$read = 0; Import-LatencyEnvironment ./examples/data/zbs | ForEach-Object { $read++; $_ } | Export-LatencyEnvironment $file");
        Assert.Equal("FileExists", refused.Errors[0].FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.ResourceExists, refused.Errors[0].CategoryInfo.Category);
        Assert.Equal(0, _engine.Run("$read").Output[0].BaseObject);
        Assert.Equal("mine", File.ReadAllText(Target));

        Assert.Empty(_engine.Run("Import-LatencyEnvironment ./examples/data/zbs | Export-LatencyEnvironment $file -Force").Errors);
        Assert.Equal(["zbs"], _engine.Run("Import-LatencyEnvironment $file").Values("Name"));
    }

    [Theory]
    [InlineData("Export-LatencyEnvironment $folder (Import-LatencyEnvironment ./examples/data/zbs)", "PathIsDirectory")]
    [InlineData("Export-LatencyEnvironment $folder/no/base.vlenv (Import-LatencyEnvironment ./examples/data/zbs)", "PathNotFound")]
    [InlineData("Export-LatencyEnvironment Env:/x (Import-LatencyEnvironment ./examples/data/zbs)", "PathNotFileSystem")]
    [InlineData("Export-LatencyEnvironment nodrive:/x (Import-LatencyEnvironment ./examples/data/zbs)", "PathNotFound")]
    [InlineData("(Import-LatencyEnvironment ./examples/data/zbs), 42 | Export-LatencyEnvironment $file", "InputNotLatencyData")]
    [InlineData("$d = [pscustomobject]@{ Name = 'x' }; $d.PSTypeNames.Insert(0, 'Deserialized.VirtLatency.Model.LatencyEnvironment'); $d | Export-LatencyEnvironment $file", "EnvironmentDeserialized")]
    [InlineData("@() | Export-LatencyEnvironment $file", "NothingToExport")]
    public void What_cannot_be_written_has_an_id_and_leaves_no_file(string script, string id)
    {
        Assert.Equal(id, IdOf(script));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void What_lost_its_samples_is_told_how_to_keep_them()
    {
        EngineResult result = _engine.Run("$d = [pscustomobject]@{ Name = 'x' }; $d.PSTypeNames.Insert(0, 'Deserialized.VirtLatency.Model.LatencyEnvironment'); Get-SegmentBreakdown $d");

        Assert.Contains("use Export-LatencyEnvironment, and Import-LatencyEnvironment to read it back", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_no_whole_export_have_ids_and_the_rest_is_read()
    {
        _engine.Run("Import-LatencyEnvironment ./examples/data/zbs | Export-LatencyEnvironment $file");
        byte[] whole = File.ReadAllBytes(Target);
        File.WriteAllBytes(Target, whole[..^10]);
        File.WriteAllText(Path.Combine(_folder, "text.vlenv"), "no archive");
        File.WriteAllBytes(Path.Combine(_folder, "empty.vlenv"), []);
        File.WriteAllBytes(Path.Combine(_folder, "no.zip"), [0x50, 0x4b, 0x05, 0x06, .. new byte[18]]);

        EngineResult result = _engine.Run("Import-LatencyEnvironment $file, $folder/text.vlenv, $folder/empty.vlenv, $folder/no.zip, ./README.md, ./examples/data/zbs -Name a, b, c, d, e, f");

        Assert.Equal(
            ["EnvironmentFileDamaged", "EnvironmentFileDamaged", "EnvironmentFileDamaged", "EnvironmentFileForeign", "PathNotDirectory"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["f"], result.Values("Name"));
        Assert.Equal(Target, result.Errors[0].TargetObject);
    }

    /// <summary>smtx has 16 samples; sequence 1 of each log but kvm's is marked First.</summary>
    [Fact]
    public void Decisions_are_made_anew_or_a_warning_says_that_they_cannot()
    {
        _engine.Run("Import-LatencyEnvironment ./examples/data/smtx -MaxSampleCount 5 | Export-LatencyEnvironment $folder/few.vlenv");
        _engine.Run("Import-LatencyEnvironment ./examples/data/smtx | Export-LatencyEnvironment $file");

        EngineResult whole = _engine.Run("(Import-LatencyEnvironment $file -ExcludeFirst).Logs[0]");
        Assert.Equal(1L, EngineResult.Value<long>(whole.Output[0], "ExcludedCount"));
        Assert.Empty(whole.Warnings);
        EngineResult few = _engine.Run("(Import-LatencyEnvironment $folder/few.vlenv -ExcludeFirst).Logs[0]");
        Assert.Equal(0L, EngineResult.Value<long>(few.Output[0], "ExcludedCount"));
        Assert.Contains("5 of 16 samples", few.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_goes_with_its_environment()
    {
        File.WriteAllText(Path.Combine(_folder, "environment.psd1"), $"@{{ Name = 'ZBS'; Note = 'C6 on'; Logs = @{{ SenderVm = '{RepositoryFolder.ExampleData}/zbs/sfsvm-send.log' }} }}");

        EngineResult result = _engine.Run("Import-LatencyEnvironment $folder | Export-LatencyEnvironment $file; Import-LatencyEnvironment $file");

        Assert.Equal(["ZBS"], result.Values("Name"));
        Assert.Equal(["C6 on"], result.Values("Note"));
    }

    private string IdOf(string script)
    {
        EngineResult result = _engine.Run(script);
        ErrorRecord error = result.Terminating ?? result.Errors[0];
        Assert.NotNull(error.TargetObject);
        return error.FullyQualifiedErrorId.Split(',')[0];
    }
}
