using System.Diagnostics;
using System.Text;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.CpuIdle;

/// <summary>This machine, or a tree captured from another: a copy of its /sys and /proc below a folder.</summary>
public sealed class LocalHost : IHostAccess
{
    /// <summary>Linux's EWOULDBLOCK, which .NET hands on in HResult.</summary>
    private const int WouldBlock = 11;

    private static readonly string[] NameFiles = ["/proc/sys/kernel/hostname", "/etc/hostname"];

    private readonly string _root;

    private LocalHost(string hostName, string root, bool isLive)
    {
        HostName = hostName;
        _root = root;
        IsLive = isLive;
    }

    /// <inheritdoc/>
    public string HostName { get; }

    /// <inheritdoc/>
    public bool IsLive { get; }

    /// <summary>This machine.</summary>
    /// <returns>Its access.</returns>
    public static LocalHost Live() => new(Environment.MachineName, string.Empty, isLive: true);

    /// <summary>A captured tree: the folder that holds sys and proc.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>Its access; named as its etc/hostname or proc/sys/kernel/hostname says, else as the folder.</returns>
    public static LocalHost Captured(string root)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        HostTree names = TreeReader.Read(full, NameFiles, CancellationToken.None);
        string? own = NameFiles.Select(name => VisibleText.Line(names.TextOf(name)?.Trim())).FirstOrDefault(text => text?.Length > 0);
        return new LocalHost(own ?? Path.GetFileName(full), full, isLive: false);
    }

    /// <inheritdoc/>
    public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default)
    {
        double clock = Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        return TreeReader.Read(_root, patterns, cancellation) with { ClockSeconds = IsLive ? clock : null };
    }

    /// <inheritdoc/>
    public long? ReadLatencyLimitUs()
    {
        if (!IsLive)
        {
            return null;
        }

        try
        {
            using FileStream device = new(LatencyHold.Device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> value = stackalloc byte[sizeof(int)];
            return device.ReadAtLeast(value, value.Length, throwOnEndOfStream: false) == value.Length ? BitConverter.ToInt32(value) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(string path, string value)
    {
        if (!IsLive)
        {
            throw new HostAccessException(HostAccessProblem.ReadOnly, HostName, $"'{_root}' is a captured tree of {HostName}; nothing can be changed there.");
        }

        try
        {
            using FileStream file = new(_root + path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(Encoding.ASCII.GetBytes(value));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostAccessException(HostAccessProblem.Missing, HostName, $"'{path}' is not there on {HostName}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new HostAccessException(HostAccessProblem.Denied, HostName, $"No permission to write '{path}' on {HostName}. Run as root: the same command in sudo pwsh.", e);
        }
        catch (IOException e)
        {
            HostAccessProblem problem = e.Message.Contains("Read-only", StringComparison.OrdinalIgnoreCase) ? HostAccessProblem.ReadOnly : HostAccessProblem.Refused;
            throw new HostAccessException(problem, HostName, $"'{path}' on {HostName} does not take '{value}': {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        if (!IsLive)
        {
            return HostLock.Nothing;
        }

        try
        {
            // A file that is not shared is locked by flock(2), which the command flock takes also: sessions over ssh see it.
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HostLock.Nothing;
        }
    }

    /// <inheritdoc/>
    public void StartDetached(string script)
    {
        if (!IsLive)
        {
            throw new HostAccessException(HostAccessProblem.ReadOnly, HostName, $"'{_root}' is a captured tree of {HostName}; nothing can be started there.");
        }

        try
        {
            using Process launcher = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", RevertTimer.Launcher, "sh", script]) { UseShellExecute = false, RedirectStandardError = true })!;
            string complaint = launcher.StandardError.ReadToEnd();
            launcher.WaitForExit();
            if (launcher.ExitCode != 0)
            {
                throw new HostAccessException(HostAccessProblem.Refused, HostName, FormattableString.Invariant($"The script could not be started (exit code {launcher.ExitCode}): {complaint.Trim()}"));
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new HostAccessException(HostAccessProblem.Missing, HostName, $"/bin/sh cannot be started on {HostName}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> HoldersOf(string device)
    {
        var holders = new List<string>();
        foreach (string process in Directory.EnumerateDirectories(_root + "/proc").Where(path => Path.GetFileName(path).All(char.IsAsciiDigit)))
        {
            try
            {
                if (Directory.EnumerateFiles(process + "/fd").Any(link => new FileInfo(link).LinkTarget == device))
                {
                    holders.Add($"{VisibleText.Line(File.ReadAllText(process + "/comm").Trim())} ({Path.GetFileName(process)})");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or belongs to another user.
            }
        }

        return holders;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
