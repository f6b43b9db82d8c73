using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Report;

/// <summary>What a report is made from.</summary>
public sealed record ReportRequest
{
    /// <summary>What is compared against.</summary>
    public required LatencyEnvironment Reference { get; init; }

    /// <summary>What is compared.</summary>
    public required LatencyEnvironment Difference { get; init; }

    /// <summary>The compared environment after a change; null without one.</summary>
    public LatencyEnvironment? After { get; init; }

    /// <summary>Idle states of hosts.</summary>
    public IReadOnlyList<CStateConfig> CStateConfig { get; init; } = [];

    /// <summary>The heading; null for one with the environments' names.</summary>
    public string? Title { get; init; }

    /// <summary>The language.</summary>
    public ReportText Text { get; init; } = ReportText.English;

    /// <summary>Confidence level and margin of the tests.</summary>
    public TestRequest Test { get; init; } = TestRequest.Default;

    /// <summary>When the report is made, UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>Samples of a part up to which each is kept; above it the distribution is summarised.</summary>
    public int EverySampleCount { get; init; } = 64;

    /// <summary>Packets of an environment that are listed: the slowest.</summary>
    public int ListedPacketCount { get; init; } = 100;
}
