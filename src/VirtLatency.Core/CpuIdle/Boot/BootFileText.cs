namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// The text of a boot file with the places in it that hold kernel parameters. A text holds the file's bytes, one
/// character each (Latin-1), so that whatever is not edited comes out as it went in.
/// </summary>
internal sealed class BootFileText
{
    private const string Common = "GRUB_CMDLINE_LINUX";
    private const string Default = "GRUB_CMDLINE_LINUX_DEFAULT";
    private readonly BootFileKind _kind;
    private readonly string _path;
    private readonly string _text;

    private BootFileText(BootFileKind kind, string path, string text)
    {
        _kind = kind;
        _path = path;
        _text = text;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new BootFileException(BootFileProblem.Malformed, path, ShellScript.LineOf(text, text.IndexOf('\0', StringComparison.Ordinal)), "there is a byte 0 here: this is no text file.");
        }

        Assignments = kind is BootFileKind.GrubDefault or BootFileKind.GrubDropIn ? ShellScript.Parse(path, text) : [];
        Fields = kind switch
        {
            BootFileKind.LoaderEntry => OptionFields(),
            BootFileKind.KernelCommandLine => [RawField(0, LastWordEnd())],
            _ => [.. Assignments.Where(a => !a.IsArray && a.Name is (Common or Default)).Select(FieldOf)],
        };
        foreach (CommandLineField field in Fields)
        {
            if (KernelCommandLine.OpenQuote(field.Value) is int open and >= 0)
            {
                throw new BootFileException(
                    BootFileProblem.Malformed, path, ShellScript.LineOf(text, field.Chars[open].Start), "the \" that opens here is never closed within the kernel parameters.");
            }
        }
    }

    /// <summary>Assignments of a file that a shell reads.</summary>
    public IReadOnlyList<ShellAssignment> Assignments { get; }

    /// <summary>Places that hold kernel parameters, in order.</summary>
    public IReadOnlyList<CommandLineField> Fields { get; }

    /// <summary>Reads a text.</summary>
    /// <exception cref="BootFileException">It is malformed.</exception>
    public static BootFileText Parse(string path, string text) => new(KindOf(path), path, text);

    /// <summary>What a file is, by its place.</summary>
    /// <exception cref="BootFileException">It is none of the four.</exception>
    public static BootFileKind KindOf(string path) => path switch
    {
        "/etc/default/grub" => BootFileKind.GrubDefault,
        "/etc/kernel/cmdline" => BootFileKind.KernelCommandLine,
        _ when path.StartsWith("/etc/default/grub.d/", StringComparison.Ordinal) && path.EndsWith(".cfg", StringComparison.Ordinal) => BootFileKind.GrubDropIn,
        _ when path.Contains("/loader/entries/", StringComparison.Ordinal) && path.EndsWith(".conf", StringComparison.Ordinal) => BootFileKind.LoaderEntry,
        _ => throw new BootFileException(
            BootFileProblem.NotEditable, path, 0, "this is no file that holds kernel parameters to edit. Give /etc/default/grub, a .cfg of /etc/default/grub.d, a .conf of /boot/loader/entries, or /etc/kernel/cmdline."),
    };

    /// <summary>The text with a parameter set, exactly once, or taken out; the same text where it is so already.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="word">The word to set; null to take the parameter out.</param>
    /// <exception cref="BootFileException">It stands there in a way that is not safe to edit.</exception>
    public string With(string name, string? word)
    {
        if (Assignments.FirstOrDefault(a => a.IsArray && a.Name is (Common or Default)) is { } array)
        {
            throw new BootFileException(BootFileProblem.NotEditable, _path, array.Line, $"{array.Name} is set to an array, which grub-mkconfig's shell need not understand. Edit the file by hand.");
        }

        var there = Fields.SelectMany(field => field.Words.Where(found => found.Is(name)).Select(found => (Field: field, Word: found))).ToList();
        if (there.Count == 0)
        {
            return word is null ? _text : Add(word);
        }

        // Where it is given several times, the last one counts, and GRUB_CMDLINE_LINUX_DEFAULT comes behind GRUB_CMDLINE_LINUX.
        (CommandLineField Field, KernelArgument Word) kept = there.LastOrDefault(item => item.Field.Variable == Default, there[^1]);
        if (there.Count > 1)
        {
            (CommandLineField field, KernelArgument extra) = there.First(item => item != kept);
            return Parse(_path, TextEdit.Apply(_text, [field.Remove(extra)])).With(name, word);
        }

        return word is null ? TextEdit.Apply(_text, [kept.Field.Remove(kept.Word)])
            : kept.Field.Value[kept.Word.Start..kept.Word.End] == word ? _text
            : TextEdit.Apply(_text, [kept.Field.Replace(kept.Word, word)]);
    }

    private string Add(string word)
    {
        CommandLineField? last = Fields.LastOrDefault(field => !field.IsConditional && field.Variable is null or Common);
        if (last is not null)
        {
            return TextEdit.Apply(_text, [last.Append(word)]);
        }

        // What a condition, a command or a file read by this one sets is kept: only the shell knows whether it did.
        string line = _kind is BootFileKind.GrubDefault or BootFileKind.GrubDropIn
            ? Common + "=\"$" + Common + " " + CommandLineField.Escape(word, ShellQuote.Double) + "\""
            : "options " + word;
        string end = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        bool hasEnd = _text.Length == 0 || _text[^1] == '\n';
        return hasEnd ? _text + line + end : _text + end + line;
    }

    private CommandLineField FieldOf(ShellAssignment assignment) =>
        new(_path, _text, assignment.Name, assignment.IsConditional, assignment.Chars, word => AppendTo(assignment, word));

    /// <summary>Within the quotes that the value ends with; a bare value gets quotes round it.</summary>
    private TextEdit AppendTo(ShellAssignment assignment, string word)
    {
        bool needsBlank = assignment.Chars.Count > 0 && !KernelCommandLine.IsSpace(assignment.Chars[^1].Value);
        string blank = needsBlank ? " " : string.Empty;
        int end = assignment.End;
        if (assignment.ClosingQuote == ShellQuote.Single && word.Contains('\'', StringComparison.Ordinal))
        {
            throw new BootFileException(BootFileProblem.NotEditable, _path, assignment.Line, "a value with ' cannot stand within '...'. Edit the file by hand.");
        }

        if (assignment.ClosingQuote != ShellQuote.None)
        {
            return new TextEdit(end - 1, end - 1, blank + CommandLineField.Escape(word, assignment.ClosingQuote));
        }

        string quoted = CommandLineField.Escape(word, ShellQuote.Double);
        string bare = _text[assignment.Start..end];
        return bare.AsSpan().IndexOfAny('\'', '"', '\\') < 0 && !bare.Contains('`', StringComparison.Ordinal)
            ? new TextEdit(assignment.Start, end, "\"" + bare + blank + quoted + "\"")
            : new TextEdit(end, end, "\"" + blank + quoted + "\"");
    }

    private List<CommandLineField> OptionFields()
    {
        var fields = new List<CommandLineField>();
        bool isEntry = false;
        for (int start = 0; start < _text.Length;)
        {
            int end = _text.IndexOf('\n', start) is int found and >= 0 ? found : _text.Length;
            int last = end > start && _text[end - 1] == '\r' ? end - 1 : end;
            int key = start;
            while (key < last && _text[key] is ' ' or '\t')
            {
                key++;
            }

            int keyEnd = key;
            while (keyEnd < last && !KernelCommandLine.IsSpace(_text[keyEnd]))
            {
                keyEnd++;
            }

            string name = _text[key..keyEnd];
            isEntry |= name is "linux" or "efi" or "title" or "version";
            if (name == "options")
            {
                int value = Math.Min(keyEnd + 1, last);
                fields.Add(RawField(value, last));
            }

            start = end + 1;
        }

        return isEntry ? fields : throw new BootFileException(BootFileProblem.Malformed, _path, 0, "no title, version or linux line: this is no boot entry.");
    }

    private CommandLineField RawField(int start, int end)
    {
        SourceChar[] chars = [.. Enumerable.Range(start, end - start).Select(i => new SourceChar(_text[i], i, i + 1, ShellQuote.Raw))];
        return new CommandLineField(_path, _text, null, isConditional: false, chars, word =>
        {
            bool needsBlank = end > 0 && !KernelCommandLine.IsSpace(_text[end - 1]);
            return new TextEdit(end, end, (needsBlank ? " " : string.Empty) + word);
        });
    }

    /// <summary>Behind the last word of the text: the line end at the file's end stays the last.</summary>
    private int LastWordEnd() => _text.AsSpan().TrimEnd(" \t\r\n").Length;
}
