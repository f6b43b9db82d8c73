using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>A log; properties are those of <see cref="EnvironmentLog"/>, enumerations by name.</summary>
internal sealed record LogPart
{
    public required string? Role { get; init; }

    public required string? Tool { get; init; }

    public string? ToolName { get; init; }

    public string? Version { get; init; }

    public string? Confidence { get; init; }

    public string? ProbeBoundary { get; init; }

    public string? Run { get; init; }

    public int? Cycle { get; init; }

    public string? File { get; init; }

    public string? Reason { get; init; }

    public long? ParsedLineCount { get; init; }

    public long? NoiseLineCount { get; init; }

    public long? MalformedLineCount { get; init; }

    public required bool IsThresholdBiased { get; init; }

    public string? Caveat { get; init; }

    /// <summary>Absent in files that were written before it was kept.</summary>
    public LogOrigin? Origin { get; init; }

    public required StorePart? Samples { get; init; }
}
