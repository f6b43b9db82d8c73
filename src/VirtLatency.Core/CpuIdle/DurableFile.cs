using System.Runtime.InteropServices;
using System.Text;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.CpuIdle;

/// <summary>Files that are there whole, or not at all, also after a loss of power.</summary>
internal static partial class DurableFile
{
    // asm-generic/fcntl.h, and EINVAL of errno-base.h: fsync(2) has it for what cannot be flushed.
    private const int CloseOnExec = 0x80000;
    private const int NotSupported = 22;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes beside the place, flushes, renames, and flushes the folder.</summary>
    /// <param name="path">The file; what was there is replaced.</param>
    /// <param name="content">Its bytes.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, "." + Path.GetFileName(path) + "." + Guid.NewGuid().ToString("N"));
        Create(temporary, content);
        try
        {
            File.Move(temporary, path, overwrite: true);
            FlushFolder(folder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a file of this user's own (0600) that was not there, and flushes it; its name in the folder is not flushed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="step">Called before each step that touches the disk, with its name; null for nobody.</param>
    /// <param name="pieceSize">Bytes of one write.</param>
    /// <param name="finish">Done before the flush, to give the file an owner, for instance.</param>
    /// <exception cref="IOException">It exists (then it was not touched), or writing failed; nothing of it is left.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content, Action<string>? step = null, int pieceSize = 4096, Action? finish = null)
    {
        step?.Invoke("create");
        var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = Private });
        try
        {
            using (stream)
            {
                for (int at = 0; at < content.Length; at += pieceSize)
                {
                    step?.Invoke("write");
                    stream.Write(content.Slice(at, Math.Min(pieceSize, content.Length - at)));
                }

                finish?.Invoke();
                step?.Invoke("sync");
                stream.Flush(flushToDisk: true);
            }
        }
        catch
        {
            File.Delete(path);
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
    /// <exception cref="IOException">It cannot be flushed. A file system that flushes no folders is no error.</exception>
    public static void FlushFolder(string folder)
    {
        int handle = Open(Encoding.UTF8.GetBytes(folder + "\0"), CloseOnExec);
        if (handle < 0)
        {
            throw new IOException($"The folder '{folder}' cannot be opened to flush it: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        int result = Flush(handle);
        int error = Marshal.GetLastPInvokeError();
        string message = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(handle);
        if (result != 0 && error != NotSupported)
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
