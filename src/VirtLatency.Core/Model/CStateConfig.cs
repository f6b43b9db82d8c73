namespace VirtLatency.Model;

/// <summary>The idle states of a host, as its kernel publishes them: what may be entered, and what that can cost.</summary>
public sealed class CStateConfig
{
    /// <summary>The host.</summary>
    public string? HostName { get; init; }

    /// <summary>The cpuidle driver: intel_idle, acpi_idle, haltpoll ...; null without one, or where the source does not say.</summary>
    public string? Driver { get; init; }

    /// <summary>The cpuidle governor in force; null where the source does not say.</summary>
    public string? Governor { get; init; }

    /// <summary>CPUs that the row describes: those online, or those asked for; null where the source shows one only.</summary>
    public int? CpuCount { get; init; }

    /// <summary>The states, shallow to deep, each with its exit latency and where it is off; null without idle states.</summary>
    public string? States { get; init; }

    /// <summary>Name of the deepest state that a CPU may enter; null without idle states.</summary>
    public string? DeepestEnabled { get; init; }

    /// <summary>The largest exit latency of a state that a CPU may enter, by the driver's table (us).</summary>
    public double? MaxExitLatencyUs { get; init; }

    /// <summary>The same with PM QoS counted in (us); null where the limit of /dev/cpu_dma_latency cannot be read.</summary>
    public double? EffectiveLimitUs { get; init; }

    /// <summary>Whether all CPUs have the same states, flags and limits; null where fewer than all are seen.</summary>
    public bool? Uniform { get; init; }

    /// <summary>The parameters of the running kernel's command line that matter to idle states; empty for none, null where it is not known.</summary>
    public string? BootParameter { get; init; }

    /// <summary>What to know: which CPUs differ, what the governor ignores, what could not be read.</summary>
    public string? Note { get; init; }

    /// <summary>The CPUs that the row describes, as text.</summary>
    public string? OnlineCpu { get; init; }

    /// <summary>CPUs that are there but not online, as text; empty for none.</summary>
    public string? OfflineCpu { get; init; }

    /// <summary>Whether CPUs share cores (SMT) now; null where the kernel does not say.</summary>
    public bool? SmtActive { get; init; }

    /// <summary>The limit of /dev/cpu_dma_latency (us), 2000000000 = none; null where it cannot be read.</summary>
    public double? LatencyRequestUs { get; init; }

    /// <summary>The running kernel, as text.</summary>
    public string? KernelRelease { get; init; }
}
