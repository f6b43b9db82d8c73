using System.Diagnostics;
using VirtLatency.Shell;

namespace VirtLatency.Tests;

/// <summary>The shell as a program: exit codes, errors, everyday cmdlets, Ctrl-C.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 + 1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("Import-IcmpRttLog ./no-such.log", 1)]
    [InlineData("Import-IcmpRttLog ./no-such.log; 1", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("1 +", 1)]
    [InlineData("No-SuchCommand", 1)]
    public void A_commands_exit_code_is_as_in_pwsh(string text, int expected)
    {
        using var session = new ShellSession(new TextTerminal(80), Engine.Manifest);

        Assert.Equal(expected, session.RunCommand(text));
    }

    [Theory]
    [InlineData("exit 9", 9)]
    [InlineData("exit 0", 0)]
    [InlineData("'done'", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("/bin/sh -c 'exit 5'; 'done'", 0)]
    [InlineData("Import-IcmpRttLog ./no-such.log; 'done'", 0)]
    [InlineData("Import-IcmpRttLog ./no-such.log", 0)]
    [InlineData("if (", 1)]
    public void A_scripts_exit_code_is_as_in_pwsh(string text, int expected)
    {
        using var session = new ShellSession(new TextTerminal(80), Engine.Manifest);

        Assert.Equal(expected, session.RunFile(_folder.Write("s.ps1", text), []));
    }

    [Theory]
    [InlineData("-Tresholt", "1")]
    [InlineData("-Threshold", "abc")]
    public void A_script_whose_arguments_do_not_fit_fails(string name, string value)
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);
        string script = _folder.Write("my-script.ps1", "[CmdletBinding()] param([double] $Threshold) 'ran'");

        Assert.Equal(1, session.RunFile(script, [name, value]));
        Assert.DoesNotContain("is not in this shell", terminal.ErrorOutput.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1..5 | Select-Object -First 1 -Last 2")]
    [InlineData("1..5 | Select-Object -Skip 1 -Last 1")]
    [InlineData("1 | Select-Object @{ n = 'x'; e = { $_ } }")]
    public void What_an_everyday_cmdlet_does_not_know_it_refuses(string text)
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);

        Assert.Equal(1, session.RunCommand(text));
        Assert.Contains("the full one is in pwsh", terminal.ErrorOutput.ToString()!.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_gets_its_arguments_as_typed()
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);
        string script = _folder.Write("s.ps1", "param($Path, [switch]$Detail, $Rest) \"$Path|$Detail|$Rest\"");

        session.RunFile(script, ["-Path", "it's", "-Detail", "-1"]);
        session.RunFile(script, ["a b", "-Detail:$false", "-Rest:c"]);

        Assert.Equal(["it's|True|-1", "a b|False|c"], terminal.Lines[..2]);
    }

    [Fact]
    public void An_error_in_a_script_names_its_position()
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);
        string script = _folder.Write("s.ps1", "'one'\nImport-IcmpRttLog ./no-such.log\n");

        session.RunFile(script, []);

        Assert.Contains($"{script}:2", terminal.ErrorOutput.ToString(), StringComparison.Ordinal);
        Assert.Contains("'./no-such.log' does not exist", terminal.ErrorOutput.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_cmdlet_comes_with_a_hint()
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);

        session.RunCommand("Get-ComputerInfo");

        Assert.Contains("github.com/PowerShell/PowerShell", terminal.ErrorOutput.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1..5 | Select-Object -First 2", "1 2")]
    [InlineData("1..5 | Select-Object -Last 2", "4 5")]
    [InlineData("1..5 | Select-Object -Skip 3", "4 5")]
    [InlineData("3, 1, 2 | Sort-Object -Descending", "3 2 1")]
    [InlineData("'b', 'A', 'c' | Sort-Object", "A b c")]
    [InlineData("(1..4 | Measure-Object -Average -Maximum).Average", "2.5")]
    [InlineData("[pscustomobject]@{ a = 1; b = 2 } | Select-Object -ExpandProperty b", "2")]
    [InlineData("([pscustomobject]@{ a = 1; b = 2 } | Select-Object a).b -eq $null", "True")]
    [InlineData("Join-Path /a b", "/a/b")]
    public void Everyday_cmdlets_do_what_the_official_ones_do(string text, string expected)
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);

        session.RunCommand(text);

        Assert.Equal(expected, string.Join(' ', terminal.Lines).Trim());
        Assert.Equal(string.Empty, terminal.ErrorOutput.ToString());
    }

    [Fact]
    public void The_prompt_takes_texts_of_several_lines_until_exit()
    {
        var terminal = new TextTerminal(80);
        using var session = new ShellSession(terminal, Engine.Manifest);

        int code = session.RunInteractive(new StringReader("if ($true) {\n'inside'\n}\n\n$x = 6\n$x * 7\nexit 4\n'never'\n"));

        Assert.Equal(4, code);
        Assert.Contains("inside", terminal.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("42", terminal.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("never", terminal.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version", 0, "PowerShell engine 7.6.9")]
    [InlineData("--help", 0, "-Command TEXT")]
    [InlineData("no-such.ps1", 64, "does not exist")]
    [InlineData("--bad", 64, "no option")]
    public void The_program_answers_its_options(string argument, int code, string text)
    {
        (int exit, string output) = RunProgram(argument);

        Assert.Equal(code, exit);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_finds_the_module_beside_it()
    {
        (int exit, string output) = RunProgram("-Command", "Get-Command -Module VirtLatency | Measure-Object | Select-Object -ExpandProperty Count");

        Assert.Equal(0, exit);
        Assert.Equal(PolicyTests.Surface.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), output.Trim());
    }

    [Fact]
    public async Task Ctrl_C_ends_a_running_command()
    {
        using Process process = Start("-Command", "'ready'; while ($true) { }");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!)
        {
            await kill.WaitForExitAsync();
        }

        Task exit = process.WaitForExitAsync();
        if (await Task.WhenAny(exit, Task.Delay(TimeSpan.FromSeconds(20))) != exit)
        {
            process.Kill();
            Assert.Fail("the shell went on after Ctrl-C");
        }

        Assert.Equal(ShellSession.InterruptedExitCode, process.ExitCode);
    }

    /// <summary>The library of distributions is the module's largest: who only imports and breaks down does not wait for it.</summary>
    [Fact]
    public void The_library_of_distributions_is_loaded_only_when_it_is_used()
    {
        string text = $"(Import-LatencyEnvironment '{RepositoryFolder.ExampleData}/zbs' | Get-SegmentBreakdown).Count; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object {{ $_.GetName().Name }}";

        (int exitCode, string output) = RunProgram("-Command", text);

        string[] lines = output.Split('\n');
        Assert.Equal((0, "14"), (exitCode, lines[0]));
        Assert.Contains("VirtLatency.Core", lines);
        Assert.DoesNotContain("MathNet.Numerics", lines);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Engine.Manifest)!, "MathNet.Numerics.dll")));
    }

    /// <summary>The shell in a process of its own; errors stand behind the output.</summary>
    internal static (int ExitCode, string Output) RunProgram(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static Process Start(params string[] arguments)
    {
        string program = Path.ChangeExtension(typeof(ShellSession).Assembly.Location, ".dll");
        string shell = Path.Combine(RepositoryFolder.Root, "src", "VirtLatency.Shell", "bin", ConfigurationName, "net10.0", Path.GetFileName(program));
        var start = new ProcessStartInfo("dotnet", [shell, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    private static string ConfigurationName => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)!)!);
}
