namespace VirtLatency.Parsing;

/// <summary>One stage line of tun_tx_to_kvm_irq. -1, 0 or Missing stand for what the line does not print.</summary>
internal struct TunEvent
{
    public long Line;
    public string? Device;
    public int Queue;
    public int Stage;

    /// <summary>Uptime (dated) or time of day (short form), in milliseconds.</summary>
    public long Milliseconds;
    public bool IsDated;
    public long Delay;

    /// <summary>The delay was a negative difference printed as an unsigned number; Delay is missing.</summary>
    public bool IsWrapped;
    public int Cpu;
    public int Pid;
    public bool IsKernelWorker;

    /// <summary>Sock of stages 1 and 2.</summary>
    public ulong Socket;

    /// <summary>EventFD of stages 2 to 4.</summary>
    public ulong EventFd;

    /// <summary>GSI of stage 4, Vector of stage 5: equal for one interrupt.</summary>
    public int Interrupt;
    public int IcmpType;
    public int IcmpId;
    public int Sequence;
    public uint Source;
    public uint Destination;
}
