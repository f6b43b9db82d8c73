using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// Finds the pings in a log. Records of one ping that stand side by side, as they do where one ping ran at a time, need
/// no memory; where several are mixed, a counting sort gives 4 bytes a record.
/// </summary>
internal sealed class LogIndex
{
    private readonly EnvironmentLog _log;
    private readonly Dictionary<uint, int> _byKey = [];
    private readonly ushort[] _classOfFlow;
    private readonly List<(int Run, AddressPair Pair)> _classes = [];
    private readonly bool _hasIds;
    private uint _lastKey;
    private int _lastGroup = -1;

    /// <param name="log">The log.</param>
    /// <param name="runsCount">Runs in the file tell pings apart.</param>
    public LogIndex(EnvironmentLog log, bool runsCount)
    {
        _log = log;

        // The sequence is always printed by ping, its id with -v only; tun logs print both or neither.
        _hasIds = log.ToolValue != LogTool.Ping;
        _classOfFlow = ClassesOf(log.Store.Flows, runsCount);
        Count();
        if (!Groups.TrueForAll(group => group.IsContiguous))
        {
            Sort();
        }
    }

    public List<RecordGroup> Groups { get; } = [];

    /// <summary>Packets whose id and sequence the log does not print.</summary>
    public long UnkeyedCount { get; private set; }

    private ushort[] ClassesOf(IReadOnlyList<SampleFlow> flows, bool runsCount)
    {
        // Queues and devices do not tell packets apart.
        var known = new Dictionary<(int, AddressPair), ushort>();
        ushort[] classes = new ushort[flows.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            (int Run, AddressPair Pair) key = (runsCount ? flows[i].Run : 0, AddressPair.Of(flows[i]));
            if (!known.TryGetValue(key, out classes[i]))
            {
                classes[i] = (ushort)_classes.Count;
                known.Add(key, classes[i]);
                _classes.Add(key);
            }
        }

        return classes;
    }

    private void Count()
    {
        ReadOnlySpan<SampleRecord> records = _log.Store.Records;
        for (int i = 0; i < records.Length; i++)
        {
            ref readonly SampleRecord record = ref records[i];
            if (SampleStore.IsLost(in record))
            {
                continue;
            }

            if (_hasIds && record is { IcmpId: 0, Sequence: 0 })
            {
                UnkeyedCount++;
                continue;
            }

            Groups[GroupOf(in record)].Take(i);
        }
    }

    private void Sort()
    {
        int[] next = new int[Groups.Count];
        int total = 0;
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = total;
            total += Groups[i].Count;
        }

        int[] order = new int[total];
        for (int i = 0; i < next.Length; i++)
        {
            Groups[i].Place(order, next[i]);
        }

        ReadOnlySpan<SampleRecord> records = _log.Store.Records;
        for (int i = 0; i < records.Length; i++)
        {
            ref readonly SampleRecord record = ref records[i];
            if (!SampleStore.IsLost(in record) && !(_hasIds && record is { IcmpId: 0, Sequence: 0 }))
            {
                order[next[GroupOf(in record)]++] = i;
            }
        }
    }

    /// <summary>Most records are of the ping of the one before.</summary>
    private int GroupOf(in SampleRecord record)
    {
        ushort flow = _classOfFlow[record.Flow];
        uint key = ((uint)flow << 16) | record.IcmpId;
        if (key == _lastKey && _lastGroup >= 0)
        {
            return _lastGroup;
        }

        if (!_byKey.TryGetValue(key, out int group))
        {
            group = Groups.Count;
            _byKey.Add(key, group);
            Groups.Add(new RecordGroup(_log, _classes[flow].Run, _classes[flow].Pair, record.IcmpId));
        }

        (_lastKey, _lastGroup) = (key, group);
        return group;
    }
}
