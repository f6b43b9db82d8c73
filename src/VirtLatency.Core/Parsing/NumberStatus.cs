using System.Buffers.Binary;

namespace VirtLatency.Parsing;

/// <summary>How reading a printed number ended.</summary>
internal enum NumberStatus
{
    /// <summary>No number stands there.</summary>
    Invalid,

    /// <summary>A number was read.</summary>
    Ok,

    /// <summary>The number lies beyond what a latency can be: a negative difference printed as unsigned 64-bit.</summary>
    Wrapped,
}
