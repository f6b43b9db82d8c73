namespace VirtLatency.Parsing;

/// <summary>How a stage event of tun_tx_to_kvm_irq was written down.</summary>
internal enum TunLayout
{
    /// <summary>Fields that differ by stage, such as <c>Sock(vq)=</c>; five stages.</summary>
    PerStage,

    /// <summary>All stages with the same fields <c>Sock= EventFD= GSI= VQ= Delay=</c>; three stages.</summary>
    Uniform,

    /// <summary>The C port: <c>TUN_IRQ [</c>, three stages, fields of value 0 left out.</summary>
    Libbpf,

    /// <summary>Lines shortened by hand: no stage names, no date, no pointers.</summary>
    Abbreviated,

    /// <summary>An object of the --output file.</summary>
    Json,
}
