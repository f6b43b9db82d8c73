using VirtLatency.Tests.CpuIdle;
using VirtLatency.Tests.Ssh;

namespace VirtLatency.Tests;

/// <summary>A test that limits this machine's own idle states, also over ssh; reported as skipped where that cannot be.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LiveFactAttribute : FactAttribute
{
    public LiveFactAttribute() => Skip = MachineIdle.WhyNot ?? SshServer.WhyNot;
}
