namespace VirtLatency.CpuIdle;

/// <summary>A host's idle states at one moment.</summary>
public sealed record CpuIdleSnapshot
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>cpuidle/current_driver; null without cpuidle.</summary>
    public string? Driver { get; init; }

    /// <summary>The governor in force.</summary>
    public string? Governor { get; init; }

    /// <summary>Kernel release, as text.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>The kernel's id of this boot.</summary>
    public string? BootId { get; init; }

    /// <summary>The running command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>smt/active; null where the kernel does not tell.</summary>
    public bool? IsSmtActive { get; init; }

    /// <summary>The CPUs that the host has, in order of their numbers.</summary>
    public required IReadOnlyList<IdleCpu> Cpus { get; init; }

    /// <summary>Paths that exist but may not be read.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>True where at least one CPU has an idle state.</summary>
    public bool HasCpuIdle => Cpus.Any(cpu => cpu.States.Count > 0);
}
