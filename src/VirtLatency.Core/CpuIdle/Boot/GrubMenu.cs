using System.Globalization;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>grub.cfg: the entries with a kernel, and which of them is booted.</summary>
internal sealed class GrubMenu
{
    private readonly List<MenuEntry> _entries = [];

    private GrubMenu()
    {
    }

    /// <summary>Whether the entries are those of the boot loader specification, read by the command blscfg.</summary>
    public bool ReadsLoaderEntries { get; private set; }

    /// <summary>What it sets by itself: default, default_kernelopts, kernelopts, tuned_params.</summary>
    public Dictionary<string, (string Value, int Line)> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there is an entry with a kernel.</summary>
    public bool HasEntries => _entries.Count > 0;

    /// <summary>Reads the file.</summary>
    public static GrubMenu Parse(string text)
    {
        var menu = new GrubMenu();
        string? title = null;
        string? id = null;
        int top = -1;
        int depth = 0;
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            string word = line.Split([' ', '\t'], 2)[0];
            if (word is "menuentry" or "submenu")
            {
                top += depth == 0 ? 1 : 0;
                depth++;
                (title, id) = NamesOf(line);
            }
            else if (line == "}" && depth > 0)
            {
                depth--;
            }
            else if (word is "linux" or "linux16" or "linuxefi" && depth > 0)
            {
                string[] parts = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
                menu._entries.Add(new MenuEntry(title ?? string.Empty, id, top, number, Unescape(parts.Length > 2 ? parts[2] : string.Empty)));
            }
            else if (word == "set")
            {
                menu.Set(line[3..].Trim(), number);
            }

            menu.ReadsLoaderEntries |= word == "blscfg";
        }

        return menu;
    }

    /// <summary>The entry that is booted: by its title, its id or its number, else the first.</summary>
    /// <param name="chosen">What was chosen; null for nothing.</param>
    public (string Title, string CommandLine, int Line)? Default(string? chosen)
    {
        string? wanted = string.IsNullOrEmpty(chosen) ? Variables.GetValueOrDefault("default").Value : chosen;
        string last = wanted?.Split('>')[^1] ?? string.Empty;
        MenuEntry? found = _entries.Find(entry => last.Length > 0 && (entry.Title == last || entry.Id == last))
            ?? (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? _entries.Find(entry => entry.Top == index) : null)
            ?? _entries.FirstOrDefault();
        return found is null ? null : (found.Title, found.CommandLine, found.Line);
    }

    private static (string? Title, string? Id) NamesOf(string line)
    {
        string? title = Quoted(line, 0);
        int option = line.IndexOf("menuentry_id_option", StringComparison.Ordinal);
        option = option < 0 ? line.IndexOf("--id", StringComparison.Ordinal) : option;
        return (title, option < 0 ? null : Quoted(line, option));
    }

    private static string? Quoted(string line, int from)
    {
        int start = line.AsSpan(from).IndexOfAny('\'', '"') + from;
        int end = start < from ? -1 : line.IndexOf(line[start], start + 1);
        return end < 0 ? null : line[(start + 1)..end];
    }

    /// <summary>The boot loader takes the backslash away that keeps a quote or a $ for the kernel.</summary>
    private static string Unescape(string text) =>
        text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\$", "$", StringComparison.Ordinal);

    private void Set(string assignment, int line)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        string value = equals < 0 ? string.Empty : assignment[(equals + 1)..].Trim('"', '\'');
        if (equals > 0 && !value.StartsWith("${", StringComparison.Ordinal))
        {
            // The last default is the one of the branch without a saved entry.
            Variables[assignment[..equals]] = (value, line);
        }
    }

    private sealed record MenuEntry(string Title, string? Id, int Top, int Line, string CommandLine);
}
