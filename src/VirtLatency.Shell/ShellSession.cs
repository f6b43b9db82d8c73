using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace VirtLatency.Shell;

/// <summary>A runspace of the PowerShell engine with the module loaded, and how texts and files are run in it.</summary>
public sealed partial class ShellSession : IDisposable
{
    /// <summary>Exit code of a run that Ctrl-C ended, as shells have it.</summary>
    public const int InterruptedExitCode = 130;

    private const string SucceededVariable = "VirtLatencyShellSucceeded";

    /// <summary>A script that was not even begun, for its arguments do not fit or it cannot be parsed, ends in 1.</summary>
    private const string ScriptEnd = """
        if (-not $?) {
            if ($LASTEXITCODE) { exit $LASTEXITCODE }
            $unbegun = [System.Management.Automation.ParameterBindingException], [System.Management.Automation.ParseException]
            if ($Error.Count -gt 0 -and $unbegun.Where({ $Error[0].Exception -is $_ })) { exit 1 }
        }
        """;

    private readonly ITerminal _terminal;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private PowerShell? _running;

    /// <summary>Opens a session and imports the module from beside the program.</summary>
    /// <param name="terminal">Where to write to and read from.</param>
    /// <param name="modulePath">The module; null for the one beside the program.</param>
    public ShellSession(ITerminal terminal, string? modulePath = null)
    {
        _terminal = terminal;
        _host = new ShellHost(terminal);
        var state = InitialSessionState.CreateDefault2();
        EverydayCommands.AddTo(state);
        state.ImportPSModule([modulePath ?? Path.Combine(AppContext.BaseDirectory, "Modules", "VirtLatency", "VirtLatency.psd1")]);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction += (_, e) => _missing.Add(e.CommandName);
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    /// <summary>Stops what is running now.</summary>
    public void Interrupt()
    {
        lock (_lock)
        {
            _running?.BeginStop(null, null);
        }
    }

    /// <summary>Runs a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The exit code: an exit statement's, else 1 when the last command failed, else 0.</returns>
    public int RunCommand(string text)
    {
        // The display that follows the text succeeds and would hide whether its last command did: the text itself notes it.
        RunEnd end = Run(shell => shell.AddScript($"{text}\n; $global:{SucceededVariable} = $?", useLocalScope: false));
        if (end != RunEnd.Completed)
        {
            return CodeOf(end);
        }

        return _host.ExitCode ?? (_runspace.SessionStateProxy.GetVariable(SucceededVariable) is false ? 1 : 0);
    }

    /// <summary>Runs a script file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="arguments">Its arguments, as typed: -Name value, -Switch, value.</param>
    /// <returns>The exit code: an exit statement's, 1 when an error ended the script, else 0.</returns>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        // A script file's exit statement fails its call and sets LASTEXITCODE; a native program's code alone is not the script's.
        string text = $"& {Quote(path)} {string.Join(' ', arguments.Select(Argument))}\n{ScriptEnd}";
        RunEnd end = Run(shell => shell.AddScript(text, useLocalScope: false));
        return end == RunEnd.Completed ? _host.ExitCode ?? 0 : CodeOf(end);
    }

    /// <summary>Reads and runs lines until exit or the end of the input.</summary>
    /// <param name="input">The lines.</param>
    /// <returns>The exit code.</returns>
    public int RunInteractive(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string text = string.Empty;
        while (_host.ExitCode is null)
        {
            _host.UI.Write(text.Length == 0 ? $"VL {_runspace.SessionStateProxy.Path.CurrentLocation.Path}> " : ">> ");
            string? line = input.ReadLine();
            if (line is null)
            {
                break;
            }

            text += line + "\n";
            Parser.ParseInput(text, out _, out ParseError[] errors);
            if (errors.Any(error => error.IncompleteInput) && line.Length > 0)
            {
                continue;
            }

            Run(shell => shell.AddScript(text, useLocalScope: false));
            text = string.Empty;
        }

        return _host.ExitCode ?? 0;
    }

    /// <summary>A parameter's name stays as it is, with its value behind a colon; anything else is text.</summary>
    private static string Argument(string argument)
    {
        Match name = ParameterName().Match(argument);
        if (!name.Success)
        {
            return Quote(argument);
        }

        string value = name.Groups["value"].Value;
        bool isSwitchValue = value is "$true" or "$false";
        return name.Groups["name"].Value + (value.Length == 0 ? string.Empty : ":" + (isSwitchValue ? value : Quote(value)));
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex("^(?<name>-[A-Za-z_][A-Za-z0-9_]*)(:(?<value>.+))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ParameterName();

    private static int CodeOf(RunEnd end) => end == RunEnd.Interrupted ? InterruptedExitCode : 1;

    private RunEnd Run(Action<PowerShell> fill)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        fill(shell);
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            lock (_lock)
            {
                _running = shell;
            }

            shell.Invoke();
            return shell.InvocationStateInfo.State == PSInvocationState.Stopped ? RunEnd.Interrupted : RunEnd.Completed;
        }
        catch (PipelineStoppedException)
        {
            return RunEnd.Interrupted;
        }
        catch (RuntimeException e)
        {
            Show(e.ErrorRecord);
            return RunEnd.Failed;
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }

            TellMissing();
        }
    }

    /// <summary>Shows an error that ended the run as the engine shows any error: with its position.</summary>
    private void Show(ErrorRecord error)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        var shown = PSObject.AsPSObject(error);
        shown.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        shell.AddCommand("Out-Default").AddParameter("InputObject", shown).Invoke();
    }

    private void TellMissing()
    {
        foreach (string name in _missing.Where(name => name.Contains('-', StringComparison.Ordinal) && !name.StartsWith("get-", StringComparison.Ordinal) && !name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)))
        {
            _terminal.ErrorOutput.WriteLine($"'{name}' is not in this shell, which has the engine and a few everyday cmdlets only. The full PowerShell: https://github.com/PowerShell/PowerShell");
        }

        _missing.Clear();
    }

    private enum RunEnd
    {
        Completed,
        Failed,
        Interrupted,
    }
}
