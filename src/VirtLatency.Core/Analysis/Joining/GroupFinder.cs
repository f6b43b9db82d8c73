using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// Puts the pings that the logs of one run hold together: by addresses and ICMP id. An address that a log does not print
/// stands for any, and so does the id of ping without -v, where only one ping comes into question.
/// </summary>
internal sealed class GroupFinder
{
    private readonly string? _runName;
    private readonly List<(LogJoin Log, LogIndex Index)> _logs;
    private readonly bool _isSeveral;
    private readonly Dictionary<(int Run, AddressPair Pair, ushort IcmpId), PacketGroup> _groups = [];
    private readonly HashSet<(int Run, AddressPair Pair, ushort IcmpId)> _known = [];
    private readonly HashSet<AddressPair> _pairs = [];

    private GroupFinder(string? runName, List<(LogJoin Log, LogIndex Index)> logs)
    {
        _runName = runName;
        _logs = logs;
        _isSeveral = logs.SelectMany(log => log.Index.Groups).Select(group => group.Run).Distinct().Skip(1).Any();
    }

    /// <summary>The pings of one run's logs. Records that fit none, or several, are counted as ambiguous.</summary>
    public static IReadOnlyList<PacketGroup> Find(string? runName, List<(LogJoin Log, LogIndex Index)> logs)
    {
        var finder = new GroupFinder(runName, logs);
        finder.Learn();
        foreach ((LogJoin log, LogIndex index) in logs)
        {
            foreach (RecordGroup records in index.Groups)
            {
                finder.Place(log, records);
            }
        }

        return [.. finder._groups.Values];
    }

    /// <summary>What the logs that print everything say: it decides for those that do not.</summary>
    private void Learn()
    {
        IEnumerable<RecordGroup> all = _logs.SelectMany(log => log.Index.Groups);
        _pairs.UnionWith(all.Select(group => group.Pair).Where(pair => pair.IsWhole));
        foreach (RecordGroup group in all.Where(group => !IsWithoutId(group)))
        {
            AddressPair[] fitting = Fitting(group.Pair);
            if (fitting.Length == 1)
            {
                _known.Add((group.Run, fitting[0], group.IcmpId));
            }
        }
    }

    private void Place(LogJoin log, RecordGroup records)
    {
        (int, AddressPair, ushort)[] candidates = IsWithoutId(records) ? [.. KnownOf(records)] : WithId(records);
        if (candidates.Length != 1 || !GroupOf(candidates[0]).TryAdd(JoinRole.SlotOf(log.Role), records))
        {
            log.AmbiguousCount += records.Count;
        }
    }

    private (int, AddressPair, ushort)[] WithId(RecordGroup records)
    {
        AddressPair[] fitting = Fitting(records.Pair);
        return fitting.Length == 1 ? [(records.Run, fitting[0], records.IcmpId)] : [.. KnownOf(records).Where(key => key.IcmpId == records.IcmpId)];
    }

    private IEnumerable<(int Run, AddressPair Pair, ushort IcmpId)> KnownOf(RecordGroup records) =>
        _known.Where(key => key.Run == records.Run && records.Pair.Fits(key.Pair));

    /// <summary>Where no log prints both addresses, there is one pair without a name.</summary>
    private AddressPair[] Fitting(AddressPair pair) => pair.IsWhole ? [pair] : _pairs.Count == 0 ? [default] : [.. _pairs.Where(pair.Fits)];

    private static bool IsWithoutId(RecordGroup group) => group is { IcmpId: 0, Log.ToolValue: LogTool.Ping };

    private PacketGroup GroupOf((int Run, AddressPair Pair, ushort IcmpId) key)
    {
        if (!_groups.TryGetValue(key, out PacketGroup? group))
        {
            string? run = _isSeveral ? FormattableString.Invariant($"{_runName}#{key.Run}") : _runName;
            _groups.Add(key, group = new PacketGroup(run, key.Pair, key.IcmpId));
        }

        return group;
    }
}
