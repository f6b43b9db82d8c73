namespace VirtLatency.CpuIdle.Vhost;

/// <summary>A thread and where it may run.</summary>
/// <param name="Id">Thread id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cpus">The CPUs.</param>
internal sealed record MachineThread(int Id, string Name, IReadOnlyList<int> Cpus);
