using System.ComponentModel;
using System.Diagnostics;
using VirtLatency.Ssh;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>The distribution's command that carries a setting to the files that the boot loader reads.</summary>
internal static class RegenerateCommand
{
    /// <summary>Stands for a release that is not known here: the shell that the shown command is for finds it.</summary>
    private const string UnknownRelease = "$(uname -r)";

    /// <summary>The command as a list: program and arguments, never a line for a shell.</summary>
    /// <param name="boot">The host.</param>
    /// <param name="file">The file that was edited.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="word">Its word; null where it was taken out.</param>
    /// <param name="kernelRelease">The running kernel; null where it is not known.</param>
    /// <returns>The command, or none where the boot loader reads the file itself; and what to know about it.</returns>
    public static (IReadOnlyList<string> Arguments, string? Note) Of(BootConfiguration boot, string file, string name, string? word, string? kernelRelease) => BootFileText.KindOf(file) switch
    {
        BootFileKind.LoaderEntry => ([], "the boot loader reads this entry itself; entries of other kernels, and of later ones, are not changed"),
        BootFileKind.KernelCommandLine => KernelInstall(kernelRelease ?? UnknownRelease),
        _ => Grub(boot, name, word),
    };

    /// <summary>The command as a line for a shell, quoted so that it does there what it does here.</summary>
    public static string? TextOf(IReadOnlyList<string> arguments) => arguments.Count == 0 ? null : string.Join(' ', arguments.Select(WordOf));

    /// <summary>Runs the command to its end: what it writes is not to be cut off by a Ctrl-C here.</summary>
    /// <param name="arguments">Program and arguments.</param>
    /// <param name="path">Where the program is looked for, as in PATH; null for PATH itself.</param>
    /// <returns>The exit code (127 where there is no such program) and the last lines of what it printed.</returns>
    public static (int Code, string Output) Run(IReadOnlyList<string> arguments, string? path = null)
    {
        if (arguments.Any(IsUnknownRelease))
        {
            return (127, "The running kernel's release is not known.");
        }

        if (ProgramPath.Find(arguments[0], path) is not { } program)
        {
            return (127, $"'{arguments[0]}' is not on PATH.");
        }

        var start = new ProcessStartInfo(program, arguments.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string[] lines = (output + errors.GetAwaiter().GetResult()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return (process.ExitCode, VisibleText.Line(string.Join(" | ", lines.TakeLast(5))));
        }
        catch (Win32Exception e)
        {
            return (127, e.Message + ".");
        }
    }

    private static string WordOf(string argument)
    {
        if (IsUnknownRelease(argument))
        {
            return $"\"{argument}\"";
        }

        bool isPlain = argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "_-.,=:/@%+".Contains(c, StringComparison.Ordinal));
        return isPlain ? argument : ShellText.Quote(argument);
    }

    private static bool IsUnknownRelease(string argument) => argument is UnknownRelease or $"/lib/modules/{UnknownRelease}/vmlinuz";

    private static (IReadOnlyList<string> Arguments, string? Note) KernelInstall(string release) =>
        (["kernel-install", "add", release, $"/lib/modules/{release}/vmlinuz"], "for the running kernel; run it for each other kernel too");

    private static (IReadOnlyList<string> Arguments, string? Note) Grub(BootConfiguration boot, string name, string? word)
    {
        if (boot.Tree.IsDebian)
        {
            return (["update-grub"], null);
        }

        string path = PathOf(boot.Tree);
        if (boot.HasWholeEntries)
        {
            // Entries with their whole options: grub2-mkconfig leaves them unless told otherwise, and older ones cannot be told.
            return (["grubby", "--update-kernel=ALL", word is null ? "--remove-args=" + name : "--args=" + word],
                $"boot entries hold their own options; from grub2 2.06-70 (RHEL 9.3), grub2-mkconfig -o {path} --update-bls-cmdline does it too");
        }

        return ([path.StartsWith("/boot/grub/", StringComparison.Ordinal) ? "grub-mkconfig" : "grub2-mkconfig", "-o", path], null);
    }

    /// <summary>
    /// The grub.cfg with the menu. Where it may not be read: with EFI it lies in the distribution's folder of the EFI
    /// partition up to RHEL 8 and Fedora 33; from then on, and with a BIOS, in /boot/grub2.
    /// </summary>
    private static string PathOf(BootTree tree)
    {
        if (tree.Menu() is { } menu)
        {
            return menu.Path;
        }

        bool isUnified = tree.Version is { } version && tree.Distribution switch { "fedora" => version >= 34, "rhel" or "centos" or "rocky" or "almalinux" => version is >= 9 and < 100, "opensuse-leap" or "sles" or "opensuse-tumbleweed" => true, _ => false };
        return tree.IsEfi && !isUnified && tree.Distribution is { } id ? $"/boot/efi/EFI/{(id == "rhel" ? "redhat" : id)}/grub.cfg" : "/boot/grub2/grub.cfg";
    }
}
