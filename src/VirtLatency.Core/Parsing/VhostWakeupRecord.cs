using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One wake-up that vhost_wakeup_latency -v printed: one of more than 50 us.</summary>
public struct VhostWakeupRecord
{
    /// <summary>Line in the file.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Name of the worker; null where it begins with no letter or digit.</summary>
    public string? WorkerName;

    /// <summary>Thread id of the worker.</summary>
    public int WorkerTid;

    /// <summary>From the wake-up to running, in nanoseconds.</summary>
    public long Latency;

    /// <summary>The CPU that woke the worker.</summary>
    public int WakerCpu;

    /// <summary>The CPU that it was woken for.</summary>
    public int TargetCpu;

    /// <summary>The CPU that it ran on.</summary>
    public int RunCpu;
}
