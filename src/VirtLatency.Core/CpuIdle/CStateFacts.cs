using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>What a snapshot says as a whole: the table that most CPUs have, who differs, what limits and what is unknown.</summary>
internal sealed class CStateFacts
{
    private readonly CpuIdleSnapshot _snapshot;
    private readonly IReadOnlyList<IGrouping<string, IdleCpu>> _tables;

    public CStateFacts(CpuIdleSnapshot snapshot)
    {
        _snapshot = snapshot;
        Online = [.. snapshot.Cpus.Where(cpu => cpu.IsOnline)];
        Offline = [.. snapshot.Cpus.Where(cpu => !cpu.IsOnline).Select(cpu => cpu.Number).Union((snapshot.Present ?? []).Except(snapshot.Cpus.Select(cpu => cpu.Number))).Order()];

        // Most CPUs first; of equal groups the one with the lowest CPU, for the order of equal keys is kept.
        _tables = [.. Online.GroupBy(TableOf, StringComparer.Ordinal).OrderByDescending(group => group.Count())];
    }

    public IReadOnlyList<IdleCpu> Online { get; }

    public IReadOnlyList<int> Offline { get; }

    /// <summary>The table that most CPUs have, with where a state is off.</summary>
    public string? StatesText
    {
        get
        {
            IdleCpu? model = _tables.Select(group => group.First()).FirstOrDefault(cpu => cpu.States.Count > 0);
            return model is null ? null : string.Join(", ", model.States.Select(state => NameOf(state) + OffText(state.Name)));
        }
    }

    public bool IsUniform => _tables.Count <= 1
        && Online.Select(cpu => string.Join(',', cpu.States.Where(state => !state.IsEnabled).Select(state => state.Index))).Distinct(StringComparer.Ordinal).Count() <= 1
        && Online.Select(cpu => cpu.ResumeLatencyLimit).Distinct(StringComparer.Ordinal).Count() <= 1;

    /// <summary>The largest exit latency that PM QoS leaves on any CPU.</summary>
    public long? EffectiveLimitUs => _snapshot.LatencyRequestUs is { } request
        ? Online.SelectMany(cpu => IdleLimit.Enterable(_snapshot.Governor, cpu, IdleLimit.Of(cpu, request))).Max(state => state.ExitLatencyUs)
        : null;

    public string? Note
    {
        get
        {
            string note = string.Join("; ", Notes());
            return note.Length == 0 ? null : note;
        }
    }

    private IEnumerable<string> Notes()
    {
        if (_snapshot.IsOneCpuOnly)
        {
            yield return "cpu0 only: the other CPUs may differ";
        }

        if (!_snapshot.HasCpuIdle)
        {
            yield return "no idle states are published: the kernel has no cpuidle (idle=poll, idle=halt, cpuidle.off=1, many VMs)";
        }

        foreach (IGrouping<string, IdleCpu> other in _tables.Skip(1))
        {
            yield return $"{CpuText(other.Select(cpu => cpu.Number))} {(other.Count() == 1 ? "differs" : "differ")}: {(other.Key.Length == 0 ? "no idle states" : string.Join(", ", other.First().States.Select(NameOf)))}";
        }

        foreach (string note in FlagNotes().Concat(LimitNotes()))
        {
            yield return note;
        }

        if (Offline.Count > 0)
        {
            yield return CpuText(Offline) + (Offline.Count == 1 ? " is" : " are") + " offline";
        }

        if (_snapshot.Denied.Count > 0)
        {
            yield return FormattableString.Invariant($"{_snapshot.Denied.Count} files may not be read, {_snapshot.Denied[0]} first");
        }
    }

    private IEnumerable<string> FlagNotes()
    {
        if (IdleLimit.IgnoresFlags(_snapshot.Governor))
        {
            bool isMore = Online.Any(cpu => cpu.States.Count > 2);
            yield return $"the governor {_snapshot.Governor} ignores which states are off{(isMore ? ", and enters the first two only" : string.Empty)}";
        }

        foreach (string state in Online.SelectMany(cpu => cpu.States.Where(state => !state.IsEnabled).Select(state => state.Name)).Distinct(StringComparer.Ordinal))
        {
            (int[] off, int[] on) = WhereOff(state);
            if (on.Length > 0)
            {
                yield return $"{state} is off on {CpuText(off)}, not on {CpuText(on)}";
            }
        }

        foreach (string note in LadderNotes())
        {
            yield return note;
        }

        foreach (IGrouping<string, (int Cpu, string State)> veto in Online
            .SelectMany(cpu => cpu.States.Where(state => state.IsDefaultDisabled == true).Select(state => (Cpu: cpu.Number, State: state.Name)))
            .GroupBy(pair => pair.State, StringComparer.Ordinal))
        {
            yield return $"{veto.Key} is off by the driver's default" + (veto.Count() == Online.Count ? string.Empty : " on " + CpuText(veto.Select(pair => pair.Cpu)));
        }
    }

    private IEnumerable<string> LadderNotes()
    {
        if (!IdleLimit.StopsAtDisabled(_snapshot.Governor))
        {
            yield break;
        }

        ILookup<bool, string> off = Online.SelectMany(cpu => cpu.States.Where(state => !state.IsEnabled && !state.IsPolling)
            .Select(state => (state.Name, IsEntered: IdleLimit.Enterable(_snapshot.Governor, cpu).Contains(state)))).ToLookup(pair => pair.IsEntered, pair => pair.Name);
        if (off[true].Any())
        {
            yield return $"the governor {_snapshot.Governor} enters {string.Join(", ", off[true].Distinct(StringComparer.Ordinal))} although it is off";
        }

        if (off[false].Any())
        {
            yield return $"under the governor {_snapshot.Governor} a state that is off blocks all deeper ones";
        }
    }

    private IEnumerable<string> LimitNotes()
    {
        foreach (IGrouping<string?, IdleCpu> limited in Online
            .Where(cpu => IdleLimit.ResumeLatencyOf(cpu.ResumeLatencyLimit) is { } limit && limit != IdleLimit.None)
            .GroupBy(cpu => cpu.ResumeLatencyLimit, StringComparer.Ordinal))
        {
            string limit = limited.Key == "n/a" ? "to polling only" : $"to {limited.Key} us";
            yield return $"PM QoS limits {(limited.Count() == Online.Count ? "every CPU" : CpuText(limited.Select(cpu => cpu.Number)))} {limit} (pm_qos_resume_latency_us)";
        }

        if (_snapshot.LatencyRequestUs is { } request && request != IdleLimit.None)
        {
            yield return FormattableString.Invariant($"PM QoS limits every CPU to {request} us ({LatencyHold.Device})");
        }
        else if (_snapshot is { LatencyRequestUs: null, HasCpuIdle: true })
        {
            yield return $"the limit of {LatencyHold.Device} is unknown (read live, as root only)";
        }
    }

    private string OffText(string name)
    {
        int[] off = WhereOff(name).Off;
        return off.Length == 0 ? string.Empty : off.Length == Online.Count ? " (off)" : $" (off on {CpuRange.TextOf(off)})";
    }

    /// <summary>The CPUs that have a state, by its flag.</summary>
    private (int[] Off, int[] On) WhereOff(string name)
    {
        ILookup<bool, int> cpus = Online.SelectMany(cpu => cpu.States.Where(state => state.Name == name).Select(state => (cpu.Number, state.IsEnabled))).ToLookup(pair => pair.IsEnabled, pair => pair.Number);
        return ([.. cpus[false]], [.. cpus[true]]);
    }

    private static string NameOf(IdleState state) =>
        state.ExitLatencyUs is { } latency ? string.Create(CultureInfo.InvariantCulture, $"{state.Name} {latency}us") : state.Name;

    private static string CpuText(IEnumerable<int> cpus)
    {
        string range = CpuRange.TextOf(cpus);
        return (range.AsSpan().ContainsAny('-', ';') ? "CPUs " : "CPU ") + range;
    }

    private static string TableOf(IdleCpu cpu) =>
        string.Join('|', cpu.States.Select(state => FormattableString.Invariant($"{state.Index}={state.Name}={state.ExitLatencyUs}={state.TargetResidencyUs}")));
}
