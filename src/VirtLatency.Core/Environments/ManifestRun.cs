using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>A run of a manifest.</summary>
/// <param name="Name">Its name; null where the manifest has one run without a name.</param>
/// <param name="Note">What is said of it; null for nothing.</param>
/// <param name="Logs">A file per role.</param>
/// <param name="Machines">What is said of the machines.</param>
public sealed record ManifestRun(
    string? Name, string? Note, IReadOnlyDictionary<LogRole, ManifestLog> Logs, IReadOnlyDictionary<PathMachine, ManifestMachine> Machines)
{
    /// <summary>The crossover cycle: runs before and after a change that were taken as one randomized pair share a number; null for none.</summary>
    public int? Cycle { get; init; }
}
