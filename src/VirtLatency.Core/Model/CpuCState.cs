namespace VirtLatency.Model;

/// <summary>One idle state of one CPU, as sysfs has it; null where the kernel has no such file.</summary>
public sealed class CpuCState
{
    /// <summary>The host.</summary>
    public string? HostName { get; init; }

    /// <summary>The CPU's number.</summary>
    public int Cpu { get; init; }

    /// <summary>The state's name.</summary>
    public string? State { get; init; }

    /// <summary>The state's number on this CPU: no C-number.</summary>
    public int Index { get; init; }

    /// <summary>The state's description.</summary>
    public string? Description { get; init; }

    /// <summary>The driver table's worst exit latency (us).</summary>
    public double? ExitLatencyUs { get; init; }

    /// <summary>The idle time from which the state is worth entering (us).</summary>
    public double? TargetResidencyUs { get; init; }

    /// <summary>The user's flag that keeps the state off.</summary>
    public bool? Disabled { get; init; }

    /// <summary>The driver or the firmware has the state off at boot.</summary>
    public bool? DefaultDisabled { get; init; }

    /// <summary>Times that the kernel asked for the state since boot.</summary>
    public long? UsageCount { get; init; }

    /// <summary>Time in the state since boot, as the kernel asked for it (us).</summary>
    public double? TimeUs { get; init; }

    /// <summary>Whether the CPU is online.</summary>
    public bool Online { get; init; }

    /// <summary>The CPU's own PM QoS limit (us): 2000000000 = none, 0 = polling only; null without the file.</summary>
    public double? ResumeLatencyLimitUs { get; init; }
}
