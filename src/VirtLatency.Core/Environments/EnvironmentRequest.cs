using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>What to read an environment from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">The folder with its logs, and subfolders with further runs; null when only files are named.</param>
/// <param name="Named">Files named for a role by the caller.</param>
/// <param name="Selection">Which samples take part in means.</param>
/// <param name="MaxSampleCount">Samples kept per file.</param>
/// <param name="MaxExpandedBytes">Bytes that a compressed file may unpack to; null for the default limits.</param>
public sealed record EnvironmentRequest(
    string Name,
    string? Folder,
    IReadOnlyDictionary<LogRole, string> Named,
    SampleSelection Selection,
    int MaxSampleCount,
    long? MaxExpandedBytes = null);
