using System.Reflection;

namespace VirtLatency.Tests;

/// <summary>
/// The staged module in sessions of their own, in which another version of the workbook library is loaded: writers have
/// theirs, the session keeps its own.
/// </summary>
public sealed class LoadContextTests : IDisposable
{
    private const string Another = "2.20.0.0";

    private readonly TemporaryFolder _folder = new();

    private static string OtherLibrary => typeof(LoadContextTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "OtherOpenXml").Value!;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_session_with_another_version_of_a_writers_library_writes_workbooks_and_keeps_its_own(bool isLoadedFirst)
    {
        string target = Path.Combine(_folder.Path, "report.xlsx");
        string load = $"$null = [System.Reflection.Assembly]::LoadFrom('{OtherLibrary}'); $cell = [DocumentFormat.OpenXml.Spreadsheet.Cell]::new();";
        string export = $"Export-LatencyReport '{target}' $smtx $zbs;";
        string script = $"""
            $ErrorActionPreference = 'Stop'
            $smtx, $zbs = Import-LatencyEnvironment '{RepositoryFolder.ExampleData}/smtx', '{RepositoryFolder.ExampleData}/zbs'
            {(isLoadedFirst ? load + export : export + load)}
            $cell.CellValue = [DocumentFormat.OpenXml.Spreadsheet.CellValue]::new('5.10')
            $cell.InnerText
            "session $($cell.GetType().Assembly.GetName().Version)"
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {"{"}
                if ($assembly.GetName().Name -eq 'DocumentFormat.OpenXml') {"{"}
                    "$([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name) $($assembly.GetName().Version)"
                {"}"}
            {"}"}
            """;

        (int exitCode, string output) = ShellTests.RunProgram(_folder.Write("session.ps1", script));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(exitCode == 0, output);
        Assert.Equal(["5.10", "session " + Another], lines[..2]);
        Assert.Equal(["Default " + Another, "VirtLatency.Reporting 3.3.0.0"], lines[2..].Order(StringComparer.Ordinal));
        using FileStream file = File.OpenRead(target);
        using var archive = new System.IO.Compression.ZipArchive(file);
        Assert.Contains(archive.Entries, entry => entry.FullName == "xl/workbook.xml" && entry.Length > 0);
    }
}
