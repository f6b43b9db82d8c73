namespace VirtLatency.LogWriter;

/// <summary>How vhost_wakeup_latency was called.</summary>
public sealed record VhostWakeupOptions : ToolLogOptions
{
    /// <summary>Seconds between two blocks of statistics.</summary>
    public int IntervalSeconds { get; init; } = 5;

    /// <summary>Whether the tool ran with -v, which prints wake-ups of more than 50 us.</summary>
    public bool IsVerbose { get; init; } = true;
}
