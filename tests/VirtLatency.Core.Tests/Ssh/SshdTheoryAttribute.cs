namespace VirtLatency.Tests.Ssh;

/// <summary>A test with data that needs an ssh server of its own; reported as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SshdTheoryAttribute : TheoryAttribute
{
    public SshdTheoryAttribute() => Skip = SshServer.WhyNot;
}
