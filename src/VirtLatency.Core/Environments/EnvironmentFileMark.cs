namespace VirtLatency.Environments;

/// <summary>What says that environment.json is ours, read before anything else of it.</summary>
internal sealed record EnvironmentFileMark(string? Format, int? FormatVersion, string? ModuleVersion);
