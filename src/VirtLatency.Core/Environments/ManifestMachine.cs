namespace VirtLatency.Environments;

/// <summary>What a manifest says of one of the four machines.</summary>
/// <param name="Name">Its name; null for nothing.</param>
/// <param name="Kernel">Its kernel's release; null for nothing.</param>
public sealed record ManifestMachine(string? Name, string? Kernel);
