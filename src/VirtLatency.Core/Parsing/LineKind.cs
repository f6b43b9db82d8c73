namespace VirtLatency.Parsing;

/// <summary>What one line is to its parser.</summary>
internal enum LineKind
{
    /// <summary>A value was taken from it.</summary>
    Parsed,

    /// <summary>Known, and carries nothing needed.</summary>
    Noise,

    /// <summary>Damaged or not known.</summary>
    Malformed,
}
