namespace VirtLatency.Model;

/// <summary>
/// A limit that was set on a host. Flat, so that it survives Clixml, JSON and a sheet: Before and After alone are enough to
/// take it back.
/// </summary>
public sealed record CStateChange
{
    /// <summary>The change's id; null where nothing had to be changed.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The journal's file; null where nothing had to be changed.</summary>
    public string? JournalPath { get; init; }

    /// <summary>CPUs that were changed.</summary>
    public required int CpuCount { get; init; }

    /// <summary>The values found: <c>cpu0/C6=0;cpu1/C6=0</c>.</summary>
    public required string Before { get; init; }

    /// <summary>The values written, in the same order.</summary>
    public required string After { get; init; }

    /// <summary>Effective, WrittenButNotEffective or NotVerified; null where nothing was watched.</summary>
    public string? Effect { get; init; }

    /// <summary>The boot of the host in which it was made; null where unknown.</summary>
    public string? BootId { get; init; }

    /// <summary>When it was made (UTC); null where nothing had to be changed.</summary>
    public DateTime? Created { get; init; }

    /// <summary>What to know about the change; null where there is nothing.</summary>
    public string? Note { get; init; }
}
