using System.Runtime.CompilerServices;

namespace VirtLatency.Analysis.Joining;

/// <summary>One packet, with its record in each log that has it.</summary>
internal struct JoinedPacket
{
    private RecordIndices _records;

    public JoinedPacket(PacketGroup group, ushort sequence)
    {
        Group = group;
        Sequence = sequence;
        ((Span<int>)_records).Fill(-1);
    }

    public PacketGroup Group { get; }

    public ushort Sequence { get; }

    /// <summary>A bit for each slot of <see cref="JoinRole.All"/> that has the packet.</summary>
    public int Mask { get; private set; }

    /// <summary>Index of the packet's record in the log of a slot; -1 where that has none.</summary>
    public readonly int IndexIn(int slot) => _records[slot];

    public void Set(int slot, int index)
    {
        _records[slot] = index;
        Mask |= 1 << slot;
    }

    [InlineArray(7)]
    private struct RecordIndices
    {
        private int _first;
    }
}
