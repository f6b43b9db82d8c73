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
    public static LimitPlan Of(IHostAccess host, LimitRequest request, CancellationToken cancellation = default) =>
        Of(host.HostName, host.Read(CpuIdleReader.Patterns, cancellation), request);

    /// <summary>Plans.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="tree">Its files, by <see cref="CpuIdleReader.Patterns"/>.</param>
    /// <param name="request">The limit.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LimitException">The limit is not possible there, or refused.</exception>
    public static LimitPlan Of(string hostName, HostTree tree, LimitRequest request)
    {
        CpuIdleSnapshot snapshot = CpuIdleReader.Of(hostName, tree);
        IdleCpu[] cpus = CpusOf(snapshot, request);
        var announcements = new List<string>(GovernorNotes(snapshot, request.Method));
        CheckNames(snapshot, cpus, request, announcements);
        bool byFlag = request.Method == LimitMethod.Sysfs;
        List<LimitWrite> writes = [.. byFlag ? cpus.SelectMany(cpu => Flags(snapshot, tree, cpu, request)) : cpus.Select(cpu => Resume(snapshot, cpu, request, announcements)).OfType<LimitWrite>()];
        IReadOnlyList<(int, int)> limited = [.. cpus.SelectMany(cpu => cpu.States.Where(state => IsLimited(snapshot, cpu, state, request)).Select(state => (cpu.Number, state.Index)))];
        RefusePolling(snapshot, cpus, writes, request);
        return new LimitPlan
        {
            Snapshot = snapshot,
            Method = request.Method,
            Cpus = [.. cpus.Select(cpu => cpu.Number)],
            Writes = writes,
            Limited = limited,
            Announcements = announcements,
        };
    }

    private static IdleCpu[] CpusOf(CpuIdleSnapshot snapshot, LimitRequest request)
    {
        if (!snapshot.HasCpuIdle)
        {
            throw new LimitException(LimitProblem.NoCpuIdle, snapshot.HostName, $"{snapshot.HostName} has no idle states to limit: its kernel runs without cpuidle (idle=poll, idle=halt, cpuidle.off=1, or a virtual machine).");
        }

        if (request.Cpus is not { } wanted)
        {
            return [.. snapshot.Cpus.Where(cpu => cpu.IsOnline && cpu.States.Count > 0)];
        }

        int[] missing = [.. wanted.Except(snapshot.Cpus.Select(cpu => cpu.Number))];
        if (missing.Length > 0)
        {
            throw new LimitException(LimitProblem.CpuNotFound, snapshot.HostName, $"{snapshot.HostName} has no CPU {CpuRange.TextOf(missing)}; it has {CpuRange.TextOf(snapshot.Cpus.Select(cpu => cpu.Number))}.");
        }

        IdleCpu[] cpus = [.. snapshot.Cpus.Where(cpu => wanted.Contains(cpu.Number))];
        int[] offline = [.. cpus.Where(cpu => !cpu.IsOnline).Select(cpu => cpu.Number)];
        if (offline.Length > 0)
        {
            throw new LimitException(LimitProblem.CpuOffline, snapshot.HostName, $"CPU {CpuRange.TextOf(offline)} of {snapshot.HostName} is offline. Bring it online first, or leave it out.");
        }

        int[] without = [.. cpus.Where(cpu => cpu.States.Count == 0).Select(cpu => cpu.Number)];
        return without.Length == 0
            ? cpus
            : throw new LimitException(LimitProblem.NoCpuIdle, snapshot.HostName, $"CPU {CpuRange.TextOf(without)} of {snapshot.HostName} has no idle states.");
    }

    private static void CheckNames(CpuIdleSnapshot snapshot, IdleCpu[] cpus, LimitRequest request, List<string> announcements)
    {
        foreach (string name in request.DisableStates)
        {
            if (name.Equals("POLL", StringComparison.OrdinalIgnoreCase))
            {
                throw new LimitException(LimitProblem.PollingState, snapshot.HostName, "POLL is never switched off: a CPU without any other state needs it.");
            }
        }

        if (request.Method == LimitMethod.ResumeLatency && request.DisableStates.Count > 0)
        {
            throw new LimitException(LimitProblem.MethodUnsuited, snapshot.HostName, "A resume latency bounds the depth; it cannot switch off single states. Use -MaxExitLatencyUs or -DeepestState, or -Method Sysfs.");
        }

        foreach (string name in request.DeepestState is { } deepest ? [deepest] : request.DisableStates)
        {
            int[] without = [.. cpus.Where(cpu => Find(cpu, name) is null).Select(cpu => cpu.Number)];
            if (without.Length == cpus.Length || (without.Length > 0 && request.DeepestState is not null))
            {
                string[] known = [.. cpus.Where(cpu => without.Contains(cpu.Number)).SelectMany(cpu => cpu.States).Select(state => state.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
                throw new LimitException(LimitProblem.UnknownState, snapshot.HostName, $"CPUs {CpuRange.TextOf(without)} of {snapshot.HostName} have no state '{name}'; they have {string.Join(", ", known)}.");
            }

            if (without.Length > 0)
            {
                announcements.Add($"CPUs {CpuRange.TextOf(without)} of {snapshot.HostName} have no state '{name}' and are left as they are.");
            }
        }
    }

    private static IEnumerable<string> GovernorNotes(CpuIdleSnapshot snapshot, LimitMethod method)
    {
        if (snapshot.Governor == "haltpoll")
        {
            yield return $"Governor haltpoll of {snapshot.HostName} does not look at {(method == LimitMethod.Sysfs ? "the flag that is written" : "latency limits other than polling only")}: expect no effect.";
        }

        if (snapshot.Governor == "ladder" && method == LimitMethod.Sysfs)
        {
            yield return $"Under governor ladder of {snapshot.HostName} a state that is switched off blocks all deeper ones too.";
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

    private static long LatencyOf(CpuIdleSnapshot snapshot, IdleCpu cpu, IdleState state) => state.ExitLatencyUs ?? (state.IsPolling ? 0 : throw new LimitException(
        LimitProblem.NotLimitable, snapshot.HostName, FormattableString.Invariant($"The exit latency of state {state.Name} on cpu{cpu.Number} of {snapshot.HostName} cannot be read. Name the states with -DisableState.")));

    private static IEnumerable<LimitWrite> Flags(CpuIdleSnapshot snapshot, HostTree tree, IdleCpu cpu, LimitRequest request)
    {
        foreach (IdleState state in cpu.States)
        {
            string? now = LimitWrite.UserFlag(tree.TextOf(CpuIdleReader.PathOf(cpu.Number, state.Index, "disable")));
            string? wanted = IsLimited(snapshot, cpu, state, request) ? "1" : IsToEnable(cpu, state, request) ? "0" : now;
            if (wanted is not null && now is null)
            {
                throw new LimitException(LimitProblem.NotLimitable, snapshot.HostName, FormattableString.Invariant($"State {state.Name} of cpu{cpu.Number} on {snapshot.HostName} has no file 'disable' that can be read; use -Method ResumeLatency or boot parameters."));
            }

            if (wanted != now)
            {
                yield return new LimitWrite(cpu.Number, state.Index, state.Name, state.ExitLatencyUs, now!, wanted!);
            }
        }
    }

    /// <summary>A state that firmware or driver veto is switched on only when it is asked for by its name.</summary>
    private static bool IsToEnable(IdleCpu cpu, IdleState state, LimitRequest request) =>
        request.EnableShallower
        && (state.IsDefaultDisabled != true || state.Name.Equals(request.DeepestState, StringComparison.OrdinalIgnoreCase))
        && (request.DisableStates.Count == 0 || cpu.States.Where(other => request.DisableStates.Contains(other.Name, StringComparer.OrdinalIgnoreCase)).All(other => other.ExitLatencyUs > state.ExitLatencyUs));

    private static LimitWrite? Resume(CpuIdleSnapshot snapshot, IdleCpu cpu, LimitRequest request, List<string> announcements)
    {
        string now = cpu.ResumeLatencyLimit?.Trim() ?? throw new LimitException(
            LimitProblem.NotLimitable, snapshot.HostName, FormattableString.Invariant($"cpu{cpu.Number} of {snapshot.HostName} has no power/pm_qos_resume_latency_us; use -Method Sysfs."));
        double most = request.MaxExitLatencyUs ?? LatencyOf(snapshot, cpu, Find(cpu, request.DeepestState!)!);

        // 0 means "no limit" in this file; polling only is written n/a.
        string wanted = most < 1 ? "n/a" : Math.Floor(Math.Min(most, int.MaxValue)).ToString("0", CultureInfo.InvariantCulture);
        if (wanted == now)
        {
            return null;
        }

        if (!request.EnableShallower && Bound(now) < Bound(wanted))
        {
            announcements.Add(FormattableString.Invariant($"cpu{cpu.Number} of {snapshot.HostName} has a stricter resume latency already ({now}); it is left. -EnableShallower replaces it."));
            return null;
        }

        return new LimitWrite(cpu.Number, null, null, null, now, wanted);
    }

    /// <summary>A resume latency as a bound (us): 0 is none, n/a polling only.</summary>
    internal static double Bound(string? text) => text?.Trim() switch
    {
        null or "" or "0" => double.PositiveInfinity,
        "n/a" => 0,
        { } number => double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out double bound) ? bound : double.PositiveInfinity,
    };

    private static void RefusePolling(CpuIdleSnapshot snapshot, IdleCpu[] cpus, List<LimitWrite> writes, LimitRequest request)
    {
        if (request.AllowPolling)
        {
            return;
        }

        ILookup<int, LimitWrite> byCpu = writes.ToLookup(write => write.Cpu);
        IdleCpu[] polling = [.. cpus.Where(cpu => !Remaining(snapshot, cpu, byCpu[cpu.Number], request).Any())];
        if (polling.Length == 0)
        {
            return;
        }

        IEnumerable<string> shallowest = polling
            .Select(cpu => cpu.States.Where(state => !state.IsPolling).OrderBy(state => state.ExitLatencyUs).FirstOrDefault()).OfType<IdleState>()
            .Select(state => FormattableString.Invariant($"{state.Name} needs {state.ExitLatencyUs} us")).Distinct(StringComparer.Ordinal);
        throw new LimitException(
            LimitProblem.PollingOnly,
            snapshot.HostName,
            $"This leaves CPUs {CpuRange.TextOf(polling.Select(cpu => cpu.Number))} of {snapshot.HostName} nothing but busy waiting (POLL): {string.Join(", ", shallowest)} there. They would be 100 % busy, without turbo, and starve their SMT siblings. Choose a limit that keeps that state, or give -AllowPolling.");
    }

    private static IEnumerable<IdleState> Remaining(CpuIdleSnapshot snapshot, IdleCpu cpu, IEnumerable<LimitWrite> writes, LimitRequest request)
    {
        LimitWrite[] own = [.. writes];
        double bound = Bound(own.FirstOrDefault(write => write.Index is null)?.After ?? cpu.ResumeLatencyLimit);
        foreach (IdleState state in cpu.States.Where(state => !state.IsPolling))
        {
            bool isOff = own.FirstOrDefault(write => write.Index == state.Index) is { } write ? write.After == "1" : state.IsDisabled == true;
            if (isOff && snapshot.Governor == "ladder" && request.Method == LimitMethod.Sysfs)
            {
                yield break;
            }

            if (!isOff && !(state.ExitLatencyUs > bound))
            {
                yield return state;
            }
        }
    }
}
