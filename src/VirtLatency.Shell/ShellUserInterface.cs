using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace VirtLatency.Shell;

/// <summary>Writes the engine's streams to the terminal and asks its questions there.</summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private const string EraseLine = "\r\u001b[2K";

    private readonly ITerminal _terminal;
    private readonly ShellRawUserInterface _raw;
    private bool _progressShown;

    public ShellUserInterface(ITerminal terminal)
    {
        _terminal = terminal;
        _raw = new ShellRawUserInterface(terminal);
    }

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => _terminal.TakesEscapes;

    public override void Write(string value) => Put(_terminal.Output, value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Put(_terminal.Output, value);

    public override void WriteLine(string value) => Put(_terminal.Output, value + "\n");

    public override void WriteErrorLine(string value) => Put(_terminal.ErrorOutput, value + "\n");

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (!_terminal.ShowsProgress)
        {
            return;
        }

        ClearProgress();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        string percent = record.PercentComplete < 0 ? string.Empty : record.PercentComplete.ToString(CultureInfo.InvariantCulture) + " % ";
        string line = $"{record.Activity}: {percent}{record.StatusDescription}";
        _terminal.ErrorOutput.Write(line.Length < _terminal.Width ? line : line[..(_terminal.Width - 1)]);
        _progressShown = true;
    }

    public override string ReadLine() => _terminal.Input.ReadLine() ?? throw new PSInvalidOperationException("The input has ended; no answer can be read.");

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (char character in ReadLine())
        {
            secret.AppendChar(character);
        }

        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteCaption(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
        {
            Write(field.Name + ": ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteCaption(caption, message);
        string[] labels = choices.Select(choice => choice.Label.Replace("&", string.Empty, StringComparison.Ordinal)).ToArray();
        while (true)
        {
            Write($"[{string.Join("] [", labels)}] (default is \"{labels[Math.Max(0, defaultChoice)]}\"): ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int index = Array.FindIndex(labels, label => answer.Length > 0 && label.StartsWith(answer, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NoCredentials();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NoCredentials();

    private static NotSupportedException NoCredentials() => new("This shell does not ask for credentials; use pwsh.");

    private void WriteCaption(string caption, string message)
    {
        foreach (string line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            WriteLine(line);
        }
    }

    /// <summary>Takes the escape sequences out where they are not wanted: the engine's views bring them along.</summary>
    private void Put(TextWriter writer, string value)
    {
        ClearProgress();
        writer.Write(GetOutputString(value, SupportsVirtualTerminal));
        writer.Flush();
    }

    private void ClearProgress()
    {
        if (_progressShown)
        {
            _terminal.ErrorOutput.Write(EraseLine);
            _progressShown = false;
        }
    }
}
