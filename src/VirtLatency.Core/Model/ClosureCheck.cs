namespace VirtLatency.Model;

/// <summary>One thing that must hold between numbers of an environment, and whether it does.</summary>
public sealed class ClosureCheck
{
    /// <summary>Name of the environment.</summary>
    public string? Environment { get; init; }

    /// <summary>What is checked: parts = whole, or parts within what holds them. With <see cref="Scope"/> it is unique.</summary>
    public string? Check { get; init; }

    /// <summary>What the left side should be, in words with its number.</summary>
    public string? Expected { get; init; }

    /// <summary>The left side, in us: of means, or of the packet that is furthest off. Null where nothing was compared.</summary>
    public double? ActualUs { get; init; }

    /// <summary>Whole less parts, in us: below zero the parts exceed what holds them.</summary>
    public double? ResidualUs { get; init; }

    /// <summary>How far off print steps alone can put it, in us; for what the tools cost, the margin up to which two times count as the same.</summary>
    public double? ToleranceUs { get; init; }

    /// <summary>Whether it holds; null where it could not be checked.</summary>
    public bool? Passed { get; init; }

    /// <summary>What a failure means, or why there was no check.</summary>
    public string? Meaning { get; init; }

    /// <summary>Packets: for each packet; Means: for means over packets.</summary>
    public string? Scope { get; init; }

    /// <summary>Packets that were checked; for means the smallest count among them.</summary>
    public long SampleCount { get; init; }

    /// <summary>Packets that failed, or that have no counterpart.</summary>
    public long FailedCount { get; init; }

    /// <summary>Roles whose logs a failure puts in doubt; none where it says nothing of the numbers that are compared.</summary>
    internal IReadOnlyList<LogRole> DoubtedRoles { get; init; } = [];
}
