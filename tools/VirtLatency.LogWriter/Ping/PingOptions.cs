namespace VirtLatency.LogWriter;

/// <summary>How ping was called.</summary>
public sealed record PingOptions : ToolLogOptions
{
    /// <summary>Address that is pinged.</summary>
    public string Destination { get; init; } = "10.20.30.42";

    /// <summary>Whether ping ran with -D, which puts a time stamp before each line.</summary>
    public bool IsTimestamped { get; init; }

    /// <summary>Whether ping ran with -O, which says of each request that none answered when the next one is sent.</summary>
    public bool IsOutstanding { get; init; }

    /// <summary>Bytes of payload.</summary>
    public int PayloadBytes { get; init; } = 56;

    /// <summary>Time to live of the replies.</summary>
    public int Ttl { get; init; } = 64;
}
