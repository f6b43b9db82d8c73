using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>The records of one ping in one log: same run in the file, same addresses, same ICMP id; in file order.</summary>
internal sealed class RecordGroup
{
    private int[]? _order;
    private int _start;

    public RecordGroup(EnvironmentLog log, int run, AddressPair pair, ushort icmpId)
    {
        Log = log;
        Run = run;
        Pair = pair;
        IcmpId = icmpId;
    }

    public EnvironmentLog Log { get; }

    /// <summary>Run in the file; 0 where runs do not tell pings apart.</summary>
    public int Run { get; }

    public AddressPair Pair { get; }

    public ushort IcmpId { get; }

    public int Count { get; private set; }

    /// <summary>Index of the first record; with <see cref="Last"/> it tells whether the records stand side by side.</summary>
    public int First { get; private set; } = -1;

    public int Last { get; private set; }

    public bool IsContiguous => Last - First + 1 == Count;

    /// <summary>Index in the log of the group's n-th record.</summary>
    public int this[int position] => _order is null ? _start + position : _order[_start + position];

    /// <summary>Counts a record, in file order.</summary>
    public void Take(int index)
    {
        First = First < 0 ? index : First;
        Last = index;
        Count++;
        _start = First;
    }

    /// <summary>Says where the indices of a group whose records do not stand side by side are kept.</summary>
    public void Place(int[] order, int start) => (_order, _start) = (order, start);
}
