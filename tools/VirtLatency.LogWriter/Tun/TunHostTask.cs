namespace VirtLatency.LogWriter;

/// <summary>The task that a stage ran in, and its CPU.</summary>
/// <param name="Cpu">CPU number.</param>
/// <param name="Pid">Thread id; 0 is the idle task.</param>
/// <param name="Command">Its name, such as swapper/20 or vhost-40150; may hold blanks.</param>
public sealed record TunHostTask(int Cpu, int Pid, string Command)
{
    /// <summary>The idle task of a CPU: the softirq that put the packet into the device woke the CPU up.</summary>
    /// <param name="cpu">CPU number.</param>
    /// <returns>The task swapper/cpu with PID 0.</returns>
    public static TunHostTask Idle(int cpu) => new(cpu, 0, FormattableString.Invariant($"swapper/{cpu}"));
}
