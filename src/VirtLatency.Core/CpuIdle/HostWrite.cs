namespace VirtLatency.CpuIdle;

/// <summary>One value for one existing file of a host.</summary>
/// <param name="Path">The file's absolute path on the host.</param>
/// <param name="Expected">What its first line must read just before; null where that does not matter.</param>
/// <param name="Value">The text to write.</param>
public sealed record HostWrite(string Path, string? Expected, string Value);
