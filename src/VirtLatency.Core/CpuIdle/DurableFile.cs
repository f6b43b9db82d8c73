using System.Runtime.InteropServices;
using System.Text;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.CpuIdle;

/// <summary>Files that are there whole, or not at all, also after a loss of power.</summary>
internal static partial class DurableFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes beside the place, flushes, renames, and flushes the folder.</summary>
    /// <param name="path">The file; what was there is replaced.</param>
    /// <param name="content">Its bytes.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, "." + Path.GetFileName(path) + "." + Guid.NewGuid().ToString("N"));
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            FlushFolder(folder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a folder with those above it, each name of it durable.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mode">The mode of those that are made.</param>
    public static void MakeFolder(string folder, UnixFileMode mode)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(full))
        {
            return;
        }

        string? above = Path.GetDirectoryName(full);
        if (above is not null)
        {
            MakeFolder(above, mode);
        }

        Directory.CreateDirectory(full, mode);
        if (above is not null)
        {
            FlushFolder(above);
        }
    }

    /// <summary>Makes names in a folder durable; .NET opens no folders, so the C library is asked.</summary>
    /// <param name="folder">The folder.</param>
    public static void FlushFolder(string folder)
    {
        int handle = Open(Encoding.UTF8.GetBytes(folder + "\0"), flags: 0);
        if (handle < 0)
        {
            throw new IOException($"The folder '{folder}' cannot be opened to flush it: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        int result = Flush(handle);
        string message = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(handle);
        if (result != 0)
        {
            throw new IOException($"The folder '{folder}' cannot be flushed to disk: {message}.");
        }
    }

#pragma warning disable SYSLIB1054 // The generator's code is unsafe, and this assembly compiles without unsafe code.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
#pragma warning restore SYSLIB1054
}
