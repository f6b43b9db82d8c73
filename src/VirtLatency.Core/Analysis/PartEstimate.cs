using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Analysis;

/// <summary>The mean of a part on one side with its uncertainty, for tests.</summary>
internal sealed record PartEstimate
{
    /// <summary>The mean in us and its standard error; null where there are too few samples or runs for one.</summary>
    public required Estimate? Mean { get; init; }

    /// <summary>How the standard error came about.</summary>
    public required ErrorBasis Basis { get; init; }

    /// <summary>Runs behind it.</summary>
    public required int RunCount { get; init; }

    /// <summary>What the rank test ranks: samples, or means of runs; empty where there are none of the part itself.</summary>
    public required IReadOnlyList<double> Units { get; init; }

    /// <summary>Independent samples that the samples are worth; null where runs are the unit, or several logs give the part.</summary>
    public double? EffectiveCount { get; init; }

    /// <summary>Sample variance inside the runs in us squared; null where the samples are not known.</summary>
    public double? WithinVariance { get; init; }

    /// <summary>The runs, where they are the unit.</summary>
    public RunEstimate? Runs { get; init; }

    /// <summary>A reservoir's samples have no order: how alike neighbours are is not known.</summary>
    public bool IsUnordered { get; init; }
}
