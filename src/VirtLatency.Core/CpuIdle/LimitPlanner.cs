using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Works out which states of which CPUs a limit switches off. By exit latency or name, on each CPU by its own table: an
/// index says nothing. POLL is never switched off.
/// </summary>
public static class LimitPlanner
{
    /// <summary>Reads a host and plans.</summary>
    /// <param name="host">The host.</param>
    /// <param name="request">The limit.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LimitException">The limit is not possible there, or refused.</exception>
    /// <exception cref="HostAccessException">The host cannot be reached, or has no such CPU.</exception>
    public static LimitPlan Of(IHostAccess host, LimitRequest request, CancellationToken cancellation = default) =>
        Of(host.HostName, host.Read(CpuIdleReader.Patterns, cancellation), request);

    /// <summary>Plans.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="tree">Its files, by <see cref="CpuIdleReader.Patterns"/>.</param>
    /// <param name="request">The limit.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LimitException">The limit is not possible there, or refused.</exception>
    /// <exception cref="HostAccessException">The host has no such CPU.</exception>
    public static LimitPlan Of(string hostName, HostTree tree, LimitRequest request)
    {
        CpuIdleSnapshot snapshot = CpuIdleReader.Of(hostName, tree);
        IReadOnlyList<IdleCpu> cpus = CpusOf(snapshot, request);
        var announcements = new List<string>(GovernorNotes(snapshot, request.Method));
        CheckNames(snapshot, cpus, request, announcements);
        LimitWrite[] values = request.Method == LimitMethod.Sysfs
            ? [.. cpus.SelectMany(cpu => Flags(snapshot, cpu, request))]
            : [.. cpus.Select(cpu => Resume(snapshot, cpu, request, announcements))];
        LimitWrite[] writes = [.. values.Where(value => value.Before != value.After)];
        PollingGuard.Refuse(snapshot, cpus, writes, request.AllowPolling, "Choose a limit that keeps such a state, leave those CPUs out, or give -AllowPolling.");
        return new LimitPlan
        {
            Snapshot = snapshot,
            Request = request,
            Cpus = [.. cpus.Select(cpu => cpu.Number)],
            Writes = writes,
            Kept = [.. values.Where(value => value.Before == value.After)],
            Limited = [.. cpus.SelectMany(cpu => cpu.States.Where(state => IsLimited(snapshot, cpu, state, request)).Select(state => (cpu.Number, state.Index)))],
            Announcements = announcements,
        };
    }

    private static IReadOnlyList<IdleCpu> CpusOf(CpuIdleSnapshot snapshot, LimitRequest request)
    {
        if (!snapshot.HasCpuIdle)
        {
            string reason = "its kernel runs without cpuidle (idle=poll, idle=halt, cpuidle.off=1, or a virtual machine)";
            throw new LimitException(LimitProblem.NoCpuIdle, snapshot.HostName, $"{snapshot.HostName} has no idle states to limit: {reason}.");
        }

        IReadOnlyList<IdleCpu> cpus = LimitCpus.Of(snapshot, request.Cpus);
        int[] without = [.. cpus.Where(cpu => cpu.States.Count == 0).Select(cpu => cpu.Number)];
        return request.Cpus is null ? [.. cpus.Where(cpu => cpu.States.Count > 0)]
            : without.Length == 0 ? cpus
            : throw new LimitException(LimitProblem.NoCpuIdle, snapshot.HostName, $"CPU {CpuRange.TextOf(without)} of {snapshot.HostName} has no idle states.");
    }

    private static void CheckNames(CpuIdleSnapshot snapshot, IReadOnlyList<IdleCpu> cpus, LimitRequest request, List<string> announcements)
    {
        if (request.DisableStates.FirstOrDefault(name => IdleState.IsPollingName(name) || cpus.Any(cpu => Find(cpu, name)?.IsPolling == true)) is { } polling)
        {
            throw new LimitException(LimitProblem.PollingState, snapshot.HostName, $"{polling} is busy waiting, which is never switched off: a CPU without any other state needs it.");
        }

        if (request.Method == LimitMethod.ResumeLatency && request.DisableStates.Count > 0)
        {
            string instead = "Use -MaxExitLatencyUs or -DeepestState, or -Method Sysfs.";
            throw new LimitException(LimitProblem.MethodUnsuited, snapshot.HostName, $"A resume latency bounds the depth; it cannot switch off single states. {instead}");
        }

        foreach (string name in request.DeepestState is { } deepest ? [deepest] : request.DisableStates)
        {
            CheckName(snapshot, cpus, name, request.DeepestState is not null, announcements);
        }
    }

    private static void CheckName(CpuIdleSnapshot snapshot, IReadOnlyList<IdleCpu> cpus, string name, bool isOnAll, List<string> announcements)
    {
        IdleCpu[] without = [.. cpus.Where(cpu => Find(cpu, name) is null)];
        if (without.Length == 0)
        {
            return;
        }

        string where = $"CPUs {CpuRange.TextOf(without.Select(cpu => cpu.Number))} of {snapshot.HostName}";
        if (isOnAll || without.Length == cpus.Count)
        {
            IEnumerable<string> known = without.SelectMany(cpu => cpu.States).Select(state => state.Name).Distinct(StringComparer.OrdinalIgnoreCase);
            throw new LimitException(LimitProblem.UnknownState, snapshot.HostName, $"{where} have no state '{name}'; they have {string.Join(", ", known)}.");
        }

        announcements.Add($"{where} have no state '{name}' and are left as they are.");
    }

    private static IEnumerable<string> GovernorNotes(CpuIdleSnapshot snapshot, LimitMethod method)
    {
        string governor = $"overnor {snapshot.Governor} of {snapshot.HostName}";
        if (IdleLimit.IgnoresFlags(snapshot.Governor))
        {
            yield return $"G{governor} does not look at {(method == LimitMethod.Sysfs ? "the flag that is written" : "latency limits other than polling only")}: expect no effect.";
        }

        if (IdleLimit.StopsAtDisabled(snapshot.Governor) && method == LimitMethod.Sysfs)
        {
            yield return $"Under g{governor} a state that is off blocks all deeper ones, but for the first one behind POLL, which is entered even where it is off.";
        }
    }

    private static IdleState? Find(IdleCpu cpu, string name) => cpu.States.FirstOrDefault(state => state.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsLimited(CpuIdleSnapshot snapshot, IdleCpu cpu, IdleState state, LimitRequest request)
    {
        if (state.IsPolling)
        {
            return false;
        }

        if (request.DisableStates.Count > 0)
        {
            return request.DisableStates.Contains(state.Name, StringComparer.OrdinalIgnoreCase);
        }

        long latency = LatencyOf(snapshot, cpu, state);
        if (request.MaxExitLatencyUs is { } most)
        {
            return latency > most;
        }

        IdleState deepest = Find(cpu, request.DeepestState!)!;
        long bound = LatencyOf(snapshot, cpu, deepest);
        return latency > bound || (latency == bound && state.Index > deepest.Index);
    }

    private static long LatencyOf(CpuIdleSnapshot snapshot, IdleCpu cpu, IdleState state)
    {
        string place = FormattableString.Invariant($"state {state.Name} on cpu{cpu.Number} of {snapshot.HostName}");
        return state.ExitLatencyUs ?? (state.IsPolling ? 0
            : throw new LimitException(LimitProblem.NotLimitable, snapshot.HostName, $"The exit latency of {place} cannot be read. Name the states with -DisableState."));
    }

    /// <summary>The flags that the limit needs, as they stand and as they are wanted.</summary>
    private static IEnumerable<LimitWrite> Flags(CpuIdleSnapshot snapshot, IdleCpu cpu, LimitRequest request)
    {
        foreach (IdleState state in cpu.States)
        {
            bool isLimited = IsLimited(snapshot, cpu, state, request);
            if (!isLimited && !IsToEnable(cpu, state, request))
            {
                continue;
            }

            string? now = LimitWrite.FlagText(state.IsDisabled);
            if (now is null)
            {
                string place = FormattableString.Invariant($"State {state.Name} of cpu{cpu.Number} on {snapshot.HostName}");
                throw new LimitException(LimitProblem.NotLimitable, snapshot.HostName, $"{place} has no file 'disable' that reads 0 or 1; use -Method ResumeLatency or boot parameters.");
            }

            yield return new LimitWrite(cpu.Number, state.Index, state.Name, state.ExitLatencyUs, now, isLimited ? "1" : "0");
        }
    }

    /// <summary>A state that firmware or driver veto is switched on only when it is asked for by its name.</summary>
    private static bool IsToEnable(IdleCpu cpu, IdleState state, LimitRequest request) =>
        request.EnableShallower
        && (state.IsDefaultDisabled != true || state.Name.Equals(request.DeepestState, StringComparison.OrdinalIgnoreCase))
        && (request.DisableStates.Count == 0
            || cpu.States.Where(other => request.DisableStates.Contains(other.Name, StringComparer.OrdinalIgnoreCase)).All(other => other.ExitLatencyUs > state.ExitLatencyUs));

    /// <summary>The resume latency that the limit needs, as it stands and as it is wanted.</summary>
    private static LimitWrite Resume(CpuIdleSnapshot snapshot, IdleCpu cpu, LimitRequest request, List<string> announcements)
    {
        string place = FormattableString.Invariant($"cpu{cpu.Number} of {snapshot.HostName}");
        string now = cpu.ResumeLatencyLimit?.Trim()
            ?? throw new LimitException(LimitProblem.NotLimitable, snapshot.HostName, $"{place} has no power/pm_qos_resume_latency_us; use -Method Sysfs.");
        double most = request.MaxExitLatencyUs ?? LatencyOf(snapshot, cpu, Find(cpu, request.DeepestState!)!);

        // 0 means "no limit" in this file; polling only is written n/a.
        string wanted = most < 1 ? "n/a" : Math.Floor(Math.Min(most, int.MaxValue)).ToString("0", CultureInfo.InvariantCulture);
        if (wanted != now && !request.EnableShallower && IdleLimit.ResumeLatencyOf(now) < IdleLimit.ResumeLatencyOf(wanted))
        {
            announcements.Add($"{place} has a stricter resume latency already ({now}); it is left. -EnableShallower replaces it.");
            wanted = now;
        }

        return new LimitWrite(cpu.Number, null, null, null, now, wanted);
    }
}
