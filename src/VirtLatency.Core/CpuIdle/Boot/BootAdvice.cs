using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>
/// Ways to make a limit permanent, those without a reboot first: a systemd unit that writes the states' disable files, a
/// tuned profile that holds /dev/cpu_dma_latency, then the parameters of the driver.
/// </summary>
internal static class BootAdvice
{
    private const string CounterNote = "n counts entries of the driver's table, those too that it skips on this CPU: check the states after the reboot";

    /// <summary>The ways for a host; none where it has no idle states.</summary>
    public static IReadOnlyList<CStateBootAdvice> Of(string hostName, IdleTable table, double maxExitLatencyUs, bool? hasStatesOff)
    {
        if (table.States.Count == 0)
        {
            return [];
        }

        IReadOnlyList<IdleState> wanted = table.Within(maxExitLatencyUs);
        string limit = Math.Floor(maxExitLatencyUs).ToString("0", CultureInfo.InvariantCulture);
        bool isHaltpoll = table.Governor == "haltpoll";
        var ways = new List<(string Method, string Setting, IReadOnlyList<IdleState> Keeps, string Text, string? Note)>
        {
            ("SystemdUnit", "cstate-limit.service", isHaltpoll ? table.States : wanted, UnitOf(limit), isHaltpoll ? "the governor haltpoll ignores the disable files" : "save as /etc/systemd/system/cstate-limit.service, then systemctl enable --now cstate-limit; CPUs that come online later need a restart of it"),
            ("TunedForceLatency", "force_latency=" + limit, isHaltpoll && limit != "0" ? table.States : wanted, ProfileOf(limit), isHaltpoll ? "the governor haltpoll looks at a latency of 0 only" : "save as /etc/tuned/cstate-limit/tuned.conf with the profile in use as include, then tuned-adm profile cstate-limit"),
        };
        ways.AddRange(ParametersOf(table, wanted, hasStatesOff));
        return [.. ways.Select((way, index) => new CStateBootAdvice
        {
            HostName = hostName,
            Rank = index + 1,
            Method = way.Method,
            Setting = way.Setting,
            NeedsReboot = way.Method == "BootParameter",
            Keeps = IdleTable.TextOf(way.Keeps),
            Removes = way.Keeps.Count == table.States.Count ? null : IdleTable.TextOf(table.States.Except(way.Keeps)),
            EqualsWanted = way.Keeps.SequenceEqual(wanted) && table.IsUniform,
            EqualsInForce = table.InForce is null ? null : IdleTable.TextOf(way.Keeps) == table.InForce,
            Text = way.Text,
            Note = NoteOf(way.Note, table, way.Keeps),
        })];
    }

    /// <summary>The parameter to set for a limit; null where no parameter of the driver leaves exactly the states within it.</summary>
    public static (string Name, string Value)? ParameterOf(IdleTable table, double maxExitLatencyUs, bool? hasStatesOff)
    {
        IReadOnlyList<IdleState> wanted = table.Within(maxExitLatencyUs);
        string? setting = ParametersOf(table, wanted, hasStatesOff)
            .Where(way => way.Keeps.SequenceEqual(wanted) && (hasStatesOff != false || !way.Setting.StartsWith("intel_idle.states_off", StringComparison.Ordinal)))
            .Select(way => way.Setting).FirstOrDefault();
        return setting?.Split('=') is [var name, var value] ? (name, value) : null;
    }

    /// <summary>The unit's shell commands, without systemd's own escapes; what the firmware keeps off stays off when the unit stops.</summary>
    internal static string ScriptOf(string limit, bool isStart, string root = "")
    {
        string veto = isStart ? string.Empty : "[ \"$(cat \"$s/default_status\" 2>/dev/null)\" != disabled ] && ";
        return $"for s in {root}/sys/devices/system/cpu/cpu[0-9]*/cpuidle/state[1-9]*; do [ \"$(cat \"$s/latency\")\" -gt {limit} ] && {veto}echo {(isStart ? 1 : 0)} > \"$s/disable\"; done; true";
    }

    private static IEnumerable<(string Method, string Setting, IReadOnlyList<IdleState> Keeps, string Text, string? Note)> ParametersOf(IdleTable table, IReadOnlyList<IdleState> wanted, bool? hasStatesOff)
    {
        IdleState[] removed = [.. table.States.Except(wanted)];
        if (removed.Length == 0 || table.Driver is not ("intel_idle" or "acpi_idle"))
        {
            yield break;
        }

        if (table.Driver == "intel_idle")
        {
            ulong mask = removed.Aggregate(0UL, (sum, state) => sum | (1UL << state.Index));
            string setting = FormattableString.Invariant($"intel_idle.states_off={mask}");
            string? note = hasStatesOff switch
            {
                true => "can be undone in sysfs at run time",
                false => "the running kernel's intel_idle has no states_off: it would be ignored",
                null => "from Linux 5.6 on; /sys/module/intel_idle/parameters/states_off shows whether a kernel has it",
            };
            yield return ("BootParameter", setting, hasStatesOff == false ? table.States : table.Without(mask), CommandOf(setting), note);
        }

        // 0 would turn intel_idle off, and counts as 1 for acpi_idle: the index of a real state is the least.
        int last = removed.Min(state => state.Index) - 1;
        if (last >= 1)
        {
            string setting = FormattableString.Invariant($"{(table.Driver == "intel_idle" ? "intel_idle" : "processor")}.max_cstate={last}");
            yield return ("BootParameter", setting, table.UpTo(last), CommandOf(setting), CounterNote + "; the states are gone until a reboot without it");
        }
    }

    private static string CommandOf(string setting) => $"Set-CStateBootParameter {setting.Split('=')[0]} {setting.Split('=')[1]}";

    private static string? NoteOf(string? note, IdleTable table, IReadOnlyList<IdleState> keeps)
    {
        string? polling = keeps.All(state => state.IsPolling) ? "leaves polling only: 100 % busy, no turbo, siblings starved" : null;
        string? differing = table.IsUniform ? null : "CPUs have different states; the table is that of the first one";
        return string.Join(". ", ((string?[])[note, polling, differing]).OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static string UnitOf(string limit) => string.Join('\n', (string[])
    [
        "[Unit]",
        $"Description=Idle states with an exit latency above {limit} us are off",
        string.Empty,
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        $"ExecStart=/bin/sh -c '{ScriptOf(limit, isStart: true).Replace("$", "$$", StringComparison.Ordinal)}'",
        $"ExecStop=/bin/sh -c '{ScriptOf(limit, isStart: false).Replace("$", "$$", StringComparison.Ordinal)}'",
        string.Empty,
        "[Install]",
        "WantedBy=multi-user.target",
    ]);

    private static string ProfileOf(string limit) => string.Join('\n', (string[])["[main]", "include=virtual-host", string.Empty, "[cpu]", "force_latency=" + limit]);
}
