namespace VirtLatency.Environments;

/// <summary>Files that are there whole, or as they were: written beside their place, flushed, and renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="overwrite">An existing file is replaced.</param>
    /// <param name="write">Writes the content; the stream can be written, read and sought.</param>
    /// <exception cref="IOException">It cannot be written, or exists and must not be replaced; nothing of it is left.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (overwrite && File.Exists(path) && !OperatingSystem.IsWindows())
            {
                // A file that only its owner may read stays so.
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite);
        }
        finally
        {
            // Nothing is left to delete once it was renamed.
            File.Delete(temporary);
        }
    }
}
