using System.Diagnostics;
using VirtLatency.CpuIdle;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>A test that runs this assembly as a user without rights on this machine's idle states; reported as skipped where that cannot be.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherUserFactAttribute : FactAttribute
{
    /// <summary>The number of the user that owns nothing (nobody).</summary>
    public const string User = "65534";

    private static readonly string? WhyNot =
        !Environment.IsPrivilegedProcess ? "NOT RUN: only root can become another user."
        : !File.Exists(CpuIdleReader.PathOf(0, 1, "disable")) ? "NOT RUN: this machine has no idle states."
        : !CanRead() ? "NOT RUN: another user cannot read the tests' folder, or there is no setpriv."
        : null;

    public OtherUserFactAttribute() => Skip = WhyNot;

    private static bool CanRead()
    {
        using Process? probe = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec setpriv --reuid={User} --regid={User} --clear-groups test -r '{typeof(ChildProgram).Assembly.Location}'"]) { UseShellExecute = false, RedirectStandardError = true });
        probe!.WaitForExit();
        return probe.ExitCode == 0;
    }
}
