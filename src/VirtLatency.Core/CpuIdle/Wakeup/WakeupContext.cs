namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>What holds for all rows of one sleeping CPU.</summary>
/// <param name="HostName">The host.</param>
/// <param name="WakerCpu">The CPU that wakes.</param>
/// <param name="SiblingState">The sleeping CPU's SMT siblings: none, idle or busy with their numbers.</param>
/// <param name="Disturbance">What makes every row unstable; null when nothing.</param>
/// <param name="Notes">What to know before using the numbers.</param>
internal sealed record WakeupContext(string HostName, int WakerCpu, string? SiblingState, string? Disturbance, IReadOnlyList<string> Notes);
