namespace VirtLatency.CpuIdle;

/// <summary>What the counters say of a limit.</summary>
public enum LimitEffect
{
    /// <summary>It could not be seen: no counters, or no CPU went idle.</summary>
    NotVerified,

    /// <summary>The limited states were entered no more.</summary>
    Effective,

    /// <summary>The values are there, and the states are entered all the same.</summary>
    WrittenButNotEffective,
}
