namespace VirtLatency.LogWriter;

/// <summary>How kernel_icmp_rtt was called, and where.</summary>
public sealed record KernelIcmpRttOptions : ToolLogOptions
{
    /// <summary>The build whose layout is printed.</summary>
    public KernelIcmpRttBuild Build { get; init; }

    /// <summary>Trace direction.</summary>
    public IcmpRttDirection Direction { get; init; }

    /// <summary>Address of the VM that pings.</summary>
    public string Source { get; init; } = "10.20.30.41";

    /// <summary>Address of the VM that answers.</summary>
    public string Destination { get; init; } = "10.20.30.42";

    /// <summary>Interfaces that are traced; none means all.</summary>
    public IReadOnlyList<HostInterface> Interfaces { get; init; } = [new("ens4", 2)];

    /// <summary>Threshold of --latency-ms; null when every packet is printed.</summary>
    public decimal? ReportFromMs { get; init; }

    /// <summary>Whether each block ends with kernel stacks, in the form that Python 3 prints.</summary>
    public bool HasStacks { get; init; }

    /// <summary>Task of path 1; null for ping with the ICMP identifier as its PID (tx) or the idle task (rx).</summary>
    public IcmpRttTask? Path1Task { get; init; }

    /// <summary>Task of path 2; null for the idle task.</summary>
    public IcmpRttTask? Path2Task { get; init; }
}
