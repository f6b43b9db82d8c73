using VirtLatency.Shell;

namespace VirtLatency.Tests;

/// <summary>Every numbered example runs without an error, and README shows what they really print.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "examples"), "*.ps1").Select(path => Path.GetFileName(path)).Where(name => name != NeedsImportExcel).Order(StringComparer.Ordinal)];

    /// <summary>The one that needs more than the module: pwsh and ImportExcel. tests/Pester/Excel.Tests.ps1 runs it where they are.</summary>
    private const string NeedsImportExcel = "08-ExportExcel.ps1";

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_runs(string name)
    {
        (int code, string output, string errors) = Run(name);

        Assert.Equal(0, code);
        Assert.Equal(string.Empty, errors);
        Assert.True(output.Length > 100, output);
    }

    [Fact]
    public void Without_ImportExcel_the_example_says_what_to_install()
    {
        string target = Path.Combine(Path.GetTempPath(), "virtlatency-" + Guid.NewGuid(), "book.xlsx");
        (int code, string output, string errors) = Run(NeedsImportExcel, "-Path", target);

        Assert.Equal(1, code);
        Assert.DoesNotContain("Written:", output, StringComparison.Ordinal);
        string said = string.Join(' ', (output + errors).Split([' ', '\n', '|'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("needs pwsh with the module ImportExcel, and one of them is missing", said, StringComparison.Ordinal);
        Assert.Contains("Install-PSResource ImportExcel -Repository PSGallery", said, StringComparison.Ordinal);
        Assert.Contains("Export-LatencyReport ./report.xlsx", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(target)));
    }

    [Fact]
    public void The_environments_to_compare_are_arguments()
    {
        (int code, string output, _) = Run("01-Investigate.ps1", Path.Combine(RepositoryFolder.ExampleData, "zbs"), "-Difference", Path.Combine(RepositoryFolder.ExampleData, "smtx"));

        Assert.Equal(0, code);
        Assert.Contains("Compared: zbs -> smtx, level Layer", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_shows_real_output()
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "README.md"));
        string real = Run("01-Investigate.ps1").Output + Run("03-SlowStages.ps1").Output + Run("07-Findings.ps1").Output;
        string[] tables = readme.Split("```text\n").Skip(1).Select(part => part.Split("\n```")[0]).Where(part => part.Contains("Ref us", StringComparison.Ordinal) || part.Contains("Evidence:", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, tables.Length);
        Assert.All(tables, table => Assert.Contains(table, real, StringComparison.Ordinal));
    }

    private static (int Code, string Output, string Errors) Run(string name, params string[] arguments)
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);
        int code = session.RunFile(Path.Combine(RepositoryFolder.Root, "examples", name), arguments);
        return (code, string.Join('\n', terminal.Lines), terminal.ErrorOutput.ToString()!);
    }
}
