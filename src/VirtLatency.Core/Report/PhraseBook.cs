namespace VirtLatency.Report;

/// <summary>
/// Translates what analysis says by patterns: an English sentence or clause with {0}, {1} ... where names and numbers
/// stand, and the same in another language. A text that is no known phrase is taken apart at its sentences, then at its
/// clauses; what is still unknown stays English. A pattern that begins with ~ is for what stands in a place of another one.
/// </summary>
internal sealed class PhraseBook
{
    private const char ForPlaces = '~';

    /// <summary>Patterns with fewer characters of their own could match several sentences at once: they are for single clauses.</summary>
    private const int LeastWeight = 12;

    private readonly Phrase[] _sentences;
    private readonly Phrase[] _clauses;
    private readonly Phrase[] _places;

    public PhraseBook(IReadOnlyDictionary<string, string> phrases)
    {
        // The pattern that says most itself is the one that was meant.
        Phrase[] all = [.. phrases.Select(phrase => new Phrase(phrase.Key.TrimStart(ForPlaces), phrase.Value, phrase.Key[0] == ForPlaces)).OrderByDescending(phrase => phrase.Weight)];
        _clauses = [.. all.Where(phrase => !phrase.IsForPlaces)];
        _sentences = [.. _clauses.Where(phrase => phrase.Weight >= LeastWeight)];
        _places = all;
    }

    /// <summary>The text in the other language as far as it is known.</summary>
    public string Translate(string english)
    {
        if (_clauses.Length == 0)
        {
            return english;
        }

        bool isSentence = english.Length > 1 && english[^1] == '.';
        string body = isSentence ? english[..^1] : english;
        string end = isSentence ? "\u3002" : string.Empty;
        if (Known(_sentences, body) is { } known)
        {
            return known + end;
        }

        string[] sentences = [.. PhraseSplit.At(english, ". ", keep: 1)];
        if (sentences.Length > 1)
        {
            return string.Concat(sentences.Select(Translate));
        }

        string[] clauses = [.. PhraseSplit.At(body, "; ", keep: 0)];
        return clauses.Length > 1 ? string.Join('\uff1b', clauses.Select(Translate)) + end : Clause(body) + end;
    }

    /// <summary>A clause about one environment can begin with its name and a colon; several of one kind can be enumerated.</summary>
    private string Clause(string english)
    {
        if (Known(_clauses, english) is { } known)
        {
            return known;
        }

        int colon = english.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0 && Known(_clauses, english[(colon + 2)..]) is { } rest)
        {
            return english[..colon] + "\uff1a" + rest;
        }

        string?[] items = [.. PhraseSplit.Items(english).Select(item => Known(_clauses, item))];
        return items.Length > 1 && Array.TrueForAll(items, item => item is not null) ? string.Join('\u3001', items) : english;
    }

    private string? Known(Phrase[] phrases, string english, bool isSingle = false)
    {
        foreach (Phrase phrase in phrases)
        {
            if (phrase.Match(english, isSingle) is { } values)
            {
                return phrase.Fill([.. values.Select(Value)]);
            }
        }

        return null;
    }

    /// <summary>What stands in a place: a phrase, clauses, an enumeration, or a name or number that stays.</summary>
    private string Value(string english)
    {
        if (Known(_places, english, isSingle: true) is { } known)
        {
            return known;
        }

        string[] clauses = [.. PhraseSplit.At(english, "; ", keep: 0)];
        if (clauses.Length > 1)
        {
            return string.Join('\uff1b', clauses.Select(Value));
        }

        string[] items = PhraseSplit.Items(english);
        string[] translated = items.Length > 1 ? [.. items.Select(Value)] : items;
        bool isList = !translated.SequenceEqual(items) || PhraseSplit.At(english, ", ", keep: 0).Count() < items.Length;
        return isList ? string.Join('\u3001', translated) : Known(_places, english) ?? english;
    }
}
