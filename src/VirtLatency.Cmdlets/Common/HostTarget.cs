namespace VirtLatency.Common;

/// <summary>One host that a command works on.</summary>
/// <param name="HostName">Its name for ssh; null for this machine or a tree.</param>
/// <param name="SysRoot">The captured tree's folder; null for a live host.</param>
internal sealed record HostTarget(string? HostName, string? SysRoot);
