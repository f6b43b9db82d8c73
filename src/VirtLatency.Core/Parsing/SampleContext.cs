using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>What every sample of a file shares.</summary>
/// <param name="Environment">Name of the environment; null when not given.</param>
/// <param name="File">The file.</param>
/// <param name="Selection">Which samples take part in means.</param>
/// <param name="HostRole">The host that was asked for; null to take what the log says.</param>
public sealed record SampleContext(string? Environment, string File, SampleSelection Selection, HostRole? HostRole = null);
