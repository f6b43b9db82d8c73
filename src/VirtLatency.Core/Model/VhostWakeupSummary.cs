namespace VirtLatency.Model;

/// <summary>
/// Statistics of vhost_wakeup_latency over the wake-ups of all vhost workers of the host since the tool's start. An
/// interval's block counts from the start too: blocks must not be added.
/// </summary>
public sealed class VhostWakeupSummary
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver as given; the log cannot tell.</summary>
    public string? HostRole { get; init; }

    /// <summary>Interval or Final.</summary>
    public string? Kind { get; init; }

    /// <summary>Seconds since the tool's start; null in the final block, which does not print it.</summary>
    public double? ElapsedSeconds { get; init; }

    /// <summary>Wake-ups seen.</summary>
    public long? WakeupCount { get; init; }

    /// <summary>Wake-ups whose worker was seen to run: those behind the latencies.</summary>
    public long? SwitchCount { get; init; }

    /// <summary>Average in us of latencies cut to whole us; null without a switch.</summary>
    public double? MeanUs { get; init; }

    /// <summary>Longest latency in us, cut to whole us; null without a switch.</summary>
    public double? MaxUs { get; init; }

    /// <summary>What to know about the numbers.</summary>
    public string? Note { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file.</summary>
    public long Line { get; init; }
}
