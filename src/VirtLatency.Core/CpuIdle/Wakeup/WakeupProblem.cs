namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>Why wake-ups are not measured.</summary>
public enum WakeupProblem
{
    /// <summary>No Linux, or no 64-bit process.</summary>
    PlatformNotSupported,

    /// <summary>A sleeper and a waker need a CPU each.</summary>
    NeedsTwoCpus,

    /// <summary>The host has no such CPU, or it is offline.</summary>
    CpuNotOnline,

    /// <summary>The process may not run there (cpuset, taskset).</summary>
    CpuNotAllowed,

    /// <summary>Sleeper and waker are the same CPU.</summary>
    WakerIsSleeper,

    /// <summary>The CPU is kept free of other work: isolcpus, nohz_full, an isolated cpuset.</summary>
    CpuIsolated,

    /// <summary>A virtual machine's vCPU is pinned there.</summary>
    CpuHasPinnedVcpu,

    /// <summary>A realtime thread is bound there.</summary>
    CpuHasRealtimeThread,

    /// <summary>Idle lengths times samples take longer than allowed.</summary>
    MeasurementTooLong,

    /// <summary>The sleeper did not run for three seconds after it was woken.</summary>
    SleeperNotAnswering,
}
