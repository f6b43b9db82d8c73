namespace VirtLatency.CpuIdle;

/// <summary>What came of one <see cref="HostWrite"/>.</summary>
/// <param name="Now">The file's text read back after the write, or found in place of the one expected; null where nothing was read.</param>
/// <param name="Failure">Why the value was not written; null where the host took it.</param>
public sealed record HostWriteResult(string? Now, HostAccessException? Failure);
