using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>What a made log says of itself beside its samples.</summary>
internal sealed record LogTweak
{
    public string? Version { get; init; }

    public string? Boundary { get; init; }

    public LogOrigin Origin { get; init; } = LogOrigin.Unknown;

    public bool IsBiased { get; init; }

    public string? Caveat { get; init; }

    public long? DropCount { get; init; }

    public double? PrintedTotalUs { get; init; }

    /// <summary>Samples of each run; null for as many as the others have.</summary>
    public int? Count { get; init; }

    /// <summary>Added to the last stage or part of each sample.</summary>
    public double AddedUs { get; init; }

    /// <summary>ICMP id of its packets: another one than 700 is another run's.</summary>
    public ushort Id { get; init; } = 700;

    public int Lost { get; init; }

    /// <summary>Samples of 5 ms more, one for each of these flags, which keep them out of means.</summary>
    public IReadOnlyList<SampleFlags> LeftOut { get; init; } = [];
}
