namespace VirtLatency.Analysis.FixEffects;

/// <summary>A metric of a workload.</summary>
/// <param name="Name">Its name without the unit.</param>
/// <param name="Column">The column's header, which ends with the unit.</param>
/// <param name="UsPerUnit">What one unit is in us.</param>
public sealed record WorkloadMetric(string Name, string Column, double UsPerUnit);
