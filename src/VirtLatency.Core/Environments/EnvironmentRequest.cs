using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>What to read an environment from.</summary>
/// <param name="Name">Its name; null for the manifest's, or else the folder's.</param>
/// <param name="Folder">The folder with its logs, and subfolders with further runs, or with a manifest; null when only files are named.</param>
/// <param name="Named">Files named for a role by the caller.</param>
/// <param name="Selection">Which samples take part in means.</param>
/// <param name="MaxSampleCount">Samples kept per file.</param>
/// <param name="MaxExpandedBytes">Bytes that a compressed file may unpack to; null for the default limits.</param>
public sealed record EnvironmentRequest(
    string? Name,
    string? Folder,
    IReadOnlyDictionary<LogRole, string> Named,
    SampleSelection Selection,
    int MaxSampleCount,
    long? MaxExpandedBytes = null)
{
    /// <summary>The manifest that says what to read; null for the folder's own, if it has one.</summary>
    public string? Manifest { get; init; }

    /// <summary>False to add samples up and keep none of them: memory stays bounded, but packets can be neither joined nor tested.</summary>
    public bool KeepsSamples { get; init; } = true;

    /// <summary>Turns the text of a PowerShell data file (environment.psd1) into values, without running any of it; null where that cannot be done.</summary>
    public Func<string, ManifestNode>? DataFileParser { get; init; }
}
