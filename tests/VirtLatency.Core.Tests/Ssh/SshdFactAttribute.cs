namespace VirtLatency.Tests.Ssh;

/// <summary>A test that needs an ssh server of its own; reported as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SshdFactAttribute : FactAttribute
{
    public SshdFactAttribute() => Skip = SshServer.WhyNot;
}
