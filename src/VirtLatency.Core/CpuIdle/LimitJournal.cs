namespace VirtLatency.CpuIdle;

/// <summary>What undoes a limit: written whole before the first value changes.</summary>
public sealed record LimitJournal
{
    /// <summary>The format that this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format's version.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>The change's id.</summary>
    public required string ChangeId { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTime Created { get; init; }

    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The host's boot; null where it could not be read.</summary>
    public string? BootId { get; init; }

    /// <summary>cpuidle's driver.</summary>
    public string? Driver { get; init; }

    /// <summary>cpuidle's governor.</summary>
    public string? Governor { get; init; }

    /// <summary>Kernel release.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>CPUs that were online, such as <c>0-63</c>.</summary>
    public required string OnlineCpus { get; init; }

    /// <summary>The mark on the host that arms the timer of -RevertAfter; null without one.</summary>
    public string? RevertMark { get; init; }

    /// <summary>Every value that changes.</summary>
    public required IReadOnlyList<LimitWrite> Writes { get; init; }

    /// <summary>Values that the limit needs and that stood already; Before and After are the same. Journals of earlier versions have none.</summary>
    public IReadOnlyList<LimitWrite> Kept { get; init; } = [];

    /// <summary>When the change was taken back (UTC); null where it was not yet.</summary>
    public DateTime? Used { get; init; }

    /// <summary>The journal of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="now">The present (UTC).</param>
    /// <param name="withRevert">Whether a timer is armed.</param>
    /// <returns>The journal.</returns>
    public static LimitJournal Of(LimitPlan plan, DateTime now, bool withRevert)
    {
        string id = Guid.NewGuid().ToString("N");
        return new LimitJournal
        {
            FormatVersion = CurrentFormat,
            ChangeId = id,
            Created = now,
            HostName = plan.Snapshot.HostName,
            BootId = plan.Snapshot.BootId,
            Driver = plan.Snapshot.Driver,
            Governor = plan.Snapshot.Governor,
            KernelRelease = plan.Snapshot.KernelRelease,
            OnlineCpus = CpuRange.TextOf(plan.Snapshot.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number)),
            RevertMark = withRevert ? RevertTimer.MarkOf(id) : null,
            Writes = plan.Writes,
            Kept = plan.Kept,
        };
    }

    /// <summary>Whether the limit needs a value to stand as it is.</summary>
    /// <param name="write">The value.</param>
    /// <returns>True where it does.</returns>
    internal bool Needs(LimitWrite write) => Writes.Concat(Kept).Any(own => own.Cpu == write.Cpu && own.Index == write.Index && own.State == write.State);
}
