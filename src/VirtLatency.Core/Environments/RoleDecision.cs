using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>The role that the evidence gives a log, and the evidence in words.</summary>
/// <param name="Role">The role; null when the evidence conflicts or is silent.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct RoleDecision(LogRole? Role, string Reason);
