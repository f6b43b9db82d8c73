namespace VirtLatency.LogWriter;

/// <summary>How tun_tx_to_kvm_irq was called, and where.</summary>
public sealed record TunTxToKvmIrqOptions : ToolLogOptions
{
    /// <summary>The build whose layout is written.</summary>
    public TunLogVersion Version { get; init; } = TunLogVersion.Filtering;

    /// <summary>Major and minor number of the host's kernel; the vhost layout line follows from it.</summary>
    public Version Kernel { get; init; } = new(5, 10);

    /// <summary>Distribution id.</summary>
    public string Distribution { get; init; } = "centos";

    /// <summary>Whether the irqbypass module is loaded.</summary>
    public bool IsBypassLoaded { get; init; } = true;

    /// <summary>Protocol filter in capitals, such as ICMP; null for none.</summary>
    public string? Protocol { get; init; } = "ICMP";

    /// <summary>Filter on the source address; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>Filter on the destination address; null for none.</summary>
    public string? Destination { get; init; }

    /// <summary>Filter on the tap device; null for all.</summary>
    public string? Device { get; init; }

    /// <summary>Filter on the queue; null for all.</summary>
    public int? Queue { get; init; }
}
