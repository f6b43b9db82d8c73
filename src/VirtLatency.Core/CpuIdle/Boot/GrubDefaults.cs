namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// What /etc/default/grub and the files of grub.d make of the command line: grub-mkconfig reads them as one script, and
/// writes GRUB_CMDLINE_LINUX and behind it GRUB_CMDLINE_LINUX_DEFAULT to each normal entry.
/// </summary>
internal sealed class GrubDefaults
{
    private readonly Dictionary<string, TracedLine> _variables = new(StringComparer.Ordinal);

    /// <summary>Evaluates the files.</summary>
    /// <param name="files">Path and text, in the order in which they are read.</param>
    /// <returns>The command line.</returns>
    /// <exception cref="BootFileException">A file is malformed.</exception>
    public static TracedLine CommandLineOf(IEnumerable<(string Path, string Text)> files)
    {
        var defaults = new GrubDefaults();
        string last = "/etc/default/grub";
        foreach ((string path, string text) in files)
        {
            last = path;
            foreach (ShellAssignment assignment in BootFileText.Parse(path, text).Assignments)
            {
                defaults.Assign(path, text, assignment);
            }
        }

        return new TracedLine().Add(defaults.ValueOf("GRUB_CMDLINE_LINUX")).Add(" ", new BootOrigin(last, 1)).Add(defaults.ValueOf("GRUB_CMDLINE_LINUX_DEFAULT"));
    }

    private TracedLine ValueOf(string name) => _variables.TryGetValue(name, out TracedLine? value) ? value : new TracedLine();

    private void Assign(string path, string text, ShellAssignment assignment)
    {
        TracedLine value = assignment.IsAppend ? new TracedLine().Add(ValueOf(assignment.Name)) : new TracedLine();
        if (assignment.IsConditional)
        {
            value.AddDoubt(FormattableString.Invariant($"{path}:{assignment.Line} sets {assignment.Name} under a condition; taken as true"));
        }

        foreach (SourceChar c in assignment.Chars)
        {
            var origin = new BootOrigin(path, ShellScript.LineOf(text, c.Start));
            if (c.Value != SourceChar.Opaque)
            {
                value.Add(c.Value is '\n' or '\r' ? " " : c.Value.ToString(), origin);
            }
            else if (c.Variable is not null)
            {
                value.Add(ValueOf(c.Variable));
            }
            else
            {
                value.AddDoubt(FormattableString.Invariant($"{path}:{origin.Line} computes a part of {assignment.Name} when it is read; that part is not known"));
            }
        }

        _variables[assignment.Name] = value;
    }
}
