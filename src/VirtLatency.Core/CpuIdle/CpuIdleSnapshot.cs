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

    /// <summary>CPUs that the machine has, online or not; null where the kernel does not tell.</summary>
    public IReadOnlyList<int>? Present { get; init; }

    /// <summary>The limit of /dev/cpu_dma_latency (us), 2000000000 = none; null where it cannot be read.</summary>
    public long? LatencyRequestUs { get; init; }

    /// <summary>Seconds since boot, at the beginning of the reading; null where they are not known.</summary>
    public double? UptimeSeconds { get; init; }

    /// <summary>A clock of the reader's at the beginning of the reading (s), good for differences only; null where the tree was not read live.</summary>
    public double? ClockSeconds { get; init; }

    /// <summary>True where the files of one CPU only were shown.</summary>
    public bool IsOneCpuOnly { get; init; }

    /// <summary>True where the kernel's folder of cpuidle, or a state, was seen: without, nothing is known of idle states.</summary>
    public bool IsCpuIdleShown { get; init; }

    /// <summary>Paths that exist but may not be read.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>True where at least one CPU has an idle state.</summary>
    public bool HasCpuIdle => Cpus.Any(cpu => cpu.States.Count > 0);

    /// <summary>The snapshot of some CPUs only.</summary>
    /// <param name="cpus">Their numbers; none for all.</param>
    /// <returns>The snapshot with those.</returns>
    /// <exception cref="HostAccessException">The host has no such CPU.</exception>
    public CpuIdleSnapshot Only(IReadOnlyCollection<int> cpus)
    {
        if (cpus.Count == 0)
        {
            return this;
        }

        int[] missing = [.. cpus.Except(Cpus.Select(cpu => cpu.Number))];
        return missing.Length == 0
            ? this with { Cpus = [.. Cpus.Where(cpu => cpus.Contains(cpu.Number))], Present = Present is null ? null : [.. Present.Where(cpus.Contains)] }
            : throw new HostAccessException(HostAccessProblem.NoSuchCpu, HostName, $"{HostName} has no CPU {CpuRange.TextOf(missing)} that is online. It has {CpuRange.TextOf(Cpus.Select(cpu => cpu.Number))}.");
    }
}
