using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Changes to typed log texts, each checked to hit what it is meant for.</summary>
internal static class LogText
{
    /// <summary>Marks of texts that hold the same record twice, or in another order.</summary>
    public const SampleFlags Repeated = SampleFlags.Duplicate | SampleFlags.Reordered;

    /// <summary>Puts a text in the place of another, which must stand there exactly once.</summary>
    public static string Swap(this string text, string old, string replacement)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"not in the text: {old}");
        Assert.True(text.IndexOf(old, at + 1, StringComparison.Ordinal) < 0, $"more than once in the text: {old}");
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>Takes out the one line that begins with the text.</summary>
    public static string WithoutLine(this string text, string beginning)
    {
        int at = ("\n" + text).IndexOf("\n" + beginning, StringComparison.Ordinal);
        Assert.True(at >= 0, $"no line begins so: {beginning}");
        Assert.True(text.IndexOf("\n" + beginning, at + 1, StringComparison.Ordinal) < 0, $"more than one line begins so: {beginning}");
        return text.Remove(at, text.IndexOf('\n', at) + 1 - at);
    }

    public static string WithCarriageReturns(this string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);

    /// <summary>Lines of a text; a rest without a line feed is a line too.</summary>
    public static int LineCount(string text) => text.Count(letter => letter == '\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);

    /// <summary>Number of the line that holds the text, from 1; the text must stand there exactly once.</summary>
    public static int LineOf(string text, string part)
    {
        int at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0 && text.IndexOf(part, at + 1, StringComparison.Ordinal) < 0, $"not exactly once in the text: {part}");
        return 1 + text.AsSpan(0, at).Count('\n');
    }

    /// <summary>Every line is counted once, and as what it is.</summary>
    public static void AssertTally(string text, LineTally tally, int parsed, int noise, int malformed)
    {
        Assert.Equal((parsed, noise, malformed), (tally.Parsed, tally.Noise, tally.Malformed));
        Assert.Equal(LineCount(text), tally.Total);
        Assert.Equal(parsed + noise + malformed, tally.Total);
    }
}
