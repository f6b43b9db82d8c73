namespace VirtLatency.Analysis;

/// <summary>The samples that a part of one environment is made from.</summary>
/// <param name="Roles">Role by role, with the part's signs.</param>
/// <param name="Joined">Per packet, where all packets of its logs join; null where they do not, or one log gives the part.</param>
internal sealed record PartSamples(IReadOnlyList<RoleSamples> Roles, RoleSamples? Joined);
