namespace VirtLatency.CpuIdle.Hardware;

/// <summary>How long a whole package was in a state: all of its cores must be.</summary>
/// <param name="State">Such as <c>package C6</c>.</param>
/// <param name="Cpus">The CPUs of the package.</param>
/// <param name="Percent">Share of the time (percent).</param>
internal sealed record PackageResidency(string State, IReadOnlyList<int> Cpus, double? Percent);
