namespace VirtLatency.LogWriter;

/// <summary>A queue of a tap device with its vhost worker. The pointers join the stages, so each queue needs its own.</summary>
/// <param name="Device">The tap device.</param>
/// <param name="Number">Queue of the device.</param>
/// <param name="Worker">The vhost worker, which stages 2 to 5 run in.</param>
public sealed record TunQueue(string Device, int Number, TunHostTask Worker)
{
    /// <summary>Socket of the queue's tun file.</summary>
    public ulong Socket { get; init; } = 0xffff8f3d5a2b0840;

    /// <summary>The eventfd that the worker signals.</summary>
    public ulong EventFd { get; init; } = 0xffff8f3d41c7a100;

    /// <summary>The vhost virtqueue.</summary>
    public ulong VirtQueue { get; init; } = 0xffff8f3d77e80000;

    /// <summary>The virtual CPU that the interrupt goes to.</summary>
    public ulong VirtualCpu { get; init; } = 0xffff8f3c9d5c0000;

    /// <summary>Number of the guest's interrupt: GSI of stage 4, vector of stage 5.</summary>
    public int Interrupt { get; init; } = 37;
}
