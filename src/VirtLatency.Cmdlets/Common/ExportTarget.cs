using System.Management.Automation;

namespace VirtLatency.Common;

/// <summary>A file that is to be written: what stands against it is said before anything is read or computed.</summary>
internal static class ExportTarget
{
    /// <summary>Resolves and checks the file; whatever stands against it ends the command.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="path">What the user typed; taken literally.</param>
    /// <param name="example">A file's name to give for a folder.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <returns>The full path.</returns>
    public static string Check(PSCmdlet command, string path, string example, bool force)
    {
        string target = PathResolver.ToWrite(command, path) ?? string.Empty;
        if (Directory.Exists(target))
        {
            command.ThrowTerminatingError(ErrorFactory.ExportPathIsDirectory(target, example));
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            command.ThrowTerminatingError(ErrorFactory.ExportFolderMissing(target));
        }

        if (File.Exists(target) && !force)
        {
            command.ThrowTerminatingError(ErrorFactory.FileExists(target));
        }

        return target;
    }
}
