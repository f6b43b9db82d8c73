namespace VirtLatency.Analysis.FixEffects;

/// <summary>A run of a workload.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Condition">When it was taken.</param>
/// <param name="Cycle">Its crossover cycle; null for none.</param>
/// <param name="ValuesUs">A value in us for each metric; null where it was not measured.</param>
public sealed record WorkloadRun(string Run, WorkloadCondition Condition, int? Cycle, IReadOnlyList<double?> ValuesUs);
