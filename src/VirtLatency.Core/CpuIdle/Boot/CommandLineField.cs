namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// A place in a boot file that holds kernel parameters: the value of a shell variable, an options line, a whole file.
/// Words are found by the kernel's rules in the value, and edited in the file with the quoting of the place.
/// </summary>
internal sealed class CommandLineField
{
    private readonly string _path;
    private readonly string _text;
    private readonly Func<string, TextEdit> _append;

    public CommandLineField(string path, string text, string? variable, bool isConditional, IReadOnlyList<SourceChar> chars, Func<string, TextEdit> append)
    {
        _path = path;
        _text = text;
        _append = append;
        Variable = variable;
        IsConditional = isConditional;
        Chars = chars;
        Value = string.Concat(chars.Select(c => c.Value));
        Words = KernelCommandLine.Parse(Value);
    }

    /// <summary>The shell variable; null in files that have none.</summary>
    public string? Variable { get; }

    /// <summary>Whether only running the file tells if it counts.</summary>
    public bool IsConditional { get; }

    /// <summary>The value's characters.</summary>
    public IReadOnlyList<SourceChar> Chars { get; }

    /// <summary>The value; expansions are <see cref="SourceChar.Opaque"/>.</summary>
    public string Value { get; }

    /// <summary>Its words.</summary>
    public IReadOnlyList<KernelArgument> Words { get; }

    /// <summary>The line of a word, from 1.</summary>
    public int LineOf(KernelArgument word) => ShellScript.LineOf(_text, Chars[word.Start].Start);

    /// <summary>Puts a word in another's place.</summary>
    /// <exception cref="BootFileException">The word's quoting is not plain.</exception>
    public TextEdit Replace(KernelArgument word, string with)
    {
        ShellQuote quote = PlainQuoteOf(word);
        return new TextEdit(Chars[word.Start].Start, Chars[word.End - 1].End, Escape(with, quote, LineOf(word)));
    }

    /// <summary>Takes a word out, with one blank before it, or, where it is the first, behind it.</summary>
    /// <exception cref="BootFileException">The word's quoting is not plain.</exception>
    public TextEdit Remove(KernelArgument word)
    {
        _ = PlainQuoteOf(word);
        int first = word.Start;
        int last = word.End - 1;
        if (first > 0 && IsBlank(Chars[first - 1]) && Chars[first - 1].End == Chars[first].Start)
        {
            first--;
        }
        else if (last + 1 < Chars.Count && IsBlank(Chars[last + 1]) && Chars[last + 1].Start == Chars[last].End)
        {
            last++;
        }

        return new TextEdit(Chars[first].Start, Chars[last].End, string.Empty);
    }

    /// <summary>Puts a word behind the last one.</summary>
    public TextEdit Append(string word) => _append(word);

    /// <summary>Writes a word so that the place's quoting gives it back.</summary>
    public static string Escape(string word, ShellQuote quote) => quote switch
    {
        ShellQuote.Double => string.Concat(word.Select(c => c is '"' or '\\' or '$' or '`' ? "\\" + c : c.ToString())),
        ShellQuote.None when word.Any(c => !char.IsAsciiLetterOrDigit(c) && !"_-.,=:/@%+".Contains(c, StringComparison.Ordinal)) => "\"" + Escape(word, ShellQuote.Double) + "\"",
        _ => word,
    };

    /// <summary>A blank that stands in the file itself, not one that an expansion brings.</summary>
    private static bool IsBlank(SourceChar c) => c.Value is ' ' or '\t' && c.End - c.Start == 1;

    private string Escape(string word, ShellQuote quote, int line) =>
        quote == ShellQuote.Single && word.Contains('\'', StringComparison.Ordinal)
            ? throw new BootFileException(BootFileProblem.NotEditable, _path, line, "a value with ' cannot stand within '...'. Edit the file by hand.")
            : Escape(word, quote);

    /// <summary>The quoting that all of a word has, in one piece: anything else is left to a person.</summary>
    private ShellQuote PlainQuoteOf(KernelArgument word)
    {
        SourceChar first = Chars[word.Start];
        for (int i = word.Start; i < word.End; i++)
        {
            bool isPlain = Chars[i].Quote == first.Quote && Chars[i].Value != SourceChar.Opaque && (i == word.Start || Chars[i].Start == Chars[i - 1].End);
            if (!isPlain || IsConditional)
            {
                string why = IsConditional ? "stands where only running the file tells whether it counts" : "is put together from pieces";
                throw new BootFileException(BootFileProblem.NotEditable, _path, LineOf(word), $"'{word.Name}' {why}. Edit the file by hand.");
            }
        }

        return first.Quote;
    }
}
