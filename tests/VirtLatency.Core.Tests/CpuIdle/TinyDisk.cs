using System.Diagnostics;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>A file system of one page, which goes away with the test.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyDisk() => Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", "size=4k", "none", _folder.Path));

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? WhyNot { get; } = Run("unshare", "-m", "true") == 0 ? null : "NOT RUN: mounting is not permitted here (not root, or a container).";

    public string Path => _folder.Path;

    public void Dispose()
    {
        Assert.Equal(0, Run("umount", _folder.Path));
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/env", [program, .. arguments]) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
