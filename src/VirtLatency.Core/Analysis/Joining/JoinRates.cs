using System.Numerics;
using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>What a join found: packets by the logs that have them, and each log's part.</summary>
internal sealed class JoinRates
{
    private readonly long[] _byMask;

    public JoinRates(IReadOnlyList<LogJoin> logs, long[] byMask)
    {
        Logs = logs;
        _byMask = byMask;
        CoreMask = logs.Where(log => log.LeftOut is null)
            .Select(log => 1 << JoinRole.SlotOf(log.Role))
            .Where(bit => bit < 1 << JoinRole.CoreCount)
            .Aggregate(0, (mask, bit) => mask | bit);
    }

    /// <summary>The logs that were looked at, left-out ones too.</summary>
    public IReadOnlyList<LogJoin> Logs { get; }

    /// <summary>The VM and host logs that take part.</summary>
    public int CoreMask { get; }

    /// <summary>Packets that at least two logs have.</summary>
    public long JoinedCount => CountWhere(mask => BitOperations.PopCount((uint)mask) > 1);

    /// <summary>Packets that every VM and host log of the environment has; 0 where fewer than two take part.</summary>
    public long MatchedCount => BitOperations.PopCount((uint)CoreMask) < 2 ? 0 : CountWith(CoreMask);

    /// <summary>Packets that one of the VM and host logs has at least.</summary>
    public long PacketCount => CountWhere(mask => (mask & CoreMask) != 0);

    /// <summary>Packets that all of the given roles' logs have; 0 where a role's logs print nothing of their packets.</summary>
    public long CountOf(params ReadOnlySpan<LogRole> roles)
    {
        foreach (LogRole role in roles)
        {
            if (JoinRole.SlotOf(role) < 0)
            {
                return 0;
            }
        }

        return CountWith(JoinRole.MaskOf(roles));
    }

    /// <summary>Packets that a role's logs tell, each counted once.</summary>
    public long PacketsOf(LogRole role) => Logs.Where(log => log.Role == role).Sum(log => log.RecordCount - log.RepeatedCount);

    /// <summary>How far two roles' packets are not the same; null where they are.</summary>
    public string? InCommon(LogRole role, LogRole other)
    {
        (long common, long own, long others) = (CountOf(role, other), PacketsOf(role), PacketsOf(other));
        return common == own && common == others ? null : FormattableString.Invariant($"{role} has {common} of {other}'s {others}, and {own - common} others");
    }

    /// <summary>Why logs of roles took no part, so that nothing is known of their packets; null where all did.</summary>
    public string? LeftOutOf(IReadOnlyCollection<LogRole> roles)
    {
        string text = string.Join("; ", Logs.Where(log => log.LeftOut is not null && roles.Contains(log.Role)).Select(log => $"{log.Role}: {log.LeftOut}").Distinct());
        return text.Length == 0 ? null : text;
    }

    /// <summary>Packets that all logs of a mask have.</summary>
    public long CountWith(int wanted) => CountWhere(mask => (mask & wanted) == wanted);

    /// <summary>The sum in one sentence.</summary>
    public string Summary()
    {
        string roles = string.Join(", ", JoinRole.All.Where((_, slot) => (CoreMask & (1 << slot)) != 0));
        return BitOperations.PopCount((uint)CoreMask) < 2
            ? "no packets are joined: fewer than two of the logs that see every packet (both VMs, both hosts) take part"
            : FormattableString.Invariant($"{MatchedCount} of {PacketCount} packets are in all of {roles}");
    }

    private long CountWhere(Func<int, bool> wanted)
    {
        long count = 0;
        for (int mask = 1; mask < _byMask.Length; mask++)
        {
            count += wanted(mask) ? _byMask[mask] : 0;
        }

        return count;
    }
}
