using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Which states a CPU may enter: the flags, the governor's way with them, and PM QoS
/// (drivers/cpuidle/governors, drivers/cpuidle/governor.c of the kernel).
/// </summary>
public static class IdleLimit
{
    /// <summary>PM QoS for no limit (us): PM_QOS_CPU_LATENCY_DEFAULT_VALUE.</summary>
    public const long None = 2_000_000_000;

    /// <summary>haltpoll chooses between polling and its one state without a look at the flags.</summary>
    /// <param name="governor">The governor in force.</param>
    /// <returns>True where disable has no effect.</returns>
    public static bool IgnoresFlags(string? governor) => governor == "haltpoll";

    /// <summary>ladder climbs state by state: one that is off blocks all deeper ones.</summary>
    /// <param name="governor">The governor in force.</param>
    /// <returns>True where an off state hides those behind it.</returns>
    public static bool StopsAtDisabled(string? governor) => governor == "ladder";

    /// <summary>A CPU's own limit.</summary>
    /// <param name="text">power/pm_qos_resume_latency_us as it stands there.</param>
    /// <returns>Microseconds: 0 = polling only (the file's n/a), <see cref="None"/> = no limit (the file's 0); null where there is none or no number.</returns>
    public static long? ResumeLatencyOf(string? text) => text?.Trim() switch
    {
        null => null,
        "n/a" => 0,
        var number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long us) ? us == 0 ? None : us : null,
    };

    /// <summary>The states that a CPU may enter.</summary>
    /// <param name="governor">The governor in force.</param>
    /// <param name="cpu">The CPU.</param>
    /// <param name="limitUs">The largest exit latency that PM QoS lets it have (us).</param>
    /// <returns>Shallow to deep; the first state stays in any case, for a CPU has to idle somewhere.</returns>
    public static IEnumerable<IdleState> Enterable(string? governor, IdleCpu cpu, long limitUs = None)
    {
        IEnumerable<IdleState> flagged = IgnoresFlags(governor) ? cpu.States
            : StopsAtDisabled(governor) ? cpu.States.TakeWhile(state => state.IsEnabled)
            : cpu.States.Where(state => state.IsEnabled);
        return flagged.Where(state => state.Index == 0 || state.ExitLatencyUs is null || state.ExitLatencyUs <= limitUs);
    }
}
