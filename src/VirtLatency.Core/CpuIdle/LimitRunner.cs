namespace VirtLatency.CpuIdle;

/// <summary>
/// Writes a plan, all or nothing: host locked, journal on disk, timer armed, each value written and read back; a failure
/// half way puts back what was changed. The effect is another question: see <see cref="EffectCheck"/>.
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

        using IDisposable held = HostLock.Take(host, null, cancellation);
        (plan, IReadOnlyList<HostWrite> values) = PlanAgain(host, plan, cancellation);
        LimitJournal journal = LimitJournal.Of(plan, DateTime.UtcNow, revertAfter is not null);
        string path = store.Write(journal);
        try
        {
            Prepare(host, journal, path, revertAfter);
            Write(host, new LimitRollback(host, journal, path), values, cancellation);
        }
        catch (Exception e) when (e is LimitException or HostAccessException or OperationCanceledException)
        {
            store.RemoveEmptyFolder();
            throw;
        }

        return (path, journal);
    }

    /// <summary>Its own timer, and the older ones, which must not take away what this limit needs.</summary>
    private static void Prepare(IHostAccess host, LimitJournal journal, string path, TimeSpan? revertAfter)
    {
        try
        {
            if (revertAfter is { } delay)
            {
                RevertTimer.Arm(host, journal, delay);
            }

            RevertTimer.Claim(host, journal);
        }
        catch (Exception e) when (e is LimitException or HostAccessException)
        {
            RevertTimer.TryEnd(host, journal.ChangeId);
            JournalStore.Remove(path);
            throw;
        }
    }

    private static void Write(IHostAccess host, LimitRollback rollback, IReadOnlyList<HostWrite> values, CancellationToken cancellation)
    {
        IReadOnlyList<LimitWrite> writes = rollback.Journal.Writes;
        IReadOnlyList<HostWriteResult> results;
        try
        {
            results = host.WriteAll(values, goOn: false, cancellation);
        }
        catch (HostAccessException e)
        {
            // Any of them may have been written before the host was lost.
            throw rollback.PutBack(writes, "writing", e);
        }

        for (int at = 0; at < results.Count; at++)
        {
            if (FailureOf(host, writes[at], results[at]) is { } failure)
            {
                // A value that someone else changed is not ours to put back; any other failed write can have been taken all the same.
                bool isOurs = failure.Problem != HostAccessProblem.Changed;
                throw rollback.PutBack([.. writes.Where((_, index) => index < results.Count && (index != at || isOurs))], writes[at].Place, failure);
            }
        }

        if (results.Count < values.Count)
        {
            throw rollback.PutBack([.. writes.Take(results.Count)], "a stop", new OperationCanceledException(cancellation));
        }
    }

    private static HostAccessException? FailureOf(IHostAccess host, LimitWrite write, HostWriteResult result) =>
        result.Failure is not null ? result.Failure
        : write.Normal(result.Now) == write.After ? null
        : new HostAccessException(HostAccessProblem.Refused, host.HostName, $"{write.Place} of {host.HostName} reads {result.Now ?? "nothing"} after {write.After} was written.");

    /// <summary>
    /// The plan is made again from the host as it is under the lock, by the same rules: others may have changed what it
    /// was made from, also where it does not write. The values come with what their files hold now.
    /// </summary>
    private static (LimitPlan Plan, IReadOnlyList<HostWrite> Values) PlanAgain(IHostAccess host, LimitPlan plan, CancellationToken cancellation)
    {
        HostTree tree = host.Read(CpuIdleReader.LimitPatterns, cancellation);
        RefuseOffline(host, tree, plan.Writes);
        LimitPlan again = LimitPlanner.Of(host.HostName, tree, plan.Request);
        if (plan.Writes.Except(again.Writes).Concat(again.Writes.Except(plan.Writes)).FirstOrDefault() is { } other)
        {
            string now = tree.TextOf(other.Path) is { } text ? "reads " + text : "is gone";
            throw new LimitException(LimitProblem.HostChanged, host.HostName, $"{other.Place} of {host.HostName} changed since it was read (it {now}); nothing was written. Run the command again.");
        }

        return (again, [.. again.Writes.Select(write => new HostWrite(write.Path, tree.TextOf(write.Path), write.After))]);
    }

    private static void RefuseOffline(IHostAccess host, HostTree tree, IReadOnlyList<LimitWrite> writes)
    {
        if (tree.TextOf(CpuIdleReader.OnlineFile) is { } text && CpuRange.TryParse(text, out IReadOnlyList<int> online)
            && writes.Select(write => write.Cpu).Distinct().Except(online).ToArray() is { Length: > 0 } gone)
        {
            throw new LimitException(LimitProblem.CpuOffline, host.HostName, $"CPU {CpuRange.TextOf(gone)} of {host.HostName} went offline since it was read; nothing was written. Run the command again.");
        }
    }
}
