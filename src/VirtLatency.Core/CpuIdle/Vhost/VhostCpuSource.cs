namespace VirtLatency.CpuIdle.Vhost;

/// <summary>One thread or interrupt behind a tap device, and where it may run.</summary>
/// <param name="Device">The tap device.</param>
/// <param name="Part">What it does, such as <c>vhost worker</c>, <c>vCPUs</c> or <c>irqs of eth0</c>.</param>
/// <param name="Name">The thread's or interrupt's own name.</param>
/// <param name="Id">Its thread id, or the interrupt's number.</param>
/// <param name="Cpus">The CPUs that it may run on.</param>
/// <param name="NowOn">The CPUs that the kernel sends an interrupt to now; null where that is not known.</param>
public sealed record VhostCpuSource(string Device, string Part, string Name, int Id, IReadOnlyList<int> Cpus, IReadOnlyList<int>? NowOn = null);
