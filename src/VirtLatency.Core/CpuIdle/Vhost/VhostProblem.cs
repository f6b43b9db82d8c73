namespace VirtLatency.CpuIdle.Vhost;

/// <summary>Why the CPUs behind a tap device are not known. The names are the ids of the errors.</summary>
public enum VhostProblem
{
    /// <summary>The host has no such network device.</summary>
    DeviceNotFound,

    /// <summary>The network device is no tap device.</summary>
    DeviceNotTap,

    /// <summary>No process holds the device.</summary>
    DeviceProcessNotFound,

    /// <summary>No permission to look into the processes.</summary>
    DeviceProcessDenied,

    /// <summary>Where the threads may run cannot be read.</summary>
    ThreadAffinityNotFound,

    /// <summary>Where the interrupts may run cannot be read.</summary>
    IrqAffinityNotFound,
}
