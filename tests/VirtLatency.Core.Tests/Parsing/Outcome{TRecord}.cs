using VirtLatency.Parsing;

namespace VirtLatency.Tests.Parsing;

/// <summary>What a parser made of a text.</summary>
internal sealed record Outcome<TRecord>(IReadOnlyList<TRecord> Records, IReadOnlyList<ParseIssue> Issues, LineTally Tally, LogFacts Facts)
    where TRecord : struct
{
    /// <summary>The averages of a closing block; empty for tools that print none.</summary>
    public IReadOnlyList<KvmTunAverage> Averages { get; init; } = [];

    /// <summary>The blocks of vhost_wakeup_latency; empty for other tools.</summary>
    public IReadOnlyList<VhostWakeupStatistics> Statistics { get; init; } = [];
}
