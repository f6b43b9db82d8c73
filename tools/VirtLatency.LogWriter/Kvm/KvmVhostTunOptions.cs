namespace VirtLatency.LogWriter;

/// <summary>How kvm_vhost_tun_latency_details or _summary was called in measure mode, and where.</summary>
public sealed record KvmVhostTunOptions : ToolLogOptions
{
    /// <summary>The tap device; null for all.</summary>
    public string? Device { get; init; } = "vnet5";

    /// <summary>The workers of the profile.</summary>
    public IReadOnlyList<KvmTunAssociation> Associations { get; init; } = [];

    /// <summary>Given length of the run in s; null (details) and 0 (summary) run until Ctrl+C.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>Interval of the summary tool in s.</summary>
    public int IntervalSeconds { get; init; } = 5;

    /// <summary>False for --no-detail: the details tool then prints header and footer only.</summary>
    public bool HasDetail { get; init; } = true;

    /// <summary>Calls of ioeventfd_write on the whole host; null for 31 per packet.</summary>
    public long? IoeventfdCalls { get; init; }

    /// <summary>Calls of netif_receive_skb on the whole host; null for 9 per packet.</summary>
    public long? NetifCalls { get; init; }
}
