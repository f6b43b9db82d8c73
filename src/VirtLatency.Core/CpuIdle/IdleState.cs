namespace VirtLatency.CpuIdle;

/// <summary>
/// One idle state of one CPU, as sysfs has it (Documentation/admin-guide/pm/cpuidle.rst). Times in us; null where the
/// kernel has no such file.
/// </summary>
/// <param name="Index">The state's number: not the C-number.</param>
/// <param name="Name">Its name, such as C6; it can hold a blank.</param>
/// <param name="Description">Its description.</param>
/// <param name="ExitLatencyUs">The driver table's worst exit latency.</param>
/// <param name="TargetResidencyUs">The idle time from which it is worth entering.</param>
/// <param name="IsDisabled">The user's flag, which a state that is off by default begins with; null where it cannot be read.</param>
/// <param name="IsDefaultDisabled">The firmware's or driver's veto.</param>
/// <param name="UsageCount">Times that it was asked for.</param>
/// <param name="TimeUs">Time that was spent in it, as the kernel asked for it.</param>
/// <param name="AboveCount">Times that it was too deep.</param>
/// <param name="BelowCount">Times that it was too shallow.</param>
/// <param name="RejectedCount">Times that entering failed.</param>
public sealed record IdleState(
    int Index,
    string Name,
    string? Description,
    long? ExitLatencyUs,
    long? TargetResidencyUs,
    bool? IsDisabled,
    bool? IsDefaultDisabled,
    long? UsageCount,
    long? TimeUs,
    long? AboveCount,
    long? BelowCount,
    long? RejectedCount)
{
    private const string PollingName = "POLL";
    private const string PollingDescription = "CPUIDLE CORE POLL IDLE";

    /// <summary>
    /// Busy waiting, never to be switched off: state 0 with the name or the description that the kernel gives it
    /// (drivers/cpuidle/poll_state.c), or, where those cannot be read, without an exit latency. No state that sleeps has none.
    /// </summary>
    public bool IsPolling => Index == 0 && (IsPollingName(Name) || Description == PollingDescription || ExitLatencyUs == 0 || (ExitLatencyUs is null && Name == NameOf(Index)));

    /// <summary>
    /// The user's flag lets it be entered. A driver can keep a state off beside that: sysfs shows the user's bit of the flag
    /// alone, so that only the counters tell (drivers/cpuidle/sysfs.c).
    /// </summary>
    public bool IsEnabled => IsDisabled != true;

    /// <summary>Whether a name is that of busy waiting.</summary>
    /// <param name="name">A state's name.</param>
    /// <returns>True for POLL.</returns>
    public static bool IsPollingName(string name) => name.Equals(PollingName, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a state is called that has no name that can be read.</summary>
    /// <param name="index">Its number.</param>
    /// <returns>Such as state0.</returns>
    public static string NameOf(int index) => FormattableString.Invariant($"state{index}");

    /// <summary>A flag of the kernel's, such as `disable`.</summary>
    /// <param name="text">What was read.</param>
    /// <returns>The flag; null where it is neither 0 nor 1: the kernel shows nothing else.</returns>
    public static bool? FlagOf(string? text) => text?.Trim() switch { "0" => false, "1" => true, _ => null };
}
