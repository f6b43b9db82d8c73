using System.Text;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// What tools print to stderr, which stands between any two lines of a log that was redirected together with it: the BPF
/// compiler's warnings, Python tracebacks, and bcc's notice of lost samples.
/// </summary>
internal static class ErrorStreamText
{
    private const int MostErrorLength = 200;

    private static readonly byte[][] AtLineStart =
    [
        "Traceback (most recent call last):"u8.ToArray(), "In file included from "u8.ToArray(), "#define "u8.ToArray(),
        "During handling of the above exception"u8.ToArray(), "Exception ignored in"u8.ToArray(),
    ];

    /// <summary>Recognises a line of stderr and keeps what it says of the log.</summary>
    public static bool Take(ReadOnlySpan<byte> line, LogFacts facts)
    {
        // Most lines of a log begin with a blank, a ruler, a bracket or a date, and none of stderr's do, but for a
        // traceback's places: this is asked for every line.
        if (line.IsEmpty || (!char.IsAsciiLetter((char)line[0]) && line[0] is not (byte)'/' and not (byte)'#' and not (byte)'<'))
        {
            return line.StartsWith("  File \""u8) || (!line.IsEmpty && line[0] == ' ' && line.IndexOf((byte)'^') > 0 && line.IndexOfAnyExcept((byte)' ', (byte)'^', (byte)'~') < 0);
        }

        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "Possibly lost "u8) && ByteText.TakeInteger(ref rest, out long lost) && rest.SequenceEqual(" samples"u8))
        {
            facts.LostSampleCount += lost;
            return true;
        }

        if (IsException(line))
        {
            facts.ToolError = Encoding.UTF8.GetString(line[..Math.Min(line.Length, MostErrorLength)]);
            return true;
        }

        return ByteText.StartsWithAny(line, AtLineStart)
            || line.SequenceEqual("KeyboardInterrupt"u8)
            || line.IndexOf(": warning: "u8) >= 0
            || line.IndexOf(": note: "u8) >= 0
            || line.EndsWith(" warning generated."u8)
            || line.EndsWith(" warnings generated."u8);
    }

    /// <summary>The last line of a traceback: <c>UnicodeEncodeError: ...</c>, a name of letters and points that ends in Error or Exception.</summary>
    private static bool IsException(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line[..colon];
        if (!name.EndsWith("Error"u8) && !name.EndsWith("Exception"u8))
        {
            return false;
        }

        foreach (byte letter in name)
        {
            if (!char.IsAsciiLetter((char)letter) && letter != '.')
            {
                return false;
            }
        }

        return true;
    }
}
