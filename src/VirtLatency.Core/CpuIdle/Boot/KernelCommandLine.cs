namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// Takes a kernel command line apart by the kernel's own rules (next_arg in lib/cmdline.c): white space separates words,
/// " keeps it within a word, nothing escapes a ", and = ends a name only where it is the first one. What stands behind a
/// word -- is for init, not for the kernel.
/// </summary>
public static class KernelCommandLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The command line.</param>
    /// <returns>Its words up to --, in order.</returns>
    public static IReadOnlyList<KernelArgument> Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var found = new List<KernelArgument>();
        int at = 0;
        while (true)
        {
            while (at < line.Length && IsSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return found;
            }

            int end = EndOfWord(line, at);
            KernelArgument argument = Of(line, at, end);
            if (argument is { Name: "--", Value: null })
            {
                return found;
            }

            found.Add(argument);
            at = end;
        }
    }

    /// <summary>Writes a word.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="value">Its value; null for one without =. It cannot hold a ": the kernel has no way to escape one.</param>
    /// <returns>The word, with quotes where the value holds a blank.</returns>
    public static string WordOf(string name, string? value) =>
        value is null ? name : value.Any(IsSpace) ? $"{name}=\"{value}\"" : $"{name}={value}";

    /// <summary>Where a quote is opened that is never closed; -1 where there is none.</summary>
    /// <param name="line">The command line.</param>
    /// <returns>The quote's place.</returns>
    public static int OpenQuote(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        int open = -1;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                open = open < 0 ? i : -1;
            }
        }

        return open;
    }

    /// <summary>White space as the kernel's isspace has it, the no-break space of Latin-1 included.</summary>
    internal static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r') or '\u00a0';

    private static int EndOfWord(string line, int at)
    {
        bool isQuoted = false;
        for (; at < line.Length && (isQuoted || !IsSpace(line[at])); at++)
        {
            isQuoted ^= line[at] == '"';
        }

        return at;
    }

    private static KernelArgument Of(string line, int start, int end)
    {
        ReadOnlySpan<char> word = line.AsSpan(start, end - start);
        bool isWholeQuoted = word[0] == '"';
        if (isWholeQuoted)
        {
            word = word.Length > 1 && word[^1] == '"' ? word[1..^1] : word[1..];
        }

        // The kernel takes = at the word's first place for a part of the name.
        int equals = word.Length > 1 ? word[1..].IndexOf('=') + 1 : 0;
        if (equals <= 0)
        {
            return new KernelArgument(word.ToString(), null, start, end);
        }

        ReadOnlySpan<char> value = word[(equals + 1)..];
        if (value.Length > 0 && value[0] == '"')
        {
            value = value.Length > 1 && value[^1] == '"' ? value[1..^1] : value[1..];
        }

        return new KernelArgument(word[..equals].ToString(), value.ToString(), start, end);
    }
}
