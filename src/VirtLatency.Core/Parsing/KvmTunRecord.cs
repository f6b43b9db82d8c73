using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One line of kvm_vhost_tun_latency_details. Latencies in nanoseconds, <see cref="Latency.Missing"/> where not measured.</summary>
public struct KvmTunRecord
{
    /// <summary>Line in the file.</summary>
    public long Line;

    /// <summary>Run in the file, from 1.</summary>
    public int Run;

    /// <summary>Wall clock as milliseconds of the day.</summary>
    public int TimeOfDay;

    /// <summary>Thread id of the vhost worker.</summary>
    public int WorkerTid;

    /// <summary>Queue of the device.</summary>
    public int Queue;

    /// <summary>ioeventfd_write to handle_tx_kick; missing too for a further packet of a kick, whose first packet has it.</summary>
    public long S0;

    /// <summary>handle_tx_kick to tun_sendmsg.</summary>
    public long S1;

    /// <summary>tun_sendmsg to netif_receive_skb.</summary>
    public long S2;

    /// <summary>All three; missing where the tool printed 0.</summary>
    public long Total;

    /// <summary>What is unusual about the record.</summary>
    public SampleFlags Flags;
}
