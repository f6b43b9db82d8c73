using System.Management.Automation;
using System.Runtime.Loader;

namespace VirtLatency.Tests;

/// <summary>Export-LatencyReport as a user meets it: paths, refusals by id, and files that are whole or not there.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private const string Read = "$smtx, $zbs, $after = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs, ./examples/data/zbs-c6off; ";

    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;

    public ReportCommandTests()
    {
        _engine.Set("file", Target);
        _engine.Set("folder", _folder);
    }

    private string Target => Path.Combine(_folder, "report.md");

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_report_is_written_with_all_that_was_given()
    {
        EngineResult result = _engine.Run(Read + "Export-LatencyReport $file $smtx $zbs -After $after -CStateConfig (Get-CStateConfig -SysRoot ./examples/hosts/hv-07, ./examples/hosts/hv-08) -Title 'Ticket | 1' -Language en");
        string text = File.ReadAllText(Target);

        Assert.Null(ErrorOf(result));
        Assert.Empty(result.Output);
        Assert.StartsWith("# Ticket \\| 1\n", text, StringComparison.Ordinal);
        Assert.Contains("## Effect of the change", text, StringComparison.Ordinal);
        Assert.Contains("| hv-08 (", text, StringComparison.Ordinal);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void PassThru_hands_on_the_file()
    {
        EngineResult result = _engine.Run(Read + "Export-LatencyReport $file -Reference $smtx -Difference $zbs -Language zh-CN -PassThru");

        Assert.Equal(Target, Assert.IsType<FileInfo>(Assert.Single(result.Output).BaseObject).FullName);
        Assert.StartsWith("# \u5ef6\u8fdf", File.ReadAllText(Target), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_the_shells_own_and_literal()
    {
        EngineResult result = _engine.Run(Read + "$ExecutionContext.SessionState.Path.SetLocation($folder) | Out-Null; Export-LatencyReport './[a] b.md' $smtx $zbs");

        Assert.Null(ErrorOf(result));
        Assert.True(File.Exists(Path.Combine(_folder, "[a] b.md")));
    }

    [Theory]
    [InlineData("Export-LatencyReport $folder/no/report.md $smtx $zbs", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Export-LatencyReport $folder $smtx $zbs", "PathIsDirectory", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LatencyReport Env:/report.md $smtx $zbs", "PathNotFileSystem", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LatencyReport $folder/report.pdf $smtx $zbs", "ReportFormatUnknown", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LatencyReport $folder/report $smtx $zbs", "ReportFormatUnknown", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LatencyReport /sys/kernel/report.md $smtx $zbs", "PathAccessDenied", ErrorCategory.PermissionDenied)]
    [InlineData("Export-LatencyReport $file $smtx, $zbs $zbs", "SeveralReferences", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LatencyReport $file $smtx $zbs, $after", "SeveralDifferences", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LatencyReport $file $smtx 42", "InputNotLatencyData", ErrorCategory.InvalidType)]
    [InlineData("Export-LatencyReport $file $smtx (Get-SegmentBreakdown $zbs)[0]", "InputNotLatencyData", ErrorCategory.InvalidType)]
    [InlineData("$d = [pscustomobject]@{ Name = 'x' }; $d.PSTypeNames.Insert(0, 'Deserialized.VirtLatency.Model.LatencyEnvironment'); Export-LatencyReport $file $smtx $d", "EnvironmentDeserialized", ErrorCategory.InvalidData)]
    [InlineData("$vm = Import-LatencyEnvironment -SenderVmLog ./examples/data/smtx/sfsvm-send.log -Name vm; Export-LatencyReport $file $vm $after", "NoCommonLevel", ErrorCategory.InvalidData)]
    public void What_cannot_be_written_has_an_id_and_leaves_no_file(string script, string id, ErrorCategory category)
    {
        EngineResult result = _engine.Run(Read + script);

        ErrorRecord error = ErrorOf(result)!;
        Assert.Equal(id + ",VirtLatency.Commands.ExportLatencyReportCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotNull(error.TargetObject);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void An_existing_file_stays_without_Force()
    {
        File.WriteAllText(Target, "mine");

        Assert.Equal("FileExists,VirtLatency.Commands.ExportLatencyReportCommand", ErrorOf(_engine.Run(Read + "Export-LatencyReport $file $smtx $zbs"))?.FullyQualifiedErrorId);
        Assert.Equal("mine", File.ReadAllText(Target));
        Assert.Null(ErrorOf(_engine.Run(Read + "Export-LatencyReport $file $smtx $zbs -Force")));
        Assert.StartsWith("# ", File.ReadAllText(Target), StringComparison.Ordinal);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void WhatIf_writes_no_byte()
    {
        EngineResult result = _engine.Run(Read + "Export-LatencyReport $file $smtx $zbs -PassThru -WhatIf");

        Assert.Null(ErrorOf(result));
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Writers_live_in_a_context_of_their_own_and_share_the_one_Core()
    {
        _engine.Run(Read + "Export-LatencyReport $file $smtx $zbs");
        AssemblyLoadContext writers = Assert.Single(AssemblyLoadContext.All, context => context.Name == "VirtLatency.Reporting");

        Assert.Contains(writers.Assemblies, assembly => assembly.GetName().Name == "VirtLatency.Reporting");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == "VirtLatency.Reporting");
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "VirtLatency.Core");
    }

    /// <summary>Roles that no log fills are named in the report; what was measured is there.</summary>
    [Fact]
    public void Missing_roles_are_said_in_the_report()
    {
        EngineResult result = _engine.Run("$a, $b = 'smtx', 'zbs' | ForEach-Object { Import-LatencyEnvironment -SenderVmLog \"./examples/data/$_/sfsvm-send.log\" -Name $_ }; Export-LatencyReport $file $a $b -Language en");
        string text = File.ReadAllText(Target);

        Assert.Null(ErrorOf(result));
        Assert.Contains("  - Not measured: receiver VM, sender host, receiver host,", text, StringComparison.Ordinal);
        Assert.Contains("| VmInternal (", text, StringComparison.Ordinal);
        Assert.Contains("373.9 us longer in zbs than in smtx", text, StringComparison.Ordinal);
    }

    private static ErrorRecord? ErrorOf(EngineResult result) => result.Terminating ?? (result.Errors.Count == 0 ? null : result.Errors[0]);
}
