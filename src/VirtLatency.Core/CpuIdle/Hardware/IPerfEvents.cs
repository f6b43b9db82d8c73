namespace VirtLatency.CpuIdle.Hardware;

/// <summary>Opens counters of the kernel's perf subsystem, as perf_event_open(2) does.</summary>
internal interface IPerfEvents
{
    /// <summary>Begins to count an event on one CPU, whatever runs there.</summary>
    /// <param name="type">The PMU's number.</param>
    /// <param name="config">The event's number.</param>
    /// <param name="cpu">The CPU.</param>
    /// <param name="error">errno where there is no counter; else 0.</param>
    /// <returns>The counter; null where the kernel refuses.</returns>
    IPerfCounter? Open(int type, long config, int cpu, out int error);
}
