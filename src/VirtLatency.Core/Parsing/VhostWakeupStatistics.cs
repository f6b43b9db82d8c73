using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One block of statistics of vhost_wakeup_latency: of all wake-ups since the tool's start, also in intervals.</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="Elapsed">Milliseconds since the start; null in the final block.</param>
/// <param name="WakeupCount">Wake-ups seen.</param>
/// <param name="SwitchCount">Wake-ups whose worker was seen to run: those behind the latencies.</param>
/// <param name="Mean">Nanoseconds; missing without a switch, where the tool prints 0.0.</param>
/// <param name="Max">Nanoseconds; missing without a switch.</param>
public readonly record struct VhostWakeupStatistics(long Line, long? Elapsed, long WakeupCount, long SwitchCount, long Mean, long Max);
