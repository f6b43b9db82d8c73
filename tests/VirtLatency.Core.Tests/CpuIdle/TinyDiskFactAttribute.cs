namespace VirtLatency.Tests.CpuIdle;

/// <summary>A test that needs a file system of its own; reported as skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TinyDiskFactAttribute : FactAttribute
{
    public TinyDiskFactAttribute() => Skip = TinyDisk.WhyNot;
}
