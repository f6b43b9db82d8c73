namespace VirtLatency.Model;

/// <summary>Whether one CPU keeps a limit on the exit latency of its idle states.</summary>
public sealed record CStateLimitCheck
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The CPU.</summary>
    public required int Cpu { get; init; }

    /// <summary>The deepest state that may be entered; null without idle states.</summary>
    public string? DeepestState { get; init; }

    /// <summary>Its exit latency (us); null where it cannot be read.</summary>
    public double? ExitLatencyUs { get; init; }

    /// <summary>The limit that was asked about (us).</summary>
    public double? LimitUs { get; init; }

    /// <summary>True where no deeper state may be entered.</summary>
    public required bool Passed { get; init; }

    /// <summary>What holds the CPU back: disable, pm_qos_resume_latency_us, cpu_dma_latency; null where nothing does.</summary>
    public string? LimitedBy { get; init; }

    /// <summary>What to know about the row; null where there is nothing.</summary>
    public string? Note { get; init; }
}
