namespace VirtLatency.Tests.Ssh;

/// <summary>A test with data that needs an ssh server and mount namespaces; reported as skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TreeHostsTheoryAttribute : TheoryAttribute
{
    public TreeHostsTheoryAttribute() => Skip = TreeHosts.WhyNot;
}
