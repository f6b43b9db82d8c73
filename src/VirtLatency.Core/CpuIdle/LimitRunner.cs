namespace VirtLatency.CpuIdle;

/// <summary>
/// Writes a plan, all or nothing: journal on disk, timer armed, each value written and read back; a failure half way puts
/// back what was changed. The effect is another question: see <see cref="EffectCheck"/>.
/// </summary>
public static class LimitRunner
{
    /// <summary>Sets a limit.</summary>
    /// <param name="host">The host.</param>
    /// <param name="plan">What to write; not empty.</param>
    /// <param name="store">Where the journal goes.</param>
    /// <param name="revertAfter">Time after which the host takes the limit back by itself; null for never.</param>
    /// <param name="cancellation">Looked at between writes; what was written is then put back.</param>
    /// <returns>The journal and its path.</returns>
    /// <exception cref="LimitException">It is not set; the message says what is left.</exception>
    /// <exception cref="HostAccessException">No permission, or the host cannot be reached; nothing is changed.</exception>
    public static (string Path, LimitJournal Journal) Apply(IHostAccess host, LimitPlan plan, JournalStore store, TimeSpan? revertAfter = null, CancellationToken cancellation = default)
    {
        if (!host.IsLive)
        {
            throw new LimitException(LimitProblem.HostNotLive, host.HostName, $"The tree of {host.HostName} is a copy; nothing can be changed there. Give the host itself, or -WhatIf to see what would change.");
        }

        CheckUnchanged(host, plan.Writes, cancellation);
        LimitJournal journal = LimitJournal.Of(plan, DateTime.UtcNow, revertAfter is not null);
        string path = store.Write(journal);
        try
        {
            if (revertAfter is { } delay)
            {
                RevertTimer.Arm(host, journal, delay);
            }
        }
        catch (LimitException)
        {
            JournalStore.Remove(path);
            throw;
        }

        int tried = 0;
        try
        {
            for (; tried < plan.Writes.Count; tried++)
            {
                cancellation.ThrowIfCancellationRequested();
                host.Write(plan.Writes[tried].Path, plan.Writes[tried].After);
            }

            CheckWritten(host, plan.Writes);
            return (path, journal);
        }
        catch (Exception e) when (e is HostAccessException or LimitException or OperationCanceledException)
        {
            PutBack(host, journal, path, tried, e);
            throw;
        }
    }

    /// <summary>Writes values back, the last first, and reads them back.</summary>
    /// <param name="host">The host.</param>
    /// <param name="writes">The writes whose values before are wanted.</param>
    /// <returns>What could not be put back, in words; empty where all is as before.</returns>
    public static IReadOnlyList<string> Undo(IHostAccess host, IReadOnlyList<LimitWrite> writes)
    {
        var failures = new List<string>();
        foreach (LimitWrite write in writes.Reverse())
        {
            try
            {
                host.Write(write.Path, write.Before);
            }
            catch (HostAccessException e)
            {
                failures.Add($"{write.Place} ({e.Message})");
            }
        }

        if (failures.Count > 0)
        {
            return failures;
        }

        HostTree tree = host.Read([.. writes.Select(write => write.Path)]);
        return [.. writes.Where(write => write.Normal(tree.TextOf(write.Path)) != write.Before).Select(write => $"{write.Place} (reads {tree.TextOf(write.Path) ?? "nothing"}, not {write.Before})")];
    }

    private static void CheckUnchanged(IHostAccess host, IReadOnlyList<LimitWrite> writes, CancellationToken cancellation)
    {
        HostTree tree = host.Read([.. writes.Select(write => write.Path), .. writes.Select(NamePath).OfType<string>()], cancellation);
        foreach (LimitWrite write in writes)
        {
            string? name = NamePath(write) is { } path ? tree.TextOf(path) : null;
            if (write.Normal(tree.TextOf(write.Path)) != write.Before || (name is not null && name != write.State))
            {
                throw new LimitException(LimitProblem.HostChanged, host.HostName, $"{write.Place} of {host.HostName} changed since it was read (now {name ?? write.State} = {tree.TextOf(write.Path) ?? "gone"}); nothing was written. Run the command again.");
            }
        }
    }

    private static string? NamePath(LimitWrite write) => write.Index is { } index ? CpuIdleReader.PathOf(write.Cpu, index, "name") : null;

    private static void CheckWritten(IHostAccess host, IReadOnlyList<LimitWrite> writes)
    {
        HostTree tree = host.Read([.. writes.Select(write => write.Path)]);
        foreach (LimitWrite write in writes)
        {
            if (write.Normal(tree.TextOf(write.Path)) != write.After)
            {
                throw new HostAccessException(HostAccessProblem.Refused, host.HostName, $"{write.Place} of {host.HostName} reads {tree.TextOf(write.Path) ?? "nothing"} after {write.After} was written.");
            }
        }
    }

    /// <summary>Puts back what may have been written, the failed write included: it can have been taken all the same.</summary>
    private static void PutBack(IHostAccess host, LimitJournal journal, string path, int tried, Exception cause)
    {
        string place = tried < journal.Writes.Count ? journal.Writes[tried].Place : "reading back";
        LimitWrite[] suspect = [.. journal.Writes.Take(tried + 1)];
        HostTree tree = host.Read([.. suspect.Select(write => write.Path)]);
        LimitWrite[] changed = [.. suspect.Where(write => write.Normal(tree.TextOf(write.Path)) is { } now && now != write.Before)];
        IReadOnlyList<string> failures = changed.Length == 0 ? [] : Undo(host, changed);
        if (failures.Count > 0)
        {
            throw new LimitException(LimitProblem.RollbackFailed, host.HostName, $"The limit failed at {place} of {host.HostName} ({cause.Message}), and these could not be put back: {string.Join("; ", failures)}. Restore-CStateLimit -JournalPath '{path}' tries again.", cause);
        }

        if (journal.RevertMark is not null)
        {
            TryDisarm(host, journal.ChangeId);
        }

        JournalStore.Remove(path);
        if (cause is OperationCanceledException or HostAccessException { Problem: HostAccessProblem.Denied or HostAccessProblem.Unreachable } && changed.Length == 0)
        {
            return;
        }

        if (cause is not OperationCanceledException)
        {
            throw new LimitException(LimitProblem.LimitNotWritten, host.HostName, $"The limit failed at {place} of {host.HostName}: {cause.Message} All {changed.Length} values that were changed are put back.", cause);
        }
    }

    internal static void TryDisarm(IHostAccess host, string changeId)
    {
        try
        {
            RevertTimer.Disarm(host, changeId);
        }
        catch (HostAccessException)
        {
            // The timer then finds no value as the limit wrote it, and changes nothing.
        }
    }
}
