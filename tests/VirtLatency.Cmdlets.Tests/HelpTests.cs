using System.Management.Automation;

namespace VirtLatency.Tests;

/// <summary>Help and code say the same, both ways, and every example of every page runs.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Engine _engine = new();

    public static TheoryData<string> Commands => PolicyTests.Commands;

    public static TheoryData<string, int, string> Examples
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (string page in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "docs", "cmdlets"), "*.md").Order(StringComparer.Ordinal))
            {
                int number = 0;
                foreach (string code in CodeBlocks(File.ReadAllText(page)))
                {
                    data.Add(Path.GetFileNameWithoutExtension(page), ++number, code);
                }
            }

            return data;
        }
    }

    public static TheoryData<string, int, string, string> ShownOutputs
    {
        get
        {
            var data = new TheoryData<string, int, string, string>();
            foreach (string page in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "docs", "cmdlets"), "*.md").Order(StringComparer.Ordinal))
            {
                int number = 0;
                foreach (string example in File.ReadAllText(page).Split("\n### Example ").Skip(1).Where(part => part.Contains("```text\n", StringComparison.Ordinal)))
                {
                    string shown = example.Split("```text\n")[1].Split("\n```")[0].Trim('\n');
                    data.Add(Path.GetFileNameWithoutExtension(page), ++number, CodeBlocks(example).Single(), shown);
                }
            }

            return data;
        }
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Every_page_belongs_to_a_cmdlet() => Assert.Equal(
        PolicyTests.Surface,
        Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "docs", "cmdlets"), "*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_is_complete_and_true(string name)
    {
        PSObject help = _engine.Run($"Get-Help {name} -Full").Output[0];
        var command = (CmdletInfo)_engine.Run($"Get-Command {name}").Output[0].BaseObject;
        string[] own = command.Parameters.Keys.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter) && !Cmdlet.OptionalCommonParameters.Contains(parameter)).Order(StringComparer.Ordinal).ToArray();
        PSObject[] documented = Items(help, "parameters", "parameter");

        Assert.Equal(own, documented.Select(parameter => Text(parameter, "name")).Order(StringComparer.Ordinal));
        Assert.All(documented, parameter => Assert.True(Description(parameter).Length > 15, $"{name} -{Text(parameter, "name")} has no text"));
        Assert.True(Text(help, "Synopsis").Length > 20);
        Assert.True(Description(help).Length > 100);
        Assert.True(Items(help, "examples", "example").Length >= 2);
        string[] outputs = Items(help, "returnValues", "returnValue").Select(output => Text((PSObject)output.Properties["type"].Value, "name").Trim()).ToArray();
        Assert.Superset(command.OutputType.Select(output => output.Name).ToHashSet(StringComparer.Ordinal), outputs.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Each output type's page section names each of its properties.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_names_every_property_of_its_output(string name)
    {
        var command = (CmdletInfo)_engine.Run($"Get-Command {name}").Output[0].BaseObject;
        string page = PageOf(name);

        foreach (System.Reflection.PropertyInfo property in command.OutputType.Where(output => output.Type != typeof(FileInfo)).SelectMany(output => output.Type.GetProperties()))
        {
            Assert.Contains($"\n- {property.Name}: ", page, StringComparison.Ordinal);
        }
    }

    /// <summary>EnvironmentLog is no output type, but what people look into.</summary>
    [Fact]
    public void Help_names_every_property_of_a_log()
    {
        string page = PageOf("Import-LatencyEnvironment").Split("### VirtLatency.Model.EnvironmentLog\n")[1];

        Type environment = ((CmdletInfo)_engine.Run("Get-Command Import-LatencyEnvironment").Output[0].BaseObject).OutputType[0].Type;
        Type log = environment.Assembly.GetType("VirtLatency.Model.EnvironmentLog", throwOnError: true)!;

        Assert.All(log.GetProperties(), property => Assert.Contains($"\n- {property.Name}: ", page, StringComparison.Ordinal));
    }

    /// <summary>The importers of single logs share these parameters, and so their texts.</summary>
    [Theory]
    [InlineData("LiteralPath")]
    [InlineData("Environment")]
    [InlineData("Wait")]
    [InlineData("MaxExpandedBytes")]
    public void Importers_say_the_same_of_a_shared_parameter(string parameter)
    {
        string[] texts = [.. Importers.Select(name => PageOf(name).Split($"\n### -{parameter}\n\n")[1].Split("\n\n")[0])];

        Assert.True(texts.Length >= 6);
        Assert.Single(texts.Distinct(StringComparer.Ordinal));
    }

    /// <summary>Each file-reading error of the importers of single logs has its line.</summary>
    [Fact]
    public void Importers_name_every_error_of_a_file()
    {
        string[] errors =
        [
            "PathNotFound", "PathNotFileSystem", "PathIsDirectory", "PathAccessDenied", "LogEmpty", "LogBinary", "LogWrongTool", "LogWithoutRecord",
            "LogLineMalformed", "LogCompressionDamaged", "LogExpandsTooFar", "LogNotFollowable", "LogUnreadable", "WaitNeedsOneFile",
        ];

        Assert.All(Importers, name => Assert.Equal(errors.Order(StringComparer.Ordinal), ErrorsOn(PageOf(name)).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_runs_and_writes_something(string name, int number, string code)
    {
        EngineResult result = _engine.Run(code);

        Assert.True(result.Terminating is null && result.Errors.Count == 0, $"{name}, example {number}: {result.Terminating ?? (result.Errors.Count == 0 ? null : result.Errors[0])}");
        Assert.NotEmpty(result.Output);
    }

    /// <summary>The output that a page shows is the output of today, at 80 columns; the repository's place is made neutral.</summary>
    [Theory]
    [MemberData(nameof(ShownOutputs))]
    public void Every_shown_output_is_real(string name, int number, string code, string shown)
    {
        var terminal = new TextTerminal(80);
        using var session = new Shell.ShellSession(terminal, Engine.Manifest);
        session.RunCommand($"$null = $ExecutionContext.SessionState.Path.SetLocation('{RepositoryFolder.Root}')\n{code}");
        string real = string.Join('\n', terminal.Lines.Select(line => line.TrimEnd())).Trim('\n').Replace(RepositoryFolder.Root, "/home/ops/VirtLatency", StringComparison.Ordinal);

        Assert.True(number > 0, name);
        Assert.Equal(shown, real);
    }

    private static IEnumerable<string> Importers => PolicyTests.Surface.Where(name => name!.StartsWith("Import-", StringComparison.Ordinal) && name.EndsWith("Log", StringComparison.Ordinal))!;

    private static string PageOf(string name) => File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "cmdlets", name + ".md"));

    private static IEnumerable<string> ErrorsOn(string page) =>
        page.Split("\n## Errors\n")[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("- `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

    private static IEnumerable<string> CodeBlocks(string page)
    {
        const string Fence = "```powershell\n";
        for (int at = page.IndexOf(Fence, StringComparison.Ordinal); at >= 0; at = page.IndexOf(Fence, at + 1, StringComparison.Ordinal))
        {
            int start = at + Fence.Length;
            yield return page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)];
        }
    }

    private static PSObject[] Items(PSObject parent, string list, string item)
    {
        object? found = (parent.Properties[list]?.Value as PSObject)?.Properties[item]?.Value;
        object? bare = found is PSObject wrapped ? wrapped.BaseObject : found;
        return bare is object[] many ? [.. many.Select(PSObject.AsPSObject)] : found is null ? [] : [PSObject.AsPSObject(found)];
    }

    private static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;

    private static string Description(PSObject item)
    {
        object? value = item.Properties["description"]?.Value;
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare is object[] paragraphs ? string.Join('\n', paragraphs.Select(paragraph => Text(PSObject.AsPSObject(paragraph), "Text"))) : bare?.ToString() ?? string.Empty;
    }
}
