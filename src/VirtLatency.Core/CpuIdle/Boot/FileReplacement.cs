using System.Globalization;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// Puts new content in a file's place so that at every moment the file is the old one or the new one, whole: a copy of
/// the old one is written beside it and synced, then the new content under another name with the old one's owner, mode
/// and labels, synced; then it is renamed, and the folder synced.
/// </summary>
internal static class FileReplacement
{
    /// <summary>EEXIST of asm-generic/errno-base.h, which .NET keeps as the error's code.</summary>
    private const int Exists = 17;

    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file; no link.</param>
    /// <param name="old">The content that it must still have.</param>
    /// <param name="content">The new content.</param>
    /// <param name="step">Called before each step that touches the disk, with its name, for tests; null for nobody.</param>
    /// <param name="pieceSize">Bytes of one write.</param>
    /// <returns>The backup's path.</returns>
    /// <exception cref="BootFileException">The file is not what it was; or it was replaced, and the disk did not confirm it.</exception>
    /// <exception cref="IOException">Writing failed; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission; the file is as it was.</exception>
    public static string Replace(string path, byte[] old, byte[] content, Action<string>? step = null, int pieceSize = 4096)
    {
        string folder = Path.GetDirectoryName(path)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        string backup = BackUp(path, old, step, pieceSize);
        bool isDone = false;
        try
        {
            DurableFile.Create(temporary, content, step, pieceSize, () => Own(path, temporary, step));
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(old))
            {
                throw new BootFileException(BootFileProblem.Changed, path, 0, "somebody else changed the file meanwhile. It was left as it is; run the command again.");
            }

            step?.Invoke("rename");
            File.Move(temporary, path, overwrite: true);
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                File.Delete(temporary);
                File.Delete(backup);
            }
        }

        Flush(path, folder, backup, step);
        return backup;
    }

    /// <summary>
    /// Copies the old content beside the file, with an end that neither grub-mkconfig (.cfg) nor the boot loader (.conf)
    /// reads. A name that another session takes meanwhile is left to it.
    /// </summary>
    private static string BackUp(string path, byte[] old, Action<string>? step, int pieceSize)
    {
        string stem = path + "." + DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        for (int i = 1; ; i++)
        {
            string backup = i == 1 ? stem + ".bak" : FormattableString.Invariant($"{stem}-{i}.bak");
            try
            {
                DurableFile.Create(backup, old, step, pieceSize, () => Own(path, backup, step));
                return backup;
            }
            catch (IOException e) when (e.HResult == Exists)
            {
            }
        }
    }

    private static void Own(string like, string path, Action<string>? step)
    {
        step?.Invoke("owner");
        FileOwner.Copy(like, path);
    }

    private static void Flush(string path, string folder, string backup, Action<string>? step)
    {
        try
        {
            step?.Invoke("sync folder");
            DurableFile.FlushFolder(folder);
        }
        catch (IOException e)
        {
            throw new BootFileException(BootFileProblem.NotSynced, path, 0, $"the new content is in place, but the disk did not confirm it: {e.Message} After a loss of power the old one may be back. The old one is kept as {backup}.");
        }
    }
}
