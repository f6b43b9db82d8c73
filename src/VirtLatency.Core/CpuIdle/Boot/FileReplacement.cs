using System.Globalization;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// Puts new content in a file's place so that at every moment the file is the old one or the new one, whole: a copy of
/// the old one is written beside it and synced, then the new content under another name with the old one's owner, mode
/// and labels, synced; then it is renamed, and the folder synced.
/// </summary>
internal static class FileReplacement
{
    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file; no link.</param>
    /// <param name="old">The content that it must still have.</param>
    /// <param name="content">The new content.</param>
    /// <param name="step">Called before each step that touches the disk, with its name, for tests; null for nobody.</param>
    /// <param name="pieceSize">Bytes of one write.</param>
    /// <returns>The backup's path.</returns>
    /// <exception cref="BootFileException">The file is not what it was.</exception>
    /// <exception cref="IOException">Writing failed; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission; the file is as it was.</exception>
    public static string Replace(string path, byte[] old, byte[] content, Action<string>? step = null, int pieceSize = 4096)
    {
        string folder = Path.GetDirectoryName(path)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        string backup = BackupOf(path);
        bool isDone = false;
        try
        {
            Write(backup, old, path, step, pieceSize);
            Write(temporary, content, path, step, pieceSize);
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(old))
            {
                throw new BootFileException(BootFileProblem.Changed, path, 0, "somebody else changed the file meanwhile. It was left as it is; run the command again.");
            }

            step?.Invoke("rename");
            File.Move(temporary, path, overwrite: true);
            isDone = true;
            step?.Invoke("sync folder");
            FileOwner.SyncFolder(folder);
            return backup;
        }
        finally
        {
            if (!isDone)
            {
                File.Delete(temporary);
                File.Delete(backup);
            }
        }
    }

    private static void Write(string path, byte[] content, string like, Action<string>? step, int pieceSize)
    {
        step?.Invoke("create");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        for (int at = 0; at < content.Length; at += pieceSize)
        {
            step?.Invoke("write");
            stream.Write(content.AsSpan(at, Math.Min(pieceSize, content.Length - at)));
        }

        step?.Invoke("owner");
        FileOwner.Copy(like, path);
        step?.Invoke("sync");
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Beside the file, with an end that neither grub-mkconfig (.cfg) nor the boot loader (.conf) reads.</summary>
    private static string BackupOf(string path)
    {
        string stem = path + "." + DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string backup = stem + ".bak";
        for (int i = 2; File.Exists(backup); i++)
        {
            backup = FormattableString.Invariant($"{stem}-{i}.bak");
        }

        return backup;
    }
}
