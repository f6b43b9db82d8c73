using System.Text;

namespace VirtLatency.Report;

/// <summary>
/// Translates what analysis says by patterns: an English sentence or clause with {0}, {1} ... where names and numbers
/// stand, and the same in another language. What stands in a place is translated when it is itself a known phrase. A
/// text that is no known phrase is taken apart at its sentences, then at its clauses; what is still unknown stays.
/// </summary>
internal sealed class PhraseBook
{
    private readonly Dictionary<string, string> _plain = new(StringComparer.Ordinal);
    private readonly Phrase[] _phrases;

    public PhraseBook(IReadOnlyDictionary<string, string> phrases)
    {
        foreach ((string english, string other) in phrases.Where(phrase => !phrase.Key.Contains('{')))
        {
            _plain.Add(english, other);
        }

        // The one that says most itself is the one that was meant.
        _phrases = [.. phrases.Where(phrase => phrase.Key.Contains('{')).Select(phrase => new Phrase(phrase.Key, phrase.Value)).OrderByDescending(phrase => phrase.Weight)];
    }

    /// <summary>The text in the other language as far as it is known.</summary>
    public string Translate(string english) => _plain.Count + _phrases.Length == 0 ? english : Known(english) ?? Parts(english);

    private string? Known(string english)
    {
        if (_plain.TryGetValue(english, out string? plain))
        {
            return plain;
        }

        foreach (Phrase phrase in _phrases)
        {
            if (phrase.Match(english) is { } values)
            {
                return phrase.Fill([.. values.Select(value => Known(value) ?? value)]);
            }
        }

        return null;
    }

    private string Parts(string english)
    {
        string[] sentences = [.. Split(english, ". ", keep: 1)];
        if (sentences.Length > 1)
        {
            return string.Concat(sentences.Select(Translate));
        }

        if (english.EndsWith('.') && english.Length > 1)
        {
            return Translate(english[..^1]) + "\u3002";
        }

        string[] clauses = [.. Split(english, "; ", keep: 0)];
        return clauses.Length > 1 ? string.Join('\uff1b', clauses.Select(Translate)) : AfterName(english);
    }

    /// <summary>A clause about one environment begins with its name and a colon.</summary>
    private string AfterName(string english)
    {
        int colon = english.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && Known(english[(colon + 2)..]) is { } rest ? english[..colon] + "\uff1a" + rest : english;
    }

    /// <summary>Cuts outside of brackets; of the separator the first characters can stay with what is before it.</summary>
    private static IEnumerable<string> Split(string text, string separator, int keep)
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

    /// <summary>One pattern: literal pieces with places between them.</summary>
    private sealed class Phrase
    {
        private readonly List<string> _literals = [];
        private readonly List<int> _places = [];
        private readonly string _other;

        public Phrase(string english, string other)
        {
            _other = other;
            var literal = new StringBuilder();
            for (int i = 0; i < english.Length; i++)
            {
                if (english[i] == '{' && i + 2 < english.Length && english[i + 2] == '}')
                {
                    _literals.Add(literal.ToString());
                    literal.Clear();
                    _places.Add(english[i + 1] - '0');
                    i += 2;
                }
                else
                {
                    literal.Append(english[i]);
                }
            }

            _literals.Add(literal.ToString());
        }

        public int Weight => _literals.Sum(literal => literal.Length);

        /// <summary>What stands in the places, by number; null where the text is another.</summary>
        public string[]? Match(string text)
        {
            string end = _literals[^1];
            if (!text.StartsWith(_literals[0], StringComparison.Ordinal) || !text.EndsWith(end, StringComparison.Ordinal))
            {
                return null;
            }

            var values = new string[_places.Max() + 1];
            int at = _literals[0].Length;
            for (int i = 0; i < _places.Count; i++)
            {
                bool isLast = i == _places.Count - 1;
                int next = isLast ? text.Length - end.Length : text.IndexOf(_literals[i + 1], Math.Min(at + 1, text.Length), StringComparison.Ordinal);
                if (next <= at)
                {
                    return null;
                }

                values[_places[i]] = text[at..next];
                at = next + _literals[i + 1].Length;
            }

            return values;
        }

        public string Fill(string[] values)
        {
            var text = new StringBuilder(_other);
            for (int i = 0; i < values.Length; i++)
            {
                text.Replace(FormattableString.Invariant($"{{{i}}}"), values[i]);
            }

            return text.ToString();
        }
    }
}
