using VirtLatency.CpuIdle;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>Journals as rows, and rows back as writes.</summary>
internal static class ChangeRows
{
    public static CStateChange Of(string path, LimitJournal journal, EffectCheck? effect = null, string? note = null) => new()
    {
        ChangeId = journal.ChangeId,
        HostName = journal.HostName,
        JournalPath = path,
        CpuCount = journal.Writes.Select(write => write.Cpu).Distinct().Count(),
        Before = ChangeText.Of(journal.Writes, write => write.Before),
        After = ChangeText.Of(journal.Writes, write => write.After),
        Effect = effect?.Effect.ToString(),
        BootId = journal.BootId,
        Created = journal.Created,
        Note = note ?? effect?.Note,
    };

    public static CStateChange Nothing(LimitPlan plan) => new()
    {
        HostName = plan.Snapshot.HostName,
        CpuCount = 0,
        Before = string.Empty,
        After = string.Empty,
        BootId = plan.Snapshot.BootId,
        Note = "all was as asked already",
    };

    /// <summary>A change in one line for views: states with their CPUs, not a value per CPU.</summary>
    public static string Summary(string? before, string? after) =>
        !ChangeText.TryParse(before, after, out IReadOnlyList<LimitWrite> writes) ? "?"
        : writes.Count == 0 ? "nothing"
        : string.Join(", ", writes
            .GroupBy(write => (write.State, write.Before, write.After))
            .Select(group => $"{group.Key.State ?? "resume latency"} {group.Key.Before} -> {group.Key.After} on CPUs {CpuRange.TextOf(group.Select(write => write.Cpu))}"));
}
