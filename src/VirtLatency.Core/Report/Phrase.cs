namespace VirtLatency.Report;

/// <summary>One pattern: literal pieces with places between them, and the same in another language.</summary>
internal sealed class Phrase
{
    private readonly (string[] Literals, int[] Places) _english;
    private readonly (string[] Literals, int[] Places) _other;

    /// <param name="english">The English pattern.</param>
    /// <param name="other">The pattern to fill; it may have the places in another order.</param>
    /// <param name="isForPlaces">Whether it is only for what stands in a place of another pattern.</param>
    public Phrase(string english, string other, bool isForPlaces)
    {
        _english = Parse(english);
        _other = Parse(other);
        IsForPlaces = isForPlaces;
        Weight = _english.Literals.Sum(literal => literal.Length);
    }

    public bool IsForPlaces { get; }

    /// <summary>Characters that are the pattern's own.</summary>
    public int Weight { get; }

    /// <summary>
    /// What stands in the places, by number; null where the text is another. Each place takes as little as it can. Nothing
    /// reaches over the end of a sentence, out of brackets or, unless it is a list after a colon or in brackets, of a clause:
    /// numbers must not change the sentence that they belong to.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isSingle">Whether a place holds one thing, not an enumeration.</param>
    public string[]? Match(string text, bool isSingle = false)
    {
        (string[] literals, int[] places) = _english;
        if (places.Length == 0)
        {
            return text == literals[0] ? [] : null;
        }

        if (!text.StartsWith(literals[0], StringComparison.Ordinal))
        {
            return null;
        }

        var values = new string[places.Max() + 1];
        int at = literals[0].Length;
        for (int i = 0; i < places.Length; i++)
        {
            int next = EndOf(text, at, literals[i], literals[i + 1], i == places.Length - 1, isSingle);
            if (next < 0)
            {
                return null;
            }

            values[places[i]] = text[at..next];
            at = next + literals[i + 1].Length;
        }

        return values;
    }

    /// <summary>Where a place that begins at a position ends: at the first mark after it that leaves something whole before it.</summary>
    private static int EndOf(string text, int at, string before, string after, bool isLast, bool isSingle)
    {
        bool canList = before.EndsWith(": ", StringComparison.Ordinal) || before.EndsWith('(');
        if (isLast)
        {
            int end = text.Length - after.Length;
            return end > at && text.EndsWith(after, StringComparison.Ordinal) && PhraseSplit.IsWhole(text[at..end], canList, isSingle) ? end : -1;
        }

        for (int next = at; next < text.Length && (next = text.IndexOf(after, next + 1, StringComparison.Ordinal)) > 0;)
        {
            if (PhraseSplit.IsWhole(text[at..next], canList, isSingle))
            {
                return next;
            }
        }

        return -1;
    }

    /// <summary>The other language's text with values in its places.</summary>
    public string Fill(string[] values)
    {
        (string[] literals, int[] places) = _other;
        return literals[0] + string.Concat(places.Select((place, i) => values[place] + literals[i + 1]));
    }

    private static (string[] Literals, int[] Places) Parse(string pattern)
    {
        var literals = new List<string>();
        var places = new List<int>();
        int start = 0;
        for (int i = 0; i + 2 < pattern.Length; i++)
        {
            if (pattern[i] == '{' && pattern[i + 2] == '}' && char.IsAsciiDigit(pattern[i + 1]))
            {
                literals.Add(pattern[start..i]);
                places.Add(pattern[i + 1] - '0');
                start = i + 3;
                i += 2;
            }
        }

        literals.Add(pattern[start..]);
        return ([.. literals], [.. places]);
    }
}
