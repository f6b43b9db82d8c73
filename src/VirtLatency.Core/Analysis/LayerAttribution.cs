namespace VirtLatency.Analysis;

/// <summary>What the virtualization layers are made from.</summary>
public enum LayerAttribution
{
    /// <summary>What the containers leave: adds up to RoundTrip.</summary>
    Remainder,

    /// <summary>The measured E + L and B_1 + I_1, possibly of other runs: need not add up.</summary>
    Direct,
}
