using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>What taking a limit back will write on one host, worked out from its files.</summary>
public sealed record LimitRestore
{
    private const int MostTold = 8;

    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The change.</summary>
    public required LimitUndo Undo { get; init; }

    /// <summary>Every value of the change that is not as before: Before is what was found then, After what stands there now.</summary>
    public required IReadOnlyList<LimitWrite> Writes { get; init; }

    /// <summary>What differs from the time of the change; with any, only -Force goes on.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Which CPUs would be left with busy waiting only, in words; null where none. Only -Force goes on.</summary>
    public required string? Polling { get; init; }

    /// <summary>CPUs that came online since: no limit ever reached them.</summary>
    public required IReadOnlyList<int> LaterCpus { get; init; }

    /// <summary>The change's id.</summary>
    public string ChangeId => Undo.ChangeId;

    /// <summary>Works out what to write.</summary>
    /// <param name="host">The host.</param>
    /// <param name="writes">The change's writes; states without an index are found by their names.</param>
    /// <param name="changeId">The change.</param>
    /// <param name="bootId">The boot of the change; null where unknown.</param>
    /// <param name="onlineCpus">CPUs that were online then; null where unknown.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LimitException">The change names a value twice.</exception>
    public static LimitRestore Of(IHostAccess host, IReadOnlyList<LimitWrite> writes, string changeId, string? bootId, string? onlineCpus, CancellationToken cancellation = default) =>
        Of(host, new LimitUndo(writes, changeId, bootId, onlineCpus), cancellation);

    /// <summary>Works out what to write.</summary>
    /// <param name="host">The host.</param>
    /// <param name="undo">The change.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LimitException">The change names a value twice.</exception>
    public static LimitRestore Of(IHostAccess host, LimitUndo undo, CancellationToken cancellation = default)
    {
        HostTree tree = host.Read(CpuIdleReader.Patterns, cancellation);
        CpuIdleSnapshot snapshot = CpuIdleReader.Of(host.HostName, tree);
        var differences = new List<string>();
        LimitWrite[] located = [.. Located(snapshot, undo, differences)];
        if ((ChangeText.Twice(undo.Writes) ?? ChangeText.Twice(located)) is { } twice)
        {
            throw new LimitException(LimitProblem.JournalInvalid, host.HostName, $"The change names {twice.Place} more than once, which no limit does. Nothing was written.");
        }

        LimitWrite[] pending = [.. Pending(located, tree, undo, differences)];
        if (pending.Length > 0)
        {
            differences.InsertRange(0, Past(host.HostName, snapshot, undo));
        }

        return new LimitRestore
        {
            HostName = host.HostName,
            Undo = undo,
            Writes = pending,
            Differences = differences,
            Polling = PollingGuard.TextOf(snapshot, Touched(snapshot, pending), [.. pending.Select(write => write with { After = write.Before })]),
            LaterCpus = undo.OnlineCpus is not null && CpuRange.TryParse(undo.OnlineCpus, out IReadOnlyList<int> then)
                ? [.. snapshot.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number).Except(then)] : [],
        };
    }

    /// <summary>Refuses where the host differs, or would be left with busy waiting.</summary>
    /// <param name="force">Goes on all the same.</param>
    /// <exception cref="LimitException">It differs.</exception>
    public void Refuse(bool force)
    {
        if (force)
        {
            return;
        }

        if (Differences.Count > 0)
        {
            string more = Differences.Count > MostTold ? FormattableString.Invariant($"; and {Differences.Count - MostTold} more") : string.Empty;
            throw new LimitException(
                LimitProblem.HostChanged,
                HostName,
                $"{HostName} is not as it was when the limit was set: {string.Join("; ", Differences.Take(MostTold))}{more}. Nothing was written. -Force puts back what is there.");
        }

        if (Polling is not null)
        {
            throw new LimitException(LimitProblem.PollingOnly, HostName, $"Taking the limit back: {Polling} Nothing was written. -Force does it all the same.");
        }
    }

    /// <summary>Puts the values back, disarms the change's timer, and lets older timers have what it needed.</summary>
    /// <param name="host">The host.</param>
    /// <param name="force">Goes on where the host differs.</param>
    /// <param name="disarm">Whether the change ends as a whole, on a live host.</param>
    /// <exception cref="LimitException">The host differs, or a value could not be put back.</exception>
    /// <exception cref="HostAccessException">No permission, or the host cannot be reached.</exception>
    public void Apply(IHostAccess host, bool force, bool disarm)
    {
        Refuse(force);
        if (Writes.Count > 0)
        {
            RequireLive(host);
            using IDisposable held = HostLock.Take(host);
            PutBack(host, force);
        }

        if (disarm)
        {
            RevertTimer.TryEnd(host, ChangeId);
        }
    }

    /// <summary>While the question was open, someone else may have written: all is worked out again under the lock.</summary>
    private void PutBack(IHostAccess host, bool force)
    {
        LimitRestore now = Of(host, Undo);
        now.Refuse(force);
        if (LimitRollback.Undo(host, now.Writes) is { Count: > 0 } failures)
        {
            throw failures.Count == now.Writes.Count && failures[0].Reason.Problem == HostAccessProblem.Denied
                ? failures[0].Reason
                : new LimitException(LimitProblem.RollbackFailed, HostName, $"These could not be put back on {HostName}: {LimitRollback.TextOf(failures)}. All others are as before.");
        }
    }

    private static IEnumerable<IdleCpu> Touched(CpuIdleSnapshot snapshot, IReadOnlyList<LimitWrite> writes)
    {
        HashSet<int> numbers = [.. writes.Select(write => write.Cpu)];
        return snapshot.Cpus.Where(cpu => numbers.Contains(cpu.Number));
    }

    private static void RequireLive(IHostAccess host)
    {
        if (!host.IsLive)
        {
            throw new LimitException(LimitProblem.HostNotLive, host.HostName, $"The tree of {host.HostName} is a copy; nothing can be changed there.");
        }
    }

    /// <summary>What makes putting back wrong as a whole.</summary>
    private static IEnumerable<string> Past(string hostName, CpuIdleSnapshot snapshot, LimitUndo undo)
    {
        if (undo.BootId is not null && snapshot.BootId is not null && undo.BootId != snapshot.BootId)
        {
            yield return $"{hostName} was started again since (boot {snapshot.BootId}, then {undo.BootId}), which takes every limit back by itself";
        }

        if (undo.Used is { } used)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the change was taken back already ({used:yyyy-MM-dd HH:mm:ss}Z), so what stands there now is someone else's");
        }
    }

    /// <summary>The writes with the index that their states have today; a difference for each that has none.</summary>
    private static IEnumerable<LimitWrite> Located(CpuIdleSnapshot snapshot, LimitUndo undo, List<string> differences)
    {
        Dictionary<int, IdleCpu> cpus = snapshot.Cpus.ToDictionary(cpu => cpu.Number);
        foreach (LimitWrite write in undo.Writes)
        {
            if (write.State is null)
            {
                yield return write;
            }
            else if (Locate(write, cpus.GetValueOrDefault(write.Cpu)?.States ?? [], differences) is { } located)
            {
                yield return located;
            }
        }
    }

    /// <summary>The state of that number where it has the name still, else the one of that name.</summary>
    private static LimitWrite? Locate(LimitWrite write, IReadOnlyList<IdleState> states, List<string> differences)
    {
        IdleState[] named = [.. states.Where(state => state.Name == write.State)];
        IdleState? today = named.FirstOrDefault(state => state.Index == write.Index) ?? (named.Length == 1 ? named[0] : null);
        if (today is null)
        {
            differences.Add(named.Length == 0 ? $"{write.Place} is gone" : $"{write.Place} is one of several states of that name, and which one is not told: its journal tells");
            return null;
        }

        if (today.IsPolling && write.Before == "1")
        {
            differences.Add($"{write.Place} would be switched off, which never happens to busy waiting");
            return null;
        }

        if (write.Index is { } index && index != today.Index)
        {
            differences.Add(FormattableString.Invariant($"{write.Place} is state{today.Index} now, then state{index}"));
        }

        if (write.ExitLatencyUs is { } latency && today.ExitLatencyUs is { } latencyNow && latency != latencyNow)
        {
            differences.Add(FormattableString.Invariant($"{write.Place} has an exit latency of {latencyNow} us, then {latency} us"));
        }

        return write with { Index = today.Index };
    }

    /// <summary>What is not as before; a difference for each value that is neither as before nor as written, or that a later change needs.</summary>
    private static IEnumerable<LimitWrite> Pending(IEnumerable<LimitWrite> located, HostTree tree, LimitUndo undo, List<string> differences)
    {
        foreach (LimitWrite write in located)
        {
            string? text = tree.TextOf(write.Path);
            string? now = write.Normal(text);
            if (now == write.Before)
            {
                continue;
            }

            if (now is null)
            {
                differences.Add(text is null ? $"{write.Place} is gone" : $"{write.Place} reads '{text}'");
                continue;
            }

            if (now != write.After)
            {
                differences.Add($"{write.Place} is {now}, not {write.After} as the limit wrote it");
            }
            else if (undo.Later.FirstOrDefault(later => later.Needs(write)) is { } later)
            {
                string change = string.Create(CultureInfo.InvariantCulture, $"{later.ChangeId}, {later.Created:yyyy-MM-dd HH:mm:ss}Z");
                differences.Add($"{write.Place} is needed by a later change that still stands ({change}): take that back first");
            }

            yield return write with { After = now };
        }
    }
}
