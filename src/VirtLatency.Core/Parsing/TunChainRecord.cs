using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// One packet's chain of tun_tx_to_kvm_irq. Latencies in nanoseconds, <see cref="Latency.Missing"/> where a stage was
/// not seen. Delay4 starts at stage 2, as the tool prints it: its BPF program does not move the start at stage 3.
/// </summary>
public struct TunChainRecord
{
    /// <summary>Line of the chain's first stage in the file.</summary>
    public long Line;

    /// <summary>The tap device; null where the tool printed unknown.</summary>
    public string? Device;

    /// <summary>Queue of the device; -1 where the tool printed unknown.</summary>
    public int Queue;

    /// <summary>Uptime at stage 1, or 2 where that was not seen, in nanoseconds; -1 where the log has no date.</summary>
    public long UptimeNanoseconds;

    /// <summary>ICMP type; -1 when the packet was not ICMP or not told.</summary>
    public int IcmpType;

    /// <summary>ICMP identifier; -1 where it is not printed.</summary>
    public int IcmpId;

    /// <summary>ICMP sequence number; -1 where it is not printed.</summary>
    public int Sequence;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Source address; 0 where it is not printed.</summary>
    public uint Source;

    /// <summary>Destination address; 0 where it is not printed.</summary>
    public uint Destination;

    /// <summary>The last stage that was seen.</summary>
    public int LastStage;

    /// <summary>Printed delay of stage 2, from stage 1; missing where the build does not measure it.</summary>
    public long Delay2;

    /// <summary>Printed delay of stage 3, from stage 2.</summary>
    public long Delay3;

    /// <summary>Printed delay of stage 4, from stage 2.</summary>
    public long Delay4;

    /// <summary>Printed delay of stage 5, from stage 4.</summary>
    public long Delay5;

    /// <summary>PID of stages 2 to 5; -1 where none was seen.</summary>
    public int WorkerTid;

    /// <summary>CPU of stages 2 to 5; -1 where none was seen.</summary>
    public int WorkerCpu;

    /// <summary>CPU of stage 1; -1 where it was not seen.</summary>
    public int IrqCpu;

    /// <summary>Whether stage 1 interrupted the idle task.</summary>
    public bool? IrqCpuIdle;

    /// <summary>What is unusual about the chain.</summary>
    public SampleFlags Flags;

    /// <summary>S3 to S4; S2 to S4 is <see cref="Delay4"/>.</summary>
    public readonly long S3ToS4 => Delay4 == Latency.Missing || Delay3 == Latency.Missing ? Latency.Missing : Delay4 - Delay3;

    /// <summary>S1 to S5 = delays 2 + 4 + 5.</summary>
    public readonly long Total => Latency.Sum(Delay2, Delay4, Delay5);

    /// <summary>S1 to S4 = delays 2 + 4.</summary>
    public readonly long S1ToS4 => Latency.Sum(Delay2, Delay4);

    /// <summary>The naive sum of all four printed delays, which counts S2 to S3 twice.</summary>
    public readonly long PrintedSum => Latency.Sum(Delay2, Delay3, Delay4, Delay5);
}
