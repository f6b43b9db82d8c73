using System.Text;

namespace VirtLatency.Ssh;

/// <summary>User data as words of the POSIX shell. Within single quotes the shell takes every byte as itself, so nothing is ever interpreted.</summary>
internal static class ShellText
{
    /// <summary>Quotes one word.</summary>
    /// <param name="text">Any text without NUL, which no word of a shell can hold.</param>
    /// <returns>The word.</returns>
    public static string Quote(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("A text for the shell holds no NUL.", nameof(text))
        : "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    /// <summary>Quotes a pattern: only its * keeps its meaning.</summary>
    /// <param name="pattern">An absolute path with * in its components.</param>
    /// <returns>The word, which the shell expands.</returns>
    public static string QuotePattern(string pattern)
    {
        var word = new StringBuilder();
        foreach (string piece in pattern.Split('*'))
        {
            word.Append(word.Length == 0 ? string.Empty : "*").Append(Quote(piece));
        }

        return word.ToString();
    }
}
