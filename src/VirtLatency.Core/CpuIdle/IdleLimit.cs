using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Which states a CPU may enter: the flags, the governor's way with them, and PM QoS. This is the one place that knows
/// (drivers/cpuidle/governor.c and drivers/cpuidle/governors of the kernel).
/// </summary>
public static class IdleLimit
{
    /// <summary>PM QoS for no limit (us): PM_QOS_CPU_LATENCY_DEFAULT_VALUE.</summary>
    public const long None = 2_000_000_000;

    private const string Haltpoll = "haltpoll";
    private const string Ladder = "ladder";

    /// <summary>haltpoll chooses between the first two states without a look at the flags, or at a latency limit other than 0.</summary>
    /// <param name="governor">The governor in force.</param>
    /// <returns>True where disable has no effect.</returns>
    public static bool IgnoresFlags(string? governor) => governor == Haltpoll;

    /// <summary>
    /// ladder climbs state by state, so a state that is off, or too slow, blocks all deeper ones. It begins at the first
    /// state behind polling, and never looks at the flag or the latency of that one.
    /// </summary>
    /// <param name="governor">The governor in force.</param>
    /// <returns>True where an off state hides those behind it.</returns>
    public static bool StopsAtDisabled(string? governor) => governor == Ladder;

    /// <summary>A CPU's own limit.</summary>
    /// <param name="text">power/pm_qos_resume_latency_us as it stands there.</param>
    /// <returns>Microseconds: 0 = polling only (the file's n/a), <see cref="None"/> = no limit (the file's 0); null where there is none or no number.</returns>
    public static long? ResumeLatencyOf(string? text) => text?.Trim() switch
    {
        null => null,
        "n/a" => 0,
        var number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long us) ? us == 0 ? None : us : null,
    };

    /// <summary>The limit that PM QoS sets a CPU: the stricter of its own and that of the device.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="deviceLimitUs">/dev/cpu_dma_latency (us); null where unknown.</param>
    /// <returns>Microseconds; <see cref="None"/> where neither is known.</returns>
    public static long Of(IdleCpu cpu, long? deviceLimitUs = null) => Math.Min(ResumeLatencyOf(cpu.ResumeLatencyLimit) ?? None, deviceLimitUs ?? None);

    /// <summary>The states that a CPU may enter.</summary>
    /// <param name="governor">The governor in force.</param>
    /// <param name="cpu">The CPU.</param>
    /// <param name="limitUs">The largest exit latency that PM QoS lets it have (us).</param>
    /// <returns>Shallow to deep; never empty where the CPU has states, for it has to idle somewhere.</returns>
    public static IReadOnlyList<IdleState> Enterable(string? governor, IdleCpu cpu, long limitUs = None)
    {
        // Every governor takes 0 as "the first state, whatever it is".
        IEnumerable<IdleState> found = limitUs <= 0 ? cpu.States.Take(1)
            : IgnoresFlags(governor) ? cpu.States.Take(2)
            : StopsAtDisabled(governor) ? Climbed(cpu.States, limitUs)
            : cpu.States.Where(state => state.IsEnabled && Fits(state, limitUs));
        IdleState[] states = [.. found];
        return states.Length > 0 ? states : [.. cpu.States.Where(state => state.IsEnabled).Concat(cpu.States).Take(1)];
    }

    /// <summary>
    /// Whether a CPU is left with busy waiting: under its governor, or by its flags alone, which count as soon as another
    /// governor is chosen.
    /// </summary>
    /// <param name="governor">The governor in force.</param>
    /// <param name="cpu">The CPU as it is, or would be.</param>
    /// <param name="limitUs">The largest exit latency that PM QoS lets it have (us).</param>
    /// <returns>True where it has states, and may enter none but polling.</returns>
    public static bool LeavesPollingOnly(string? governor, IdleCpu cpu, long limitUs) =>
        cpu.States.Count > 0 && new[] { governor, null }.Any(one => Enterable(one, cpu, limitUs).All(state => state.IsPolling));

    private static IEnumerable<IdleState> Climbed(IReadOnlyList<IdleState> states, long limitUs)
    {
        int first = states.Count > 0 && states[0].IsPolling ? 2 : 1;
        return states.Take(first).Concat(states.Skip(first).TakeWhile(state => state.IsEnabled && Fits(state, limitUs)));
    }

    private static bool Fits(IdleState state, long limitUs) => state.ExitLatencyUs is null || state.ExitLatencyUs <= limitUs;
}
