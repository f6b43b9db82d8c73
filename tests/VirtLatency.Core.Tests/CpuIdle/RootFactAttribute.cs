namespace VirtLatency.Tests.CpuIdle;

/// <summary>A test that needs root, to give a file to another user; reported as skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Environment.IsPrivilegedProcess ? null : "NOT RUN: only root can give a file to another user.";
}
