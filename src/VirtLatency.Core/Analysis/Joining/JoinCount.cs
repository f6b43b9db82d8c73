using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>Counts a join while it streams.</summary>
internal sealed class JoinCount
{
    private readonly IReadOnlyList<LogJoin> _logs;
    private readonly Dictionary<EnvironmentLog, (long Matched, long Unmatched, long Ambiguous, long Repeated)> _byLog = [];
    private readonly long[] _byMask = new long[1 << JoinRole.All.Count];

    /// <summary>What of <see cref="_byMask"/> was counted for logs before the present ping.</summary>
    private readonly long[] _settled = new long[1 << JoinRole.All.Count];

    public JoinCount(IReadOnlyList<LogJoin> logs) => _logs = logs;

    /// <summary>Counts packets.</summary>
    public void Add(List<JoinedPacket> packets)
    {
        foreach (JoinedPacket packet in packets)
        {
            _byMask[packet.Mask]++;
        }
    }

    /// <summary>Counts what a ping's merge left over, and gives its packets to its logs.</summary>
    public void Add(PacketGroup group, SessionMerge merge)
    {
        for (int slot = 0; slot < JoinRole.All.Count; slot++)
        {
            if (group[slot] is { } records)
            {
                (long matched, long unmatched) = NewOf(slot);
                Add(records.Log, matched, unmatched, merge.Odd[slot], merge.Repeated[slot]);
            }
        }

        _byMask.CopyTo(_settled, 0);
    }

    /// <summary>Counts records that could belong to several packets.</summary>
    public void AddAmbiguous(EnvironmentLog log, long records) => Add(log, 0, 0, records, 0);

    /// <summary>The rates, once all packets have streamed.</summary>
    public JoinRates ToRates()
    {
        LogJoin[] logs = [.. _logs.Select(WithCounts)];
        return new JoinRates(logs, _byMask);
    }

    private LogJoin WithCounts(LogJoin log)
    {
        (long matched, long unmatched, long ambiguous, long repeated) = _byLog.GetValueOrDefault(log.Log);
        return new LogJoin(log.Log, log.Role)
        {
            LeftOut = log.LeftOut,
            RecordCount = log.RecordCount,
            MatchedCount = matched,
            UnmatchedCount = unmatched,
            AmbiguousCount = log.AmbiguousCount + ambiguous,
            RepeatedCount = repeated,
            UnkeyedCount = log.UnkeyedCount,
        };
    }

    private void Add(EnvironmentLog log, long matched, long unmatched, long ambiguous, long repeated)
    {
        (long Matched, long Unmatched, long Ambiguous, long Repeated) sum = _byLog.GetValueOrDefault(log);
        _byLog[log] = (sum.Matched + matched, sum.Unmatched + unmatched, sum.Ambiguous + ambiguous, sum.Repeated + repeated);
    }

    private (long Matched, long Unmatched) NewOf(int slot)
    {
        int own = 1 << slot;
        long matched = 0;
        for (int mask = 1; mask < _byMask.Length; mask++)
        {
            matched += (mask & own) != 0 && mask != own ? _byMask[mask] - _settled[mask] : 0;
        }

        return (matched, _byMask[own] - _settled[own]);
    }
}
