namespace VirtLatency.Findings;

/// <summary>How much a finding matters, most first.</summary>
internal enum FindingSeverity
{
    /// <summary>A difference that explains the latency, or a claim that the evidence does not carry.</summary>
    Important,

    /// <summary>Numbers that have to be read with care.</summary>
    Caution,

    /// <summary>What else is known, and what is missing.</summary>
    Information,
}
