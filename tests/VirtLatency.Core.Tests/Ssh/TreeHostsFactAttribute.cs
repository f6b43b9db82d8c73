namespace VirtLatency.Tests.Ssh;

/// <summary>A test that needs an ssh server and mount namespaces; reported as skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TreeHostsFactAttribute : FactAttribute
{
    public TreeHostsFactAttribute() => Skip = TreeHosts.WhyNot;
}
