namespace VirtLatency.Environments;

/// <summary>A file that a manifest names.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Line">The manifest's line that names it.</param>
public sealed record ManifestLog(string Path, int Line);
