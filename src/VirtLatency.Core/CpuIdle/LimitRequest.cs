namespace VirtLatency.CpuIdle;

/// <summary>What a limit is to be. Exactly one of the first three is given.</summary>
public sealed record LimitRequest
{
    /// <summary>States with a longer exit latency are switched off (us).</summary>
    public double? MaxExitLatencyUs { get; init; }

    /// <summary>States deeper than this one are switched off.</summary>
    public string? DeepestState { get; init; }

    /// <summary>These states are switched off.</summary>
    public IReadOnlyList<string> DisableStates { get; init; } = [];

    /// <summary>The CPUs; null for all that are online.</summary>
    public IReadOnlyList<int>? Cpus { get; init; }

    /// <summary>Switches on what the limit lets pass and a user had switched off.</summary>
    public bool EnableShallower { get; init; }

    /// <summary>Permits a CPU to be left with busy waiting only.</summary>
    public bool AllowPolling { get; init; }

    /// <summary>How it is written.</summary>
    public LimitMethod Method { get; init; }
}
