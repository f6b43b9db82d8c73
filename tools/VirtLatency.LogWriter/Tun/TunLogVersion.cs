namespace VirtLatency.LogWriter;

/// <summary>The build or form of tun_tx_to_kvm_irq whose layout is written.</summary>
public enum TunLogVersion
{
    /// <summary>d9a1fd5: three stages, all with the same fields; stage 2's delay is the constant 0, packets are never told.</summary>
    Uniform,

    /// <summary>0411184: five stages, none but the first two without a delay, addresses with their bytes in reverse.</summary>
    FiveStages,

    /// <summary>dde68b8 and 4d31567: stage 2 has its delay, ICMP its id and sequence.</summary>
    Filtering,

    /// <summary>ec5dc24: a line with the sum of the four delays behind each whole chain.</summary>
    Totals,

    /// <summary>The C port: three stages, time of day, fields of value 0 left out.</summary>
    Libbpf,

    /// <summary>The short form of reports: no names, dates, pointers or ids.</summary>
    Abbreviated,
}
