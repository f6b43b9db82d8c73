using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>What the effect of a change is measured from.</summary>
public sealed record FixRequest
{
    /// <summary>End to end first, then from coarse to fine. Level Span says nothing that containers and layers do not say.</summary>
    public static readonly IReadOnlyList<BreakdownLevel> AllLevels = [BreakdownLevel.Container, BreakdownLevel.Layer, BreakdownLevel.Segment, BreakdownLevel.Stage];

    /// <summary>The environment before the change.</summary>
    public required LatencyEnvironment Before { get; init; }

    /// <summary>The environment after it.</summary>
    public required LatencyEnvironment After { get; init; }

    /// <summary>What is aimed at; null where nothing is.</summary>
    public LatencyEnvironment? Baseline { get; init; }

    /// <summary>How the round trip is cut.</summary>
    public IReadOnlyList<BreakdownLevel> Levels { get; init; } = AllLevels;

    /// <summary>Confidence level and margin.</summary>
    public TestRequest Test { get; init; } = TestRequest.Default;

    /// <summary>Sets B_1 on one side off against I_1 on the other where no side has both.</summary>
    public bool AllowMixedDirection { get; init; }
}
