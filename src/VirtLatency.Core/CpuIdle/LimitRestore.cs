namespace VirtLatency.CpuIdle;

/// <summary>What taking a limit back will write on one host, worked out from its files.</summary>
public sealed record LimitRestore
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The change.</summary>
    public required string ChangeId { get; init; }

    /// <summary>Every value of the change that is not as before: Before is what was found then, After what stands there now.</summary>
    public required IReadOnlyList<LimitWrite> Writes { get; init; }

    /// <summary>How many values the change had.</summary>
    public required int TotalCount { get; init; }

    /// <summary>What differs from the time of the change; with any, only -Force goes on.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>CPUs that came online since: no limit ever reached them.</summary>
    public required IReadOnlyList<int> LaterCpus { get; init; }

    /// <summary>Works out what to write.</summary>
    /// <param name="host">The host.</param>
    /// <param name="writes">The change's writes; states without an index are found by their names.</param>
    /// <param name="changeId">The change.</param>
    /// <param name="bootId">The boot of the change; null where unknown.</param>
    /// <param name="onlineCpus">CPUs that were online then; null where unknown.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The plan.</returns>
    public static LimitRestore Of(IHostAccess host, IReadOnlyList<LimitWrite> writes, string changeId, string? bootId, string? onlineCpus, CancellationToken cancellation = default)
    {
        HostTree tree = host.Read(CpuIdleReader.Patterns, cancellation);
        CpuIdleSnapshot snapshot = CpuIdleReader.Of(host.HostName, tree);
        Dictionary<int, IdleCpu> cpus = snapshot.Cpus.ToDictionary(cpu => cpu.Number);
        var differences = new List<string>();
        var pending = new List<LimitWrite>();
        foreach (LimitWrite write in writes)
        {
            if (Locate(write, cpus, differences) is not { } located)
            {
                continue;
            }

            string? now = located.Normal(tree.TextOf(located.Path));
            if (now is null)
            {
                differences.Add($"{write.Place} is gone");
            }
            else if (now != write.Before)
            {
                pending.Add(located with { After = now });
                if (now != write.After)
                {
                    differences.Add($"{write.Place} is {now}, not {write.After} as the limit wrote it");
                }
            }
        }

        if (pending.Count > 0 && bootId is not null && snapshot.BootId is not null && bootId != snapshot.BootId)
        {
            differences.Insert(0, $"{host.HostName} was started again since (boot {snapshot.BootId}, then {bootId}), which takes every limit back by itself");
        }

        return new LimitRestore
        {
            HostName = host.HostName,
            ChangeId = changeId,
            Writes = pending,
            TotalCount = writes.Count,
            Differences = differences,
            LaterCpus = onlineCpus is not null && CpuRange.TryParse(onlineCpus, out IReadOnlyList<int> then) ? [.. snapshot.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number).Except(then)] : [],
        };
    }

    /// <summary>Puts the values back and disarms the change's timer.</summary>
    /// <param name="host">The host.</param>
    /// <param name="force">Goes on where the host differs.</param>
    /// <param name="disarm">Whether a timer may be armed.</param>
    /// <exception cref="LimitException">The host differs, or a value could not be put back.</exception>
    /// <exception cref="HostAccessException">No permission, or the host cannot be reached.</exception>
    public void Apply(IHostAccess host, bool force, bool disarm)
    {
        if (Differences.Count > 0 && !force)
        {
            throw new LimitException(LimitProblem.HostChanged, HostName, $"{HostName} is not as it was when the limit was set: {string.Join("; ", Differences.Take(8))}{(Differences.Count > 8 ? FormattableString.Invariant($"; and {Differences.Count - 8} more") : string.Empty)}. Nothing was written. -Force puts back what is there.");
        }

        if (Writes.Count > 0)
        {
            RequireLive(host);
            using IDisposable held = HostLock.Take(host);
            RefuseLaterChanges(host, force);
            if (LimitRollback.Undo(host, Writes) is { Count: > 0 } failures)
            {
                throw failures.Count == Writes.Count && failures[0].Reason.Problem == HostAccessProblem.Denied
                    ? failures[0].Reason
                    : new LimitException(LimitProblem.RollbackFailed, HostName, $"These could not be put back on {HostName}: {LimitRollback.TextOf(failures)}. All others are as before.");
            }
        }

        if (disarm)
        {
            RevertTimer.TryDisarm(host, ChangeId);
        }
    }

    /// <summary>While the question was open, someone else may have written.</summary>
    private void RefuseLaterChanges(IHostAccess host, bool force)
    {
        HostTree tree = host.Read([.. Writes.Select(write => write.Path)]);
        if (!force && Writes.FirstOrDefault(write => write.Normal(tree.TextOf(write.Path)) is { } now && now != write.After && now != write.Before) is { } other)
        {
            throw new LimitException(LimitProblem.HostChanged, HostName, $"{other.Place} of {HostName} changed since it was read (now {tree.TextOf(other.Path)}). Nothing was written. Run the command again.");
        }
    }

    private static void RequireLive(IHostAccess host)
    {
        if (!host.IsLive)
        {
            throw new LimitException(LimitProblem.HostNotLive, host.HostName, $"The tree of {host.HostName} is a copy; nothing can be changed there.");
        }
    }

    /// <summary>The write with the index that its state has today; null, and a difference, where the CPU has no such state.</summary>
    private static LimitWrite? Locate(LimitWrite write, Dictionary<int, IdleCpu> cpus, List<string> differences)
    {
        if (write.State is null)
        {
            return write;
        }

        IdleState? today = cpus.GetValueOrDefault(write.Cpu)?.States.FirstOrDefault(state => state.Name == write.State);
        if (today is null)
        {
            differences.Add($"{write.Place} is gone");
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
}
