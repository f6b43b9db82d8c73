namespace VirtLatency.Report;

/// <summary>Takes a text apart.</summary>
internal static class PhraseSplit
{
    /// <summary>Cuts outside of brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">Where to cut.</param>
    /// <param name="keep">So many of the separator's characters stay with what is before it.</param>
    public static IEnumerable<string> At(string text, string separator, int keep)
    {
        (int depth, int start) = (0, 0);
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' && depth > 0 ? -1 : 0;
            if (depth == 0 && string.CompareOrdinal(text, i, separator, 0, separator.Length) == 0)
            {
                yield return text[start..(i + keep)];
                start = i + separator.Length;
                i = start - 1;
            }
        }

        yield return text[start..];
    }

    /// <summary>The items of "a, b and c"; one where it is no enumeration.</summary>
    public static string[] Items(string text)
    {
        string[] items = [.. At(text, ", ", keep: 0)];
        string[] last = [.. At(items[^1], " and ", keep: 0)];
        return last.Length == 2 ? [.. items[..^1], .. last] : items;
    }

    /// <summary>Whether a text could be what one place of a pattern stands for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="canList">Whether it may be several clauses.</param>
    /// <param name="isSingle">Whether it may not be an enumeration.</param>
    public static bool IsWhole(string text, bool canList, bool isSingle) =>
        IsBalanced(text)
        && !At(text, ". ", keep: 0).Skip(1).Any()
        && (canList || !At(text, "; ", keep: 0).Skip(1).Any())
        && !(isSingle && Items(text).Length > 1);

    private static bool IsBalanced(string text)
    {
        int depth = 0;
        foreach (char c in text)
        {
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0;
    }
}
