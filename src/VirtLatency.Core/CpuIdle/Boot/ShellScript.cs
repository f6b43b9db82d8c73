namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// Finds the assignments of a file such as /etc/default/grub, which a shell reads. It knows words, the three ways to
/// quote, comments, continued lines, lists and blocks: enough to tell what a variable is set to and where, and to say so
/// where only running the file would tell (a command, an expansion with operators, a here-document).
/// </summary>
internal sealed class ShellScript
{
    private readonly string _path;
    private readonly string _text;
    private readonly List<ShellAssignment> _found = [];
    private int _at;
    private int _depth;
    private int _parentheses;
    private bool _isConditional;

    private ShellScript(string path, string text)
    {
        _path = path;
        _text = text;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="text">The text.</param>
    /// <returns>Its assignments, in order.</returns>
    /// <exception cref="BootFileException">A quote or an expansion is never closed.</exception>
    public static IReadOnlyList<ShellAssignment> Parse(string path, string text)
    {
        var script = new ShellScript(path, text);
        script.Statements();
        return script._found;
    }

    /// <summary>The line of a place in a text, from 1.</summary>
    public static int LineOf(string text, int at) => text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1;

    private static bool IsName(char c, bool isFirst) => c == '_' || char.IsAsciiLetter(c) || (!isFirst && char.IsAsciiDigit(c));

    /// <summary>One statement after another: first the assignments, then, where there is one, the command with its words.</summary>
    private void Statements()
    {
        bool isStart = true;
        while (SkipBlanks())
        {
            char c = _text[_at];
            if (c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')')
            {
                Operator(c);
                isStart = true;
            }
            else if (isStart)
            {
                isStart = Statement();
            }
            else
            {
                Word();
            }
        }
    }

    private void Operator(char c)
    {
        bool isDouble = _at + 1 < _text.Length && _text[_at + 1] == c && c is '&' or '|';
        // The ) behind a pattern of case has no ( before it.
        _parentheses += c switch { '(' => 1, ')' when _parentheses > 0 => -1, _ => 0 };
        _isConditional = isDouble || (_isConditional && c != '\n' && c != ';');
        _at += isDouble ? 2 : 1;
    }

    /// <summary>Takes the first word; true where another one may still start the statement (behind an assignment or a keyword).</summary>
    private bool Statement()
    {
        int nameEnd = _at;
        while (nameEnd < _text.Length && IsName(_text[nameEnd], nameEnd == _at))
        {
            nameEnd++;
        }

        string name = _text[_at..nameEnd];
        bool isAppend = nameEnd > _at && nameEnd + 1 < _text.Length && _text[nameEnd] == '+' && _text[nameEnd + 1] == '=';
        if (isAppend || (nameEnd > _at && nameEnd < _text.Length && _text[nameEnd] == '='))
        {
            int line = LineOf(_text, _at);
            _at = nameEnd + (isAppend ? 2 : 1);
            int start = _at;
            bool isArray = start < _text.Length && _text[start] == '(';
            ShellQuote closing = ShellQuote.None;
            List<SourceChar> chars = isArray ? Array() : Word(out closing);
            _found.Add(new ShellAssignment(name, isAppend, isArray, _isConditional || _depth + _parentheses > 0, line, start, _at, closing, chars));
            return true;
        }

        int wordStart = _at;
        Word();
        string word = _text[wordStart.._at];
        _depth = Math.Max(0, _depth + word switch { "if" or "for" or "while" or "until" or "case" or "{" => 1, "fi" or "done" or "esac" or "}" => -1, _ => 0 });
        return word is "if" or "then" or "else" or "elif" or "do" or "while" or "until" or "{" or "!" or "export" or "readonly" or "local";
    }

    /// <summary>Skips blanks, comments and continued lines; false at the end.</summary>
    private bool SkipBlanks()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c is ' ' or '\t' || IsLineEnd(_at, '\r'))
            {
                _at++;
            }
            else if (c == '\\' && Continued(_at) is int length and > 0)
            {
                _at += length;
            }
            else if (c == '#')
            {
                while (_at < _text.Length && _text[_at] != '\n')
                {
                    _at++;
                }
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes ( ) with the words within, of which only the shell makes a value.</summary>
    private List<SourceChar> Array()
    {
        int start = _at--;
        SkipNested('(', ')');
        return [new SourceChar(SourceChar.Opaque, start, _at, ShellQuote.None)];
    }

    private void Word() => Word(out _);

    /// <summary>Takes a word up to an unquoted blank or operator.</summary>
    private List<SourceChar> Word(out ShellQuote closing)
    {
        var chars = new List<SourceChar>();
        closing = ShellQuote.None;
        int start = _at;
        while (_at < _text.Length && !(_text[_at] is ' ' or '\t' or '\n' or ';' or '&' or '|' or '(' or ')') && !IsLineEnd(_at, '\r'))
        {
            char c = _text[_at];
            closing = c switch { '\'' => ShellQuote.Single, '"' => ShellQuote.Double, _ => ShellQuote.None };
            switch (c)
            {
                case '\'':
                    SingleQuoted(chars);
                    break;
                case '"':
                    DoubleQuoted(chars);
                    break;
                case '\\':
                    Escaped(chars, ShellQuote.None);
                    break;
                case '$' or '`':
                    Expansion(chars, ShellQuote.None);
                    break;
                case '<' when _at + 1 < _text.Length && _text[_at + 1] == '<':
                    throw Malformed(_at, "a here-document is not understood by this command. Edit the file by hand.");
                default:
                    chars.Add(new SourceChar(c, _at, ++_at, ShellQuote.None));
                    break;
            }
        }

        if (_at == start)
        {
            closing = ShellQuote.None;
        }

        return chars;
    }

    private void SingleQuoted(List<SourceChar> chars)
    {
        int open = _at++;
        while (_at < _text.Length && _text[_at] != '\'')
        {
            chars.Add(new SourceChar(_text[_at], _at, ++_at, ShellQuote.Single));
        }

        Close(open, "'");
    }

    private void DoubleQuoted(List<SourceChar> chars)
    {
        int open = _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            switch (_text[_at])
            {
                case '\\':
                    Escaped(chars, ShellQuote.Double);
                    break;
                case '$' or '`':
                    Expansion(chars, ShellQuote.Double);
                    break;
                default:
                    chars.Add(new SourceChar(_text[_at], _at, ++_at, ShellQuote.Double));
                    break;
            }
        }

        Close(open, "\"");
    }

    private void Escaped(List<SourceChar> chars, ShellQuote quote)
    {
        if (Continued(_at) is int length and > 0)
        {
            _at += length;
            return;
        }

        // Within double quotes a backslash stands for itself unless it is before one of these.
        bool escapes = _at + 1 < _text.Length && (quote == ShellQuote.None || _text[_at + 1] is '"' or '\\' or '$' or '`');
        chars.Add(escapes ? new SourceChar(_text[_at + 1], _at, _at + 2, quote) : new SourceChar('\\', _at, _at + 1, quote));
        _at += escapes ? 2 : 1;
    }

    private void Expansion(List<SourceChar> chars, ShellQuote quote)
    {
        int start = _at;
        string? variable = null;
        char next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (_text[_at] == '`')
        {
            _at = _text.IndexOf('`', _at + 1) + 1;
            if (_at == 0)
            {
                throw Malformed(start, "the ` that opens here is never closed.");
            }
        }
        else if (next is '(' or '{')
        {
            SkipNested(next, next == '(' ? ')' : '}');
            string inner = _text[(start + 2)..(_at - 1)];
            string name = inner.Split(':')[0];
            bool isPlain = next == '{' && name.Length > 0 && name.Select((c, i) => IsName(c, i == 0)).All(isName => isName);

            // tuned writes ${NAME:+$NAME }: the variable and a blank behind it.
            bool isWithBlank = isPlain && inner == $"{name}:+${name} ";
            variable = isPlain && (inner == name || isWithBlank) ? name : null;
            if (isWithBlank)
            {
                chars.Add(new SourceChar(SourceChar.Opaque, start, _at, quote, variable));
                chars.Add(new SourceChar(' ', start, _at, quote));
                return;
            }
        }
        else if (IsName(next, isFirst: true))
        {
            for (_at += 2; _at < _text.Length && IsName(_text[_at], isFirst: false); _at++)
            {
            }

            variable = _text[(start + 1).._at];
        }
        else if (IsSpecial(next) || (quote == ShellQuote.None && (next is '\'' or '"')))
        {
            // $'...' and $1 and the like: for a shell only. The quote itself is taken by the caller.
            _at += next is '\'' or '"' ? 1 : 2;
        }
        else
        {
            chars.Add(new SourceChar('$', _at, ++_at, quote));
            return;
        }

        chars.Add(new SourceChar(SourceChar.Opaque, start, _at, quote, variable));
    }

    private static bool IsSpecial(char c) => char.IsAsciiDigit(c) || c is '@' or '*' or '#' or '?' or '-' or '$' or '!';

    /// <summary>Skips $( ) or ${ } with what is nested and quoted within.</summary>
    private void SkipNested(char open, char close)
    {
        int start = _at;
        int depth = 0;
        for (_at++; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == '\\')
            {
                _at++;
            }
            else if (c == '\'' || c == '"')
            {
                int quote = _at;
                _at = _text.IndexOf(c, _at + 1);
                if (_at < 0)
                {
                    _at = _text.Length;
                    throw Malformed(quote, $"the {c} that opens here is never closed.");
                }
            }
            else if (c == open)
            {
                depth++;
            }
            else if (c == close && --depth == 0)
            {
                _at++;
                return;
            }
        }

        throw Malformed(start, $"the {(_text[start] == '$' ? "$" : string.Empty)}{open} that opens here is never closed.");
    }

    private void Close(int open, string quote)
    {
        if (_at >= _text.Length)
        {
            throw Malformed(open, $"the {quote} that opens here is never closed.");
        }

        _at++;
    }

    private bool IsLineEnd(int at, char c) => _text[at] == c && at + 1 < _text.Length && _text[at + 1] == '\n';

    /// <summary>Length of a backslash with the line end behind it; 0 where there is none.</summary>
    private int Continued(int at) =>
        at + 1 >= _text.Length ? 0 : _text[at + 1] == '\n' ? 2 : at + 2 < _text.Length && _text[at + 1] == '\r' && _text[at + 2] == '\n' ? 3 : 0;

    private BootFileException Malformed(int at, string message) => new(BootFileProblem.Malformed, _path, LineOf(_text, at), message);
}
