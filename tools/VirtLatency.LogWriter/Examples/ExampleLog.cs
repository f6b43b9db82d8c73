namespace VirtLatency.LogWriter;

/// <summary>
/// Figures of one log, as the JSON file holds them. Each row begins with the record's time in ms from <see cref="Start"/>
/// (a detector's with two: request and reply), then comes the sequence number, except in a kvm log, then latencies in us.
/// Which properties are set depends on the tool.
/// </summary>
internal sealed record ExampleLog
{
    /// <summary>File name.</summary>
    public required string Name { get; init; }

    /// <summary>The tool.</summary>
    public required string Tool { get; init; }

    /// <summary>Time that the rows count from: date and time, or time alone in a kvm log.</summary>
    public required string Start { get; init; }

    /// <summary>Names of the rows' columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The records.</summary>
    public required IReadOnlyList<decimal[]> Rows { get; init; }

    /// <summary>tx or rx.</summary>
    public string? Direction { get; init; }

    /// <summary>Whether the records have kernel stacks.</summary>
    public bool Stacks { get; init; }

    /// <summary>ICMP identifier.</summary>
    public ushort IcmpId { get; init; }

    /// <summary>8 for requests, 0 for replies.</summary>
    public int IcmpType { get; init; }

    /// <summary>Where requests come in.</summary>
    public IReadOnlyList<HostInterface> Receive { get; init; } = [];

    /// <summary>Where requests go out.</summary>
    public IReadOnlyList<HostInterface> Transmit { get; init; } = [];

    /// <summary>The host's kernel.</summary>
    public Version? Kernel { get; init; }

    /// <summary>The tap device.</summary>
    public string Device { get; init; } = string.Empty;

    /// <summary>Queue of the device.</summary>
    public int Queue { get; init; }

    /// <summary>The CPU that took packets into the device.</summary>
    public int Cpu { get; init; }

    /// <summary>The CPU of the vhost worker.</summary>
    public int WorkerCpu { get; init; }

    /// <summary>Thread id of the vhost worker.</summary>
    public int WorkerTid { get; init; }

    /// <summary>Name of the vhost worker.</summary>
    public string WorkerCommand { get; init; } = string.Empty;

    /// <summary>Packets that the tool's discovery saw.</summary>
    public int DiscoveryCount { get; init; }

    /// <summary>The worker's eventfd.</summary>
    public string? EventFd { get; init; }

    /// <summary>Calls of ioeventfd_write on the whole host.</summary>
    public long? IoeventfdCalls { get; init; }

    /// <summary>Calls of netif_receive_skb on the whole host.</summary>
    public long? NetifCalls { get; init; }
}
