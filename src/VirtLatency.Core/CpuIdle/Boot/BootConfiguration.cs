using System.Globalization;
using System.Text.RegularExpressions;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// The command lines of a host: the one it runs with, the one that the boot loader's files give the next boot, and the one
/// that its settings (/etc/default/grub, /etc/kernel/cmdline) give once the boot loader's files are made anew.
/// </summary>
internal sealed partial class BootConfiguration
{
    private BootConfiguration(BootTree tree) => Tree = tree;

    /// <summary>The files.</summary>
    public BootTree Tree { get; }

    /// <summary>/proc/cmdline; null where it was not read.</summary>
    public TracedLine? Running { get; private set; }

    /// <summary>The default entry's; null where no boot loader file tells.</summary>
    public TracedLine? Next { get; private set; }

    /// <summary>The settings'; null where there are none.</summary>
    public TracedLine? Configured { get; private set; }

    /// <summary>Which entry the next boot takes, in words.</summary>
    public string? Entry { get; private set; }

    /// <summary>Files that are malformed.</summary>
    public IReadOnlyList<BootFileException> Problems { get; private set; } = [];

    /// <summary>Whether the entries hold their whole options (and not $kernelopts): grub-mkconfig alone may leave those as they are.</summary>
    public bool HasWholeEntries { get; private set; }

    /// <summary>Whether a file of the boot loader is kept from this user.</summary>
    public bool Denied => Tree.Denied.Any(path => path.StartsWith("/boot/", StringComparison.Ordinal) || path.StartsWith("/efi/", StringComparison.Ordinal));

    /// <summary>Reads a host.</summary>
    public static BootConfiguration Read(IHostAccess host, CancellationToken cancellation = default) => Of(new BootTree(host.Read(BootTree.Patterns, cancellation)));

    /// <summary>Makes it of the files.</summary>
    public static BootConfiguration Of(BootTree tree)
    {
        List<BootFileException> problems = [.. tree.Cut.Select(path => new BootFileException(
            BootFileProblem.TooLong, path, 0, FormattableString.Invariant($"it is longer than {HostTree.MostBytes / 1024 / 1024} MiB, of which only the beginning was read. Edit it by hand.")))];
        var made = new BootConfiguration(tree) { Problems = problems };
        made.Running = tree.TextOf("/proc/cmdline") is { } running ? TracedLine.Of(running, "/proc/cmdline", 1) : null;
        Try(problems, made.ReadNext);
        Try(problems, made.ReadConfigured);
        return made;
    }

    private static void Try(List<BootFileException> problems, Action read)
    {
        try
        {
            read();
        }
        catch (BootFileException e)
        {
            problems.Add(e);
        }
    }

    private void ReadConfigured()
    {
        (string Path, string Text)[] defaults = [.. Tree.GrubDefaults()];
        if (defaults.Length > 0)
        {
            Configured = Expand(GrubDefaults.CommandLineOf(defaults));
        }
        else if (Tree.TextOf("/etc/kernel/cmdline") is { } text)
        {
            BootFileText.Parse("/etc/kernel/cmdline", text);
            Configured = LinesOf(text, "/etc/kernel/cmdline");
        }
    }

    private void ReadNext()
    {
        (string Path, GrubMenu Menu)? menu = Tree.Menu();
        (string Path, string Text)[] entries = [.. Tree.LoaderEntries()];
        var environment = Tree.Environment().Values;
        string? chosen = environment.TryGetValue("next_entry", out var once) && once.Value.Length > 0 ? once.Value : environment.GetValueOrDefault("saved_entry").Value;
        if (entries.Length > 0 && menu?.Menu.HasEntries != true)
        {
            ReadLoaderEntry(entries, chosen);
        }
        else if (menu?.Menu.Default(chosen) is { } entry)
        {
            Entry = $"entry '{entry.Title}' of {menu.Value.Path}";
            Next = Expand(TracedLine.Of(entry.CommandLine, menu.Value.Path, entry.Line));
        }
    }

    private void ReadLoaderEntry((string Path, string Text)[] entries, string? chosen)
    {
        string NameOf(string path) => Path.GetFileNameWithoutExtension(path);
        (string Path, string Text)[] sorted = [.. entries.OrderByDescending(entry => SortKey(Key(entry.Text, "version") ?? NameOf(entry.Path)), StringComparer.Ordinal)];
        int found = Array.FindIndex(sorted, entry => !string.IsNullOrEmpty(chosen) && (NameOf(entry.Path) == chosen || Path.GetFileName(entry.Path) == chosen || Key(entry.Text, "title") == chosen));
        if (found < 0 && int.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < sorted.Length)
        {
            found = index;
        }

        (string path, string text) = sorted[Math.Max(0, found)];
        Entry = $"entry {Path.GetFileName(path)}" + (found < 0 && entries.Length > 1 ? ", the newest" : string.Empty);
        var line = new TracedLine();
        BootFileText file = BootFileText.Parse(path, text);
        foreach (CommandLineField field in file.Fields)
        {
            foreach (SourceChar c in field.Chars)
            {
                line.Add(c.Value.ToString(), new BootOrigin(path, ShellScript.LineOf(text, c.Start)));
            }

            line.Add(" ", new BootOrigin(path, 1));
        }

        HasWholeEntries = !line.Text.Contains("$kernelopts", StringComparison.Ordinal);
        Next = Expand(line);
    }

    private static string? Key(string entry, string key) =>
        entry.Split('\n').Select(line => line.Trim().Split([' ', '\t'], 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0] == key)?[1].Trim();

    /// <summary>Numbers in a version compare as numbers.</summary>
    private static string SortKey(string version) => Digits().Replace(version, match => match.Value.PadLeft(12, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\$(?:\{(?<name>[A-Za-z_]\w*)\}|(?<name>[A-Za-z_]\w*))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();

    /// <summary>Puts in what the boot loader puts in for $kernelopts, $tuned_params and the like.</summary>
    private TracedLine Expand(TracedLine line)
    {
        string text = line.Text;
        (string environmentPath, var environment) = Tree.Environment();
        (string Path, GrubMenu Menu)? menu = Tree.Menu();
        var expanded = new TracedLine();
        int at = 0;
        foreach (Match match in Variables().Matches(text))
        {
            expanded.Add(line, at, match.Index);
            string name = match.Groups["name"].Value;
            if (environment.TryGetValue(name, out var value))
            {
                expanded.Add(value.Value, new BootOrigin(environmentPath, value.Line));
            }
            else if (menu is { } found && (found.Menu.Variables.TryGetValue(name, out var set) || found.Menu.Variables.TryGetValue("default_" + name, out set)))
            {
                expanded.Add(set.Value, new BootOrigin(found.Path, set.Line));
            }
            else if (name is not ("tuned_params" or "tuned_initrd"))
            {
                expanded.AddDoubt($"the boot loader puts ${name} in, and no file that was read says what that is");
            }

            at = match.Index + match.Length;
        }

        return expanded.Add(line, at, text.Length);
    }

    private static TracedLine LinesOf(string text, string path)
    {
        var line = new TracedLine();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            line.Add(lines[i] + " ", new BootOrigin(path, i + 1));
        }

        return line;
    }
}
