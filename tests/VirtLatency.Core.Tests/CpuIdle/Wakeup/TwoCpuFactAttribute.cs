namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>A test of real threads: skipped, visibly, where this process may use no two CPUs.</summary>
public sealed class TwoCpuFactAttribute : FactAttribute
{
    public TwoCpuFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount < 2)
        {
            Skip = "needs Linux and two CPUs";
        }
    }
}
