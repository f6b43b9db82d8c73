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
/// <param name="IsDisabled">The user's flag.</param>
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
    /// <summary>Busy waiting: state 0 where it is called POLL, never to be disabled.</summary>
    public bool IsPolling => Index == 0 && Name.Equals("POLL", StringComparison.OrdinalIgnoreCase);

    /// <summary>May be entered: neither the user nor the driver keeps it off.</summary>
    public bool IsEnabled => IsDisabled != true;
}
