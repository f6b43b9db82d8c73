namespace VirtLatency.Analysis.FixEffects;

/// <summary>When a run of a workload was taken.</summary>
public enum WorkloadCondition
{
    /// <summary>Before the change.</summary>
    Before,

    /// <summary>After it.</summary>
    After,

    /// <summary>Where it is as it should be.</summary>
    Baseline,
}
