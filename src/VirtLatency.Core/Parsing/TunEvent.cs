using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// One stage event of tun_tx_to_kvm_irq. -1, 0 or Missing stand for what is not told. Stages count to five: irqfd_wakeup
/// is 4 also where a build has three stages.
/// </summary>
internal struct TunEvent
{
    public long Line;
    public string? Device;
    public int Queue;
    public int Stage;
    public TunLayout Layout;

    /// <summary>Uptime, or time of day where <see cref="IsDated"/> is false, in nanoseconds; whole milliseconds unless <see cref="IsExact"/>.</summary>
    public long Stamp;
    public bool IsDated;
    public long Delay;

    /// <summary>The delay was a negative difference told as an unsigned number; Delay is missing.</summary>
    public bool IsWrapped;
    public int Cpu;
    public int Pid;
    public bool IsKernelWorker;

    /// <summary>The tap queue's socket: stages 1 and 2, and 3 to 5 where the build tells it.</summary>
    public ulong Socket;

    /// <summary>The signalled eventfd: stages 2 to 4, and 5 in JSON.</summary>
    public ulong EventFd;

    /// <summary>GSI of stage 4, vector of stage 5: equal for one interrupt.</summary>
    public int Interrupt;
    public int IcmpType;
    public int IcmpId;
    public int Sequence;

    /// <summary>IP protocol; -1 where it is not told.</summary>
    public int Protocol;
    public uint Source;
    public uint Destination;

    /// <summary>The build tells ICMP type, id and sequence of packets that have them.</summary>
    public bool TellsIcmp;

    /// <summary>The event is irqfd_wakeup, printed as stage 3.</summary>
    public bool IsThirdOfThree;

    /// <summary>The stamp has nanoseconds.</summary>
    public readonly bool IsExact => Layout == TunLayout.Json;

    /// <summary>An event that tells nothing yet.</summary>
    public static TunEvent Blank(long line, TunLayout layout) => new()
    {
        Line = line, Layout = layout, Queue = -1, Cpu = -1, Pid = -1, Interrupt = -1, Delay = Latency.Missing,
        IcmpType = -1, IcmpId = -1, Sequence = -1, Protocol = -1,
    };
}
