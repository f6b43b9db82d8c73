namespace VirtLatency.Shell;

/// <summary>The command line.</summary>
/// <param name="Mode">What is asked for.</param>
/// <param name="Text">The script's path, the command's text, or what is wrong.</param>
/// <param name="Arguments">Arguments of the script.</param>
public sealed record ShellOptions(ShellMode Mode, string Text, IReadOnlyList<string> Arguments)
{
    /// <summary>Reads a command line as pwsh does: options before -File or -Command, then the rest is theirs.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The options.</returns>
    public static ShellOptions Parse(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count; i++)
        {
            IReadOnlyList<string> rest = [.. args.Skip(i + 1)];
            switch (args[i].ToLowerInvariant())
            {
                case "-noprofile" or "-nop" or "-nologo" or "-noninteractive" or "-noni":
                    continue;
                case "--help" or "-help" or "-h" or "-?":
                    return new ShellOptions(ShellMode.Help, string.Empty, []);
                case "--version" or "-version" or "-v":
                    return new ShellOptions(ShellMode.Version, string.Empty, []);
                case "-command" or "-c":
                    return rest.Count == 0
                        ? Wrong("-Command wants a text.")
                        : new ShellOptions(ShellMode.Command, string.Join(' ', rest), []);
                case "-file" or "-f":
                    return rest.Count == 0 ? Wrong("-File wants a script's path.") : OfFile(rest[0], [.. rest.Skip(1)]);
                case ['-', ..]:
                    return Wrong($"'{args[i]}' is no option of this shell.");
                default:
                    return OfFile(args[i], rest);
            }
        }

        return new ShellOptions(ShellMode.Interactive, string.Empty, []);
    }

    private static ShellOptions OfFile(string path, IReadOnlyList<string> arguments) => File.Exists(path)
        ? new ShellOptions(ShellMode.File, Path.GetFullPath(path), arguments)
        : Wrong($"The script '{path}' does not exist.");

    private static ShellOptions Wrong(string message) => new(ShellMode.Wrong, message, []);
}
