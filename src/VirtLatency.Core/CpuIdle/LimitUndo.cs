namespace VirtLatency.CpuIdle;

/// <summary>A change that is to be taken back, with what is known of it.</summary>
/// <param name="Writes">Its writes; states without an index are found by their names.</param>
/// <param name="ChangeId">Its id; empty where it has none.</param>
/// <param name="BootId">The boot in which it was made; null where unknown.</param>
/// <param name="OnlineCpus">CPUs that were online then, such as <c>0-63</c>; null where unknown.</param>
public sealed record LimitUndo(IReadOnlyList<LimitWrite> Writes, string ChangeId, string? BootId, string? OnlineCpus)
{
    /// <summary>When it was taken back already (UTC); null where it was not, or that is not known.</summary>
    public DateTime? Used { get; init; }

    /// <summary>Later changes of the host that still stand: what they need is not theirs to lose.</summary>
    public IReadOnlyList<LimitJournal> Later { get; init; } = [];

    /// <summary>What a journal undoes.</summary>
    /// <param name="journal">The journal.</param>
    /// <returns>The change.</returns>
    public static LimitUndo Of(LimitJournal journal) => new(journal.Writes, journal.ChangeId, journal.BootId, journal.OnlineCpus) { Used = journal.Used };
}
