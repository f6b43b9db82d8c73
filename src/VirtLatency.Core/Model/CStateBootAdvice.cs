namespace VirtLatency.Model;

/// <summary>One way to make a limit of the exit latency permanent on a host, in the order in which to try them.</summary>
public sealed record CStateBootAdvice
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>Place in the order, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>SystemdUnit, TunedForceLatency or BootParameter.</summary>
    public required string Method { get; init; }

    /// <summary>What to set, such as <c>intel_idle.states_off=8</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>Whether it counts from the next boot only.</summary>
    public required bool NeedsReboot { get; init; }

    /// <summary>States that it leaves; null where it has no effect on this host.</summary>
    public string? Keeps { get; init; }

    /// <summary>States that it takes away; null where it takes none.</summary>
    public string? Removes { get; init; }

    /// <summary>Whether it leaves exactly the states within the limit, on every CPU.</summary>
    public required bool EqualsWanted { get; init; }

    /// <summary>Whether it leaves exactly the states that are enabled now; null where CPUs differ.</summary>
    public bool? EqualsInForce { get; init; }

    /// <summary>A file's content, or the command to use.</summary>
    public required string Text { get; init; }

    /// <summary>What to know about it.</summary>
    public string? Note { get; init; }
}
