namespace VirtLatency.CpuIdle;

/// <summary>Puts back what a limit changed that is not to stay.</summary>
/// <param name="host">The host.</param>
/// <param name="journal">The change.</param>
/// <param name="path">Its journal's file.</param>
public sealed class LimitRollback(IHostAccess host, LimitJournal journal, string path)
{
    /// <summary>The change.</summary>
    internal LimitJournal Journal => journal;

    /// <summary>Puts a whole change back that was stopped before its effect was known, and takes timer and journal away.</summary>
    /// <exception cref="LimitException">Not all could be put back; the journal stays.</exception>
    /// <exception cref="HostAccessException">Another session changes the host; the journal stays.</exception>
    public void TakeBack()
    {
        using IDisposable held = HostLock.Take(host);
        if (PutBack(journal.Writes, "a stop", new OperationCanceledException()) is LimitException failure)
        {
            throw failure;
        }
    }

    /// <summary>Writes values back, the last first, and reads them back.</summary>
    /// <param name="host">The host.</param>
    /// <param name="writes">The writes whose values before are wanted.</param>
    /// <returns>What could not be put back, each with its reason; empty where all is as before.</returns>
    internal static IReadOnlyList<(LimitWrite Write, HostAccessException Reason)> Undo(IHostAccess host, IReadOnlyList<LimitWrite> writes)
    {
        LimitWrite[] reversed = [.. writes.Reverse()];
        IReadOnlyList<HostWriteResult> results = host.WriteAll([.. reversed.Select(write => new HostWrite(write.Path, null, write.Before))], goOn: true);
        return [.. reversed.Zip(results, (write, result) => (write, ReasonOf(host, write, result)!)).Where(pair => pair.Item2 is not null)];
    }

    /// <summary>What could not be put back, in words.</summary>
    internal static string TextOf(IEnumerable<(LimitWrite Write, HostAccessException Reason)> failures) =>
        string.Join("; ", failures.Select(failure => $"{failure.Write.Place} ({failure.Reason.Message})"));

    /// <summary>Puts back what stands as the limit wrote it.</summary>
    /// <param name="suspect">Writes that were tried.</param>
    /// <param name="place">Where it failed.</param>
    /// <param name="cause">Why.</param>
    /// <returns>What to throw: the cause itself where nothing was changed, or a stop was asked for; else what became of it.</returns>
    internal Exception PutBack(IReadOnlyList<LimitWrite> suspect, string place, Exception cause)
    {
        LimitWrite[] changed;
        string left;
        try
        {
            // Where the host was lost, its shell may still be at work behind the broken connection: it ends first, and frees the lock.
            bool wasLost = cause is HostAccessException { Problem: HostAccessProblem.Unreachable or HostAccessProblem.TimedOut };
            using IDisposable held = wasLost ? HostLock.Take(host) : HostLock.Nothing;
            HostTree tree = host.Read([.. suspect.Select(write => write.Path)]);
            changed = [.. suspect.Where(write => write.Normal(tree.TextOf(write.Path)) is { } now && now != write.Before)];
            left = changed.Length == 0 ? string.Empty : TextOf(Undo(host, changed));
        }
        catch (HostAccessException e)
        {
            return new LimitException(LimitProblem.RollbackFailed, host.HostName, $"The limit failed at {place} of {host.HostName} ({cause.Message}), and what was changed there could not be put back: {e.Message} {ToDo}", cause);
        }

        if (left.Length > 0)
        {
            return new LimitException(LimitProblem.RollbackFailed, host.HostName, $"The limit failed at {place} of {host.HostName} ({cause.Message}), and these could not be put back: {left}. {ToDo}", cause);
        }

        RevertTimer.TryEnd(host, journal.ChangeId);
        JournalStore.Remove(path);
        return Told(cause, place, changed.Length);
    }

    private string ToDo => $"Restore-CStateLimit -JournalPath '{path}' tries again{(journal.RevertMark is null ? string.Empty : "; the timer of -RevertAfter does so when its time comes")}.";

    private Exception Told(Exception cause, string place, int changed)
    {
        if (cause is OperationCanceledException || (changed == 0 && cause is HostAccessException { Problem: not (HostAccessProblem.Missing or HostAccessProblem.Refused or HostAccessProblem.Changed) }))
        {
            return cause;
        }

        bool isChange = cause is HostAccessException { Problem: HostAccessProblem.Changed };
        string after = isChange ? " Run the command again." : string.Empty;
        string back = changed == 0 ? "Nothing was changed." : FormattableString.Invariant($"All {changed} values that were changed are put back.");
        return new LimitException(isChange ? LimitProblem.HostChanged : LimitProblem.LimitNotWritten, host.HostName, $"The limit failed at {place} of {host.HostName}: {cause.Message} {back}{after}", cause);
    }

    private static HostAccessException? ReasonOf(IHostAccess host, LimitWrite write, HostWriteResult result) =>
        result.Failure is not null ? result.Failure
        : write.Normal(result.Now) == write.Before ? null
        : new HostAccessException(HostAccessProblem.Refused, host.HostName, $"reads {result.Now ?? "nothing"}, not {write.Before}");
}
