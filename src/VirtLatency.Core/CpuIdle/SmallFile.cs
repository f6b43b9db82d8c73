using System.Runtime.InteropServices;
using System.Text;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Reads one small file after the other into the same memory: open, read, close and nothing else, since a host has a
/// hundred thousand of them and .NET's own way to open asks the kernel several more questions about each.
/// </summary>
internal sealed class SmallFile
{
    /// <summary>PATH_MAX of linux/limits.h.</summary>
    private const int MostPathBytes = 4096;

    private const int FirstBytes = 64 * 1024;

    // asm-generic/fcntl.h. A captured tree may hold a pipe: to open one must not wait for a writer.
    private const int NotBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    // asm-generic/errno-base.h and errno.h.
    private const int NotPermitted = 1;
    private const int Interrupted = 4;
    private const int AccessDenied = 13;
    private const int TooManyLinks = 40;

    /// <summary>O_NOFOLLOW, of which ARM and PowerPC have a value of their own.</summary>
    private static readonly int NotFollowing = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    private readonly byte[] _path = new byte[MostPathBytes];
    private byte[] _content = new byte[FirstBytes];
    private int _length;

    /// <summary>What came of a look at a file.</summary>
    public enum Outcome
    {
        /// <summary>Its content is there.</summary>
        Read,

        /// <summary>No permission.</summary>
        Denied,

        /// <summary>It is a symbolic link, and those are not to be followed.</summary>
        Link,

        /// <summary>Not there (any more), a folder, or an attribute that has no value now.</summary>
        Nothing,
    }

    /// <summary>What was read last, <see cref="HostTree.MostBytes"/> at most.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Reads a file.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="followsLink">Whether a link is followed.</param>
    /// <param name="endsShort">
    /// True where a read that gives less than it was asked for is the last one: so it is with files on disk and with those of
    /// sysfs. Files of /proc can give a page at a time.
    /// </param>
    /// <returns>What came of it.</returns>
    public Outcome Read(string folder, string name, bool followsLink, bool endsShort)
    {
        _length = 0;
        if (Encoding.UTF8.GetMaxByteCount(folder.Length + name.Length) + 2 > MostPathBytes && Encoding.UTF8.GetByteCount(folder) + Encoding.UTF8.GetByteCount(name) + 2 > MostPathBytes)
        {
            return Outcome.Nothing;
        }

        int end = Encoding.UTF8.GetBytes(folder, _path);
        _path[end++] = (byte)'/';
        end += Encoding.UTF8.GetBytes(name, _path.AsSpan(end));
        _path[end] = 0;
        int file = Open(_path, CloseOnExec | NotBlocking | (followsLink ? 0 : NotFollowing));
        if (file < 0)
        {
            return OutcomeOf(Marshal.GetLastPInvokeError());
        }

        int error = Fill(file, endsShort);
        _ = Close(file);
        return error == 0 ? Outcome.Read : OutcomeOf(error);
    }

    private static Outcome OutcomeOf(int error) => error switch
    {
        AccessDenied or NotPermitted => Outcome.Denied,
        TooManyLinks => Outcome.Link,
        _ => Outcome.Nothing,
    };

    private int Fill(int file, bool endsShort)
    {
        while (true)
        {
            nint most = _content.Length - _length;
            nint read = Read(file, ref _content[_length], most);
            if (read < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == Interrupted)
                {
                    continue;
                }

                return error;
            }

            _length += (int)read;
            if (read == 0 || (endsShort && read < most) || _length >= HostTree.MostBytes)
            {
                return 0;
            }

            if (_length == _content.Length)
            {
                Array.Resize(ref _content, Math.Min(2 * _content.Length, HostTree.MostBytes));
            }
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "read", ExactSpelling = true, SetLastError = true)]
    private static extern nint Read(int file, ref byte content, nint length);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    private static extern int Close(int file);
}
