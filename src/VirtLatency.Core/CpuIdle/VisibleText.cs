using System.Buffers;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Text of a host made fit for a terminal. A file, a name or a message of another machine may hold characters that move the
/// cursor, change colours or turn the direction of writing: signs stand for them here.
/// </summary>
public static class VisibleText
{
    private const char Unknown = '\ufffd';

    /// <summary>What the kernel and a shell take for white space, and NUL, which readers of boot files look for.</summary>
    private const string Blanks = "\0\t\n\v\f\r";

    private static readonly SearchValues<char> InContent = Without(Blanks);
    private static readonly SearchValues<char> InMessage = Without("\t\n");
    private static readonly SearchValues<char> InLine = Without("\t");

    /// <summary>A file's content: white space and NUL stay.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same text where there is nothing to show.</returns>
    public static string Content(string text) => Show(text, InContent);

    /// <summary>A message or a difference of files: line ends and tabs stay.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same text where there is nothing to show.</returns>
    public static string Message(string text) => Show(text, InMessage);

    /// <summary>A name or a value, which is to stay on its line: tabs stay.</summary>
    /// <param name="text">The text; null stays null.</param>
    /// <returns>The same text where there is nothing to show.</returns>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Line(string? text) => text is null ? null : Show(text, InLine);

    private static string Show(string text, SearchValues<char> shown)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(shown) < 0 ? text : string.Create(text.Length, (text, shown), static (span, state) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = state.shown.Contains(state.text[i]) ? SignOf(state.text[i]) : state.text[i];
            }
        });
    }

    /// <summary>Unicode has a picture of each control character of ASCII.</summary>
    private static char SignOf(char c) => c < ' ' ? (char)('\u2400' + c) : c == '\u007f' ? '\u2421' : Unknown;

    /// <summary>Control characters of ASCII and Latin-1, marks of direction, and line ends of Unicode.</summary>
    private static SearchValues<char> Without(string kept)
    {
        IEnumerable<char> all = Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(char.IsControl).Concat("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");
        return SearchValues.Create([.. all.Where(c => !kept.Contains(c, StringComparison.Ordinal))]);
    }
}
