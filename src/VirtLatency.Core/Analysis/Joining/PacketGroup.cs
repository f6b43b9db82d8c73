namespace VirtLatency.Analysis.Joining;

/// <summary>One ping's packets in all logs: same run, same addresses, same ICMP id.</summary>
internal sealed class PacketGroup
{
    private readonly RecordGroup?[] _bySlot = new RecordGroup?[JoinRole.All.Count];

    public PacketGroup(string? run, AddressPair pair, ushort icmpId)
    {
        Run = run;
        Pair = pair;
        IcmpId = icmpId;
    }

    /// <summary>The run, with a number where all files of it hold several.</summary>
    public string? Run { get; }

    public AddressPair Pair { get; }

    public ushort IcmpId { get; }

    /// <summary>The ping's records in the log of a slot; null where that has none.</summary>
    public RecordGroup? this[int slot] => _bySlot[slot];

    /// <summary>Adds a log's records.</summary>
    /// <returns>False when the log has others under this key, so that neither can be told from the other.</returns>
    public bool TryAdd(int slot, RecordGroup records)
    {
        if (_bySlot[slot] is not null)
        {
            return false;
        }

        _bySlot[slot] = records;
        return true;
    }
}
