using System.Runtime.InteropServices;
using System.Text;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// What a file has beside its content and must keep when another takes its place: owner, group, mode, access list and
/// SELinux label. The runtime knows the mode only.
/// </summary>
internal static class FileOwner
{
    private const int CurrentFolder = -100;
    private const uint BasicStats = 0x7ff;

    /// <summary>Labels that are copied where a file has them (xattr(7)).</summary>
    private static readonly string[] Labels = ["security.selinux", "system.posix_acl_access"];

    /// <summary>Gives a file the owner, mode and labels of another.</summary>
    /// <param name="from">The file that has them.</param>
    /// <param name="to">The file that gets them.</param>
    /// <exception cref="UnauthorizedAccessException">The owner is another, and only root may give files away.</exception>
    public static void Copy(string from, string to)
    {
        (int user, int group)? owner = Of(from);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (owner is { } wanted && owner != Of(to) && ChangeOwner(Name(to), wanted.user, wanted.group) != 0)
        {
            throw new UnauthorizedAccessException($"'{to}' cannot be given to the owner of '{from}'. Run as root (sudo).");
        }

        // Behind the owner: changing that clears bits of the mode.
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        byte[] value = new byte[64 * 1024];
        foreach (string label in Labels)
        {
            nint length = GetAttribute(Name(from), Name(label), value, value.Length);
            if (length > 0)
            {
                _ = SetAttribute(Name(to), Name(label), value, length, 0);
            }
        }
    }

    /// <summary>Numbers of the user and the group that a file belongs to; null where the C library is too old to say.</summary>
    public static (int User, int Group)? Of(string path)
    {
        // struct statx, the same on every machine: stx_uid at 20, stx_gid at 24 (include/uapi/linux/stat.h).
        byte[] buffer = new byte[256];
        try
        {
            return StatX(CurrentFolder, Name(path), 0, BasicStats, buffer) == 0 ? (BitConverter.ToInt32(buffer, 20), BitConverter.ToInt32(buffer, 24)) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a path is a file, and no pipe, device or socket: to open one of those may wait for ever. True where the C library is too old to say.</summary>
    public static bool IsRegular(string path)
    {
        // stx_mode at 28; S_IFMT and S_IFREG of linux/stat.h.
        byte[] buffer = new byte[256];
        try
        {
            return StatX(CurrentFolder, Name(path), 0, BasicStats, buffer) != 0 || (BitConverter.ToUInt16(buffer, 28) & 0xf000) == 0x8000;
        }
        catch (EntryPointNotFoundException)
        {
            return true;
        }
    }

    private static byte[] Name(string text) => Encoding.UTF8.GetBytes(text + "\0");

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] buffer);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "chown", ExactSpelling = true)]
    private static extern int ChangeOwner(byte[] path, int user, int group);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "getxattr", ExactSpelling = true)]
    private static extern nint GetAttribute(byte[] path, byte[] name, byte[] value, nint size);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "setxattr", ExactSpelling = true)]
    private static extern int SetAttribute(byte[] path, byte[] name, byte[] value, nint size, int flags);
}
