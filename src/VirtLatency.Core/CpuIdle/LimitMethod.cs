namespace VirtLatency.CpuIdle;

/// <summary>How a limit is written.</summary>
public enum LimitMethod
{
    /// <summary>The flag `disable` of single states.</summary>
    Sysfs,

    /// <summary>power/pm_qos_resume_latency_us of each CPU: one value, shared by all its users.</summary>
    ResumeLatency,
}
