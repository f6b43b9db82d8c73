using System.Numerics;
using System.Runtime.Intrinsics;

namespace VirtLatency.Parsing;

/// <summary>Passes over lines that begin with a blank, such as a record's stacks: most of a log's bytes, and none of its values.</summary>
internal static class IndentedLines
{
    /// <summary>
    /// Finds the end of the indented lines. What could be more than a symbol of a stack is left to those who look at
    /// single lines: a zero byte, a sign of a ruler or banner, or what a notice of lost samples begins with.
    /// </summary>
    /// <param name="text">Begins at the beginning of a line.</param>
    /// <param name="lines">Lines passed over.</param>
    /// <returns>Bytes passed over, up to a line that is not indented; -1 where the text ends before; -2 where a single line needs a look.</returns>
    public static int Skip(ReadOnlySpan<byte> text, out int lines)
    {
        lines = 0;
        if (text.IsEmpty || text[0] != ' ')
        {
            return text.IsEmpty ? -1 : 0;
        }

        int width = Vector256<byte>.Count;
        for (int at = 0; at + width < text.Length; at += width)
        {
            var bytes = Vector256.Create(text[at..]);
            var next = Vector256.Create(text[(at + 1)..]);
            Vector256<byte> feeds = Vector256.Equals(bytes, Vector256.Create((byte)'\n'));
            Vector256<byte> ends = Vector256.AndNot(feeds, Vector256.Equals(next, Vector256.Create((byte)' ')));
            Vector256<byte> odd = Vector256.Equals(bytes, Vector256<byte>.Zero)
                | Vector256.Equals(bytes, Vector256.Create((byte)'='))
                | (Vector256.Equals(bytes, Vector256.Create((byte)'P')) & Vector256.Equals(next, Vector256.Create((byte)'o')));
            uint found = (ends | odd).ExtractMostSignificantBits();
            uint allFeeds = feeds.ExtractMostSignificantBits();
            if (found != 0)
            {
                int first = BitOperations.TrailingZeroCount(found);
                lines += BitOperations.PopCount(allFeeds & (uint.MaxValue >> (31 - first)));
                return text[at + first] == '\n' ? at + first + 1 : -2;
            }

            lines += BitOperations.PopCount(allFeeds);
        }

        return -1;
    }
}
