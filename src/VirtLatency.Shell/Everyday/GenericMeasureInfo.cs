namespace VirtLatency.Shell.Everyday;

/// <summary>What Measure-Object found, with the official property names; null where it was not asked for.</summary>
public sealed class GenericMeasureInfo
{
    /// <summary>Objects measured.</summary>
    public int Count { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public double? Average { get; init; }

    /// <summary>Sum.</summary>
    public double? Sum { get; init; }

    /// <summary>Largest.</summary>
    public double? Maximum { get; init; }

    /// <summary>Smallest.</summary>
    public double? Minimum { get; init; }

    /// <summary>The property; null for the objects themselves.</summary>
    public string? Property { get; init; }
}
