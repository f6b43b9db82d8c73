using System.Text;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>
/// A finding as a paragraph for 80 columns, whose last one stays free, called by VirtLatency.Format.ps1xml. Commands that need several lines go on
/// with the mark of their shell, so that they can be copied from the screen.
/// </summary>
public static class FindingViewText
{
    private const int Width = 79;
    private const int LabelWidth = 12;

    private static readonly string Indent = new(' ', LabelWidth);

    /// <summary>Severity and finding as a headline, below it evidence, confidence, caveat and the next step.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>Lines with line feeds.</returns>
    public static string Paragraph(LatencyFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string[] lines =
        [
            ViewText.Wrap($"{finding.Severity}: {finding.Finding}", Width, "  "),
            Labelled("Evidence", finding.Evidence),
            Labelled("Confidence", finding.Confidence),
            Labelled("Caveat", finding.Caveat),
            "Next:".PadRight(LabelWidth) + string.Join("\n" + Indent, finding.NextStep.Split('\n').Select(Command)),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Labelled(string label, string text) => ViewText.Wrap($"{label}:".PadRight(LabelWidth) + text, Width, Indent);

    /// <summary>A command, broken between its words and never inside quotes, with the mark that its shell goes on by.</summary>
    private static string Command(string command)
    {
        string mark = command.StartsWith("sudo ", StringComparison.Ordinal) || command.StartsWith("ping ", StringComparison.Ordinal) ? " \\" : " `";
        var text = new StringBuilder();
        int length = LabelWidth;
        foreach (string word in Words(command))
        {
            if (length > LabelWidth && length + 1 + word.Length + mark.Length > Width)
            {
                text.Append(command[0] == '#' ? string.Empty : mark).Append('\n').Append(Indent).Append(command[0] == '#' ? "# " : "  ");
                length = LabelWidth + 2;
            }
            else if (length > LabelWidth)
            {
                text.Append(' ');
                length++;
            }

            text.Append(word);
            length += word.Length;
        }

        return text.ToString();
    }

    private static IEnumerable<string> Words(string command)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < command.Length; i++)
        {
            isQuoted ^= command[i] == '\'';
            if (command[i] == ' ' && !isQuoted)
            {
                yield return command[start..i];
                start = i + 1;
            }
        }

        yield return command[start..];
    }
}
