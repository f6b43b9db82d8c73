using System.Text;

namespace VirtLatency.Reporting.Markdown;

/// <summary>Text that shall be read as it stands.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*[]<>|&~$";

    /// <summary>Escapes what Markdown, HTML in it, or a table takes for its own; an underline inside a word means nothing there and stays.</summary>
    /// <param name="text">One line.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isArrow = c == '>' && i > 0 && text[i - 1] is '-' or '=';
            bool isLink = (c == '/' && i > 1 && text[i - 1] == '/' && text[i - 2] == ':') || (c == '.' && text.AsSpan(0, i).EndsWith("www", StringComparison.OrdinalIgnoreCase));
            if ((Special.Contains(c, StringComparison.Ordinal) && !isArrow) || (c == '_' && !IsInWord(text, i)) || isLink)
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>A block of code: its fence is longer than any in the code.</summary>
    public static string Code(IEnumerable<string> lines, string language)
    {
        string[] all = [.. lines];
        int longest = all.Max(LongestFence);
        string fence = new('`', Math.Max(3, longest + 1));
        return $"{fence}{language}\n{string.Join('\n', all)}\n{fence}";
    }

    private static int LongestFence(string line)
    {
        (int longest, int length) = (0, 0);
        foreach (char c in line)
        {
            length = c == '`' ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static bool IsInWord(string text, int i) => i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);
}
