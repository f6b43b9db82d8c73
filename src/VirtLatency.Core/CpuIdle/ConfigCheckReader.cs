using System.Globalization;
using System.Text.RegularExpressions;
using VirtLatency.Parsing;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Reads the output of vhost_sched_config_check.sh. Its section 5 shows the states of cpu0 as
/// <c>  state3: name=C6, latency=290us, disabled=0</c>, N/A for what could not be read, and the command line's parameters that
/// hold one of a few words; section 9 shows those about isolation. A script that was stopped early gives what it printed.
/// </summary>
public sealed partial class ConfigCheckReader
{
    private const string StatesHeading = "=== 5. CPU C-state Configuration ===";
    private const string IsolationHeading = "=== 9. CPU Isolation ===";

    private readonly List<IdleState> _states = [];
    private readonly List<string> _parameters = [];
    private readonly List<ParseIssue> _issues = [];
    private string? _hostName;
    private string? _kernel;
    private string? _section;
    private bool _isInParameters;
    private bool _hasStates;
    private bool _hasParameters;
    private int _parsed;
    private int _noise;

    /// <summary>Reads a file, plain or compressed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="LogFileException">It is no output of the script, or the script ended before it came to the idle states.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static ConfigCheck Read(string path)
    {
        using Stream stream = LogStream.Open(path, new LogReadOptions());
        using var text = new StreamReader(stream);
        var reader = new ConfigCheckReader();
        int line = 0;
        while (text.ReadLine() is { } content)
        {
            reader.Take(VisibleText.Line(content.TrimEnd('\r')), ++line);
        }

        if (line == 0)
        {
            throw new LogFileException(LogFileProblem.Empty, $"'{path}' is empty.");
        }

        return reader._hasStates
            ? reader.Result(Path.GetFileName(path))
            : throw new LogFileException(LogFileProblem.WrongTool, $"'{path}' has no line '{StatesHeading}', so it is no output of vhost_sched_config_check.sh, or it ends before that section. Keep the script's whole output.");
    }

    private ConfigCheck Result(string fileName) => new(
        new CpuIdleSnapshot
        {
            HostName = _hostName ?? fileName,
            KernelRelease = _kernel,
            CommandLine = _hasParameters ? string.Join(' ', _parameters.Distinct(StringComparer.Ordinal)) : null,

            // The shell lists state10 before state2.
            Cpus = [new IdleCpu(0, IsOnline: true, [.. _states.OrderBy(state => state.Index)], ResumeLatencyLimit: null)],
            IsOneCpuOnly = true,
        },
        _parsed,
        _noise,
        _issues);

    private void Take(string line, int number)
    {
        if (line.StartsWith("=== ", StringComparison.Ordinal))
        {
            _section = line.Trim();
            _isInParameters = false;
            _hasStates |= _section == StatesHeading;
            _noise++;
        }
        else if (_section is null)
        {
            Count(IsHeader(line));
        }
        else if (_section is StatesHeading or IsolationHeading)
        {
            TakeIdleLine(line, number);
        }
        else
        {
            _noise++;
        }
    }

    private bool IsHeader(string line)
    {
        _hostName ??= Behind(line, "Hostname: ");
        _kernel ??= Behind(line, "Kernel: ");
        return line.StartsWith("Hostname: ", StringComparison.Ordinal) || line.StartsWith("Kernel: ", StringComparison.Ordinal);
    }

    private void TakeIdleLine(string line, int number)
    {
        if (line.Length == 0)
        {
            _isInParameters = false;
            _noise++;
        }
        else if (line.StartsWith("Kernel cmdline ", StringComparison.Ordinal))
        {
            _isInParameters = true;
            _hasParameters = true;
            _noise++;
        }
        else if (_isInParameters)
        {
            bool isParameter = !line.StartsWith("No ", StringComparison.Ordinal) && !line.StartsWith("cat: ", StringComparison.Ordinal);
            if (isParameter)
            {
                _parameters.Add(line.Trim());
            }

            Count(isParameter);
        }
        else if (line.TrimStart().StartsWith("state", StringComparison.Ordinal))
        {
            TakeState(line, number);
        }
        else
        {
            _noise++;
        }
    }

    private void TakeState(string line, int number)
    {
        Match match = StateLine().Match(line);
        if (!match.Success)
        {
            _issues.Add(new ParseIssue(number, $"'{line.Trim()}' is no line of a state, such as 'state3: name=C6, latency=290us, disabled=0'"));
            return;
        }

        int index = int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture);
        string name = match.Groups["name"].Value;
        _states.Add(new IdleState(
            index,
            name == "N/A" ? IdleState.NameOf(index) : name,
            Description: null,
            NumberOf(match.Groups["latency"].Value),
            TargetResidencyUs: null,
            IdleState.FlagOf(match.Groups["disabled"].Value),
            IsDefaultDisabled: null,
            UsageCount: null,
            TimeUs: null,
            AboveCount: null,
            BelowCount: null,
            RejectedCount: null));
        _parsed++;
    }

    private void Count(bool isParsed)
    {
        _parsed += isParsed ? 1 : 0;
        _noise += isParsed ? 0 : 1;
    }

    private static long? NumberOf(string text) => text == "N/A" ? null : long.Parse(text, CultureInfo.InvariantCulture);

    private static string? Behind(string line, string label) =>
        line.StartsWith(label, StringComparison.Ordinal) && line[label.Length..].Trim() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^\s*state(?<index>[0-9]{1,4}): name=(?<name>.+), latency=(?<latency>[0-9]{1,12}|N/A)us, disabled=(?<disabled>[0-9]{1,4}|N/A)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StateLine();
}
