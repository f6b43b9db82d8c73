namespace VirtLatency.LogWriter;

/// <summary>How kvm_vhost_tun_latency_no_discovery was called, and what it found.</summary>
public sealed record KvmVhostTunNoDiscoveryOptions : ToolLogOptions
{
    /// <summary>The tap device; the tool runs for one only.</summary>
    public string Device { get; init; } = "vnet5";

    /// <summary>PID of the VM's QEMU.</summary>
    public int QemuPid { get; init; } = 73801;

    /// <summary>Thread ids of the VM's vhost workers.</summary>
    public IReadOnlyList<int> WorkerTids { get; init; } = [];

    /// <summary>The flow as given; null for all packets.</summary>
    public string? Flow { get; init; }

    /// <summary>Seconds without output at the start; 0 prints nothing of it.</summary>
    public int WarmupSeconds { get; init; } = 2;

    /// <summary>False for --no-detail.</summary>
    public bool HasDetail { get; init; } = true;
}
