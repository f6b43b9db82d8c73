namespace VirtLatency.Ssh;

/// <summary>
/// Finds programs on PATH as a shell does. Process alone would look beside this program and in the current folder before, and
/// anybody may have put a file there.
/// </summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Finds a program.</summary>
    /// <param name="program">Its name, or its absolute path.</param>
    /// <param name="path">Folders to look in, joined by colons; null for those of PATH. Relative ones are passed over.</param>
    /// <returns>Absolute path; null where there is none.</returns>
    public static string? Find(string program, string? path = null)
    {
        if (Path.IsPathRooted(program))
        {
            return File.Exists(program) ? program : null;
        }

        return (path ?? Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None);
}
