namespace VirtLatency.Model;

/// <summary>
/// One wake-up of a vhost worker that took more than 50 us, from sched_wakeup to sched_switch. vhost_wakeup_latency -v
/// prints no shorter one, so these samples tell nothing of the usual wake-up.
/// </summary>
public sealed class VhostWakeupSample
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver as given; the log cannot tell.</summary>
    public string? HostRole { get; init; }

    /// <summary>Name of the worker: vhost- and the PID of its QEMU.</summary>
    public string? WorkerName { get; init; }

    /// <summary>Thread id of the worker.</summary>
    public int? WorkerTid { get; init; }

    /// <summary>From the wake-up to running in us, to a tenth.</summary>
    public double? LatencyUs { get; init; }

    /// <summary>The CPU that woke the worker.</summary>
    public int? WakerCpu { get; init; }

    /// <summary>The CPU that the worker was woken for.</summary>
    public int? TargetCpu { get; init; }

    /// <summary>The CPU that the worker then ran on.</summary>
    public int? RunCpu { get; init; }

    /// <summary>Run in the file, from 1.</summary>
    public string? Run { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file.</summary>
    public long Line { get; init; }
}
