namespace VirtLatency.Model;

/// <summary>How a row's number came about, from strongest to weakest.</summary>
public enum Basis
{
    /// <summary>Measured by one clock, from samples.</summary>
    Measured,

    /// <summary>A sum or difference of measured means.</summary>
    Derived,

    /// <summary>What a container leaves after its measured parts: holds everything that no tool saw.</summary>
    Remainder,

    /// <summary>Not measured; it cannot be above this. Enters no sum.</summary>
    UpperBound,
}
