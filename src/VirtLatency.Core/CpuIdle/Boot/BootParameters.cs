namespace VirtLatency.CpuIdle.Boot;

/// <summary>The kernel parameters that shape idle states, and what their values do.</summary>
internal static class BootParameters
{
    private const string Refused = "the kernel refuses this value and ignores the parameter";

    /// <summary>CPUIDLE_NAME_LEN (include/linux/cpuidle.h) with the zero at its end.</summary>
    private const int MostNameLength = 15;

    private static readonly string[] Switches = ["0", "1", "y", "n", "Y", "N", "on", "off"];

    /// <summary>All of them, in the order of output.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "intel_idle.states_off", "intel_idle.max_cstate", "intel_idle.use_acpi", "intel_idle.no_acpi", "intel_idle.no_native", "intel_idle.preferred_cstates",
        "processor.max_cstate", "idle", "nohalt", "cpuidle.off", "cpuidle.governor", "cpuidle_haltpoll.force", "nosmt", "isolcpus", "nohz_full",
    ];

    /// <summary>Those that a command line gives, each as it stands there.</summary>
    /// <param name="commandLine">/proc/cmdline.</param>
    /// <returns>Joined by blanks; empty for none.</returns>
    public static string Relevant(string commandLine) =>
        string.Join(' ', KernelCommandLine.Parse(commandLine).Where(argument => Names.Any(argument.Is)).Select(argument => commandLine[argument.Start..argument.End]));

    /// <summary>Those that a reader of a host with this driver wants to see even where they are not given.</summary>
    public static bool IsBasic(string name, string? driver) => name switch
    {
        "intel_idle.states_off" or "intel_idle.max_cstate" => driver == "intel_idle",
        "processor.max_cstate" => driver == "acpi_idle",
        "idle" or "cpuidle.off" => true,
        _ => false,
    };

    /// <summary>What is wrong with a value; null where the kernel takes it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="value">Its value; null where it is to stand without one.</param>
    public static string? Complain(string name, string? value)
    {
        if (value?.Any(c => c is '"' or < ' ' or > '~') == true)
        {
            return "it holds a quote, a control character or a character outside of ASCII, which a kernel command line cannot carry";
        }

        return name switch
        {
            "nohalt" => value is null ? null : "it takes no value",
            "nosmt" => value is null or "force" ? null : "it takes no value, or force",
            "idle" => value is "poll" or "halt" or "nomwait" ? null : "it takes poll, halt or nomwait",
            "cpuidle.off" => IsInt(value) ? null : "it takes 0 or 1, as a number",
            "cpuidle.governor" => IsOf(value, "_-") && value!.Length <= MostNameLength ? null : "it takes a governor's name, such as menu or teo",
            "isolcpus" or "nohz_full" => IsOf(value, "_-,:/") ? null : "it takes a list of CPUs, such as 2-5,8",
            "intel_idle.max_cstate" or "intel_idle.states_off" or "processor.max_cstate" or "intel_idle.preferred_cstates" =>
                value is not null && IdleTable.KernelNumber(value) is >= 0 ? null : "it takes a whole number from 0, such as 8 or 0x8",
            _ => value is null || Switches.Contains(value, StringComparer.Ordinal) ? null : "it takes 0 or 1",
        };
    }

    /// <summary>What a value does on a host, in words; null where there is nothing to say.</summary>
    public static string? Effect(string name, string? value, IdleTable table, bool? hasStatesOff)
    {
        if (value is null)
        {
            return null;
        }

        return (name, value) switch
        {
            ("intel_idle.max_cstate", _) when IdleTable.KernelNumber(value) is null => Refused,
            ("intel_idle.max_cstate", _) when IdleTable.KernelNumber(value) == 0 => "0 turns intel_idle off: acpi_idle drives, with the firmware's states and processor.max_cstate",
            ("intel_idle.max_cstate", _) when table.Driver is "acpi_idle" or "haltpoll" => $"without effect: {table.Driver} drives",
            ("intel_idle.max_cstate", _) => "counts entries of the driver's table, not C-numbers, and counts those too that it skips",
            ("intel_idle.states_off", _) when hasStatesOff == false => "the running kernel's intel_idle has no states_off and ignores it",
            ("intel_idle.states_off", _) when table.Driver is "acpi_idle" or "haltpoll" => $"without effect: {table.Driver} drives",
            ("intel_idle.states_off", _) => "bit N switches off stateN at boot; it can be switched on again in sysfs",
            ("processor.max_cstate", _) when table.Driver == "intel_idle" => "without effect while intel_idle drives",
            ("processor.max_cstate", "0") => "0 counts as 1",
            ("processor.max_cstate", _) => "counts entries of the firmware's table, not C-numbers",
            ("idle", "poll") => "every idle CPU polls: 100 % busy, no turbo, siblings starved; there is no cpuidle",
            ("idle", "halt") => "idle CPUs use HLT only; there is no cpuidle",
            ("idle", "nomwait") => "MWAIT is not used: intel_idle does not start",
            ("cpuidle.off", _) when !IsInt(value) => Refused,
            ("cpuidle.off", _) when IdleTable.KernelNumber(value) != 0 => "there is no cpuidle: the architecture's own idle routine is used",
            ("nosmt", _) => "sibling threads stay offline",
            _ => null,
        };
    }

    /// <summary>What kstrtoint takes; module parameters of that type cannot stand without a value.</summary>
    private static bool IsInt(string? value) => value is not null && IdleTable.KernelNumber(value) is >= int.MinValue and <= int.MaxValue;

    /// <summary>
    /// Letters, digits and a few more characters. grub-mkconfig writes a value as it is into a script of the boot loader's,
    /// where ; &amp; | $ { and # mean something; no value that the kernel understands needs them.
    /// </summary>
    private static bool IsOf(string? value, string others) => !string.IsNullOrEmpty(value) && value.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c, StringComparison.Ordinal));
}
