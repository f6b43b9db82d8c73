using System.Text;

namespace VirtLatency.Parsing;

/// <summary>Knows UTF-16, in which some Windows programs save text; all that the tools print is ASCII but for a few letters.</summary>
internal static class TextEncoding
{
    /// <summary>Bytes that are looked at.</summary>
    public const int HeadBytes = 4;

    /// <summary>The encoding of a text in UTF-16, by its mark or by the zero in each pair of bytes.</summary>
    /// <param name="head">The text's first bytes.</param>
    /// <returns>The encoding; null for anything else.</returns>
    public static Encoding? Utf16Of(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2)
        {
            return null;
        }

        bool little = (head[0], head[1]) == (0xff, 0xfe);
        bool big = (head[0], head[1]) == (0xfe, 0xff);
        if (!little && !big && head.Length >= HeadBytes)
        {
            little = head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0;
            big = head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0;
        }

        return little ? Encoding.Unicode : big ? Encoding.BigEndianUnicode : null;
    }
}
