namespace VirtLatency.LogWriter;

/// <summary>How icmp_drop_detector was called, and where: the interfaces alone tell the log's end of the path.</summary>
public sealed record IcmpDropDetectorOptions : ToolLogOptions
{
    /// <summary>Address of the VM that pings.</summary>
    public string Source { get; init; } = "10.20.30.41";

    /// <summary>Address of the VM that answers.</summary>
    public string Destination { get; init; } = "10.20.30.42";

    /// <summary>Where requests come in: the tap device on the sender's host, the network cards on the receiver's.</summary>
    public IReadOnlyList<HostInterface> ReceiveInterfaces { get; init; } = [new("vnet5", 4)];

    /// <summary>Where requests go out.</summary>
    public IReadOnlyList<HostInterface> TransmitInterfaces { get; init; } = [new("ens4f0", 5)];

    /// <summary>Timeout in ms after which a flow counts as dropped.</summary>
    public int TimeoutMs { get; init; } = 1000;

    /// <summary>Whether the tool ran with --verbose; without it a log has drop blocks and the footer only.</summary>
    public bool IsVerbose { get; init; } = true;

    /// <summary>Makes options for one end of the path, with the interfaces the way round that this end has them.</summary>
    /// <param name="end">The end of the path.</param>
    /// <param name="tap">The VM's tap device.</param>
    /// <param name="cards">The network cards.</param>
    /// <returns>Options with default addresses.</returns>
    public static IcmpDropDetectorOptions For(PathEnd end, HostInterface tap, params IReadOnlyList<HostInterface> cards) =>
        end == PathEnd.Sender
            ? new IcmpDropDetectorOptions { ReceiveInterfaces = [tap], TransmitInterfaces = cards }
            : new IcmpDropDetectorOptions { ReceiveInterfaces = cards, TransmitInterfaces = [tap] };
}
