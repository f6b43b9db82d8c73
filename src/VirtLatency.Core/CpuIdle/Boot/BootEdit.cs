using System.Text;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>An edit of one boot file, worked out and checked before anything is written.</summary>
internal sealed class BootEdit
{
    private readonly string _root;
    private readonly string _realPath;
    private readonly byte[] _old;
    private readonly byte[] _new;

    private BootEdit(string root, string path, string realPath, byte[] old, byte[] @new)
    {
        _root = root;
        Path = path;
        _realPath = realPath;
        _old = old;
        _new = @new;
    }

    /// <summary>The file, as asked for.</summary>
    public string Path { get; }

    /// <summary>The parameter's value in the settings before; null where it was not given.</summary>
    public string? Before { get; private init; }

    /// <summary>Whether anything is to be written.</summary>
    public bool IsNeeded => !_old.AsSpan().SequenceEqual(_new);

    /// <summary>What is to change, as text.</summary>
    public string Difference => TextDifference.Of(Path, Encoding.UTF8.GetString(_old), Encoding.UTF8.GetString(_new));

    /// <summary>Works an edit out.</summary>
    /// <param name="root">The folder of a tree; empty for this machine.</param>
    /// <param name="boot">The host.</param>
    /// <param name="file">The file, as the host has it; null to choose it.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="word">The word to set; null to take the parameter out.</param>
    /// <exception cref="BootFileException">A file is malformed, or the parameter cannot be set in this one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read it.</exception>
    public static BootEdit Plan(string root, BootConfiguration boot, string? file, string name, string? word)
    {
        if (boot.Problems.FirstOrDefault(problem => file is null || problem.Path == file) is { } malformed)
        {
            throw malformed;
        }

        string path = file ?? Choose(boot, name);
        _ = BootFileText.KindOf(path);
        string real = HostPath.Resolve(root, path);
        if (!File.Exists(root + real))
        {
            throw new BootFileException(BootFileProblem.Missing, path, 0, "there is no such file.");
        }

        if (!FileOwner.IsRegular(root + real))
        {
            throw new BootFileException(BootFileProblem.NotEditable, path, 0, "it is a pipe or a device, and no file.");
        }

        byte[] old = File.ReadAllBytes(root + real);
        string text = Encoding.Latin1.GetString(old);
        string changed = BootFileText.Parse(path, text).With(name, word);
        Check(boot, path, changed, name, word);
        return new BootEdit(root, path, real, old, Encoding.Latin1.GetBytes(changed)) { Before = Find(boot, path, text, name)?.Value };
    }

    /// <summary>Writes.</summary>
    /// <returns>The backup's path, as the host has it.</returns>
    public string Write() => FileReplacement.Replace(_root + _realPath, _old, _new)[_root.Length..];

    /// <summary>The file that has the parameter already, else the one that distributions want edited.</summary>
    private static string Choose(BootConfiguration boot, string name)
    {
        if (boot.Configured?.Find(name) is { } found)
        {
            return found.Origin.File;
        }

        string? known = ((string[])["/etc/default/grub", "/etc/kernel/cmdline"]).FirstOrDefault(path => boot.Tree.TextOf(path) is not null)
            ?? boot.Tree.LoaderEntries().Select(entry => entry.Path).FirstOrDefault(path => boot.Entry?.Contains(System.IO.Path.GetFileName(path), StringComparison.Ordinal) == true);
        return known ?? throw new BootFileException(
            BootFileProblem.Missing, "/etc/default/grub", 0, "neither this file nor /etc/kernel/cmdline nor a boot entry can be read. Run as root, or name the file with -BootFile.");
    }

    /// <summary>The edited files must give what was asked for: another place may set the parameter too, and win.</summary>
    private static void Check(BootConfiguration boot, string path, string changed, string name, string? word)
    {
        KernelArgument wanted = word is null ? default : KernelCommandLine.Parse(word)[0];
        var found = Find(boot, path, changed, name);
        if (found?.Value == (word is null ? null : wanted.Value ?? string.Empty))
        {
            return;
        }

        throw found is { } other
            ? new BootFileException(BootFileProblem.Overridden, other.Origin.File, other.Origin.Line, $"sets {name}={other.Value}, and wins over {path}. Edit that file first (-BootFile {other.Origin.File}).")
            : new BootFileException(BootFileProblem.Overridden, path, 0, $"what {name} is set to here does not come through to the command line: the variable is set anew behind it, or a word -- stands before it. Edit the file by hand.");
    }

    private static (string Value, BootOrigin Origin, int Count)? Find(BootConfiguration boot, string path, string text, string name)
    {
        (string Path, string Text)[] defaults = [.. boot.Tree.GrubDefaults()];
        if (defaults.Any(entry => entry.Path == path))
        {
            return GrubDefaults.CommandLineOf(defaults.Select(entry => entry.Path == path ? (path, text) : entry)).Find(name);
        }

        var line = new TracedLine();
        foreach (CommandLineField field in BootFileText.Parse(path, text).Fields)
        {
            line.Add(field.Value + " ", new BootOrigin(path, field.Words.Count > 0 ? field.LineOf(field.Words[0]) : 1));
        }

        return line.Find(name);
    }
}
