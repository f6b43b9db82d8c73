namespace VirtLatency.Analysis.Joining;

/// <summary>Which packets a role's logs have: sorted numbers, 8 bytes a packet, where a hash table takes five times as much.</summary>
internal sealed class PacketSet
{
    private readonly ulong[] _packets;

    private PacketSet(ulong[] packets) => _packets = packets;

    /// <summary>Packets.</summary>
    public int Count => _packets.Length;

    /// <summary>A set of packets, each as run, ICMP id and sequence in one number; they may come in any order and again.</summary>
    public static PacketSet Of(List<ulong> packets)
    {
        packets.Sort();
        int kept = 0;
        for (int i = 0; i < packets.Count; i++)
        {
            if (kept == 0 || packets[i] != packets[kept - 1])
            {
                packets[kept++] = packets[i];
            }
        }

        packets.RemoveRange(kept, packets.Count - kept);
        return new PacketSet([.. packets]);
    }

    /// <summary>Whether both have one packet at least.</summary>
    public bool Overlaps(PacketSet other) => CountIn(other) > 0;

    /// <summary>Whether both have the same packets.</summary>
    public bool SetEquals(PacketSet other) => _packets.AsSpan().SequenceEqual(other._packets);

    /// <summary>Packets that the other has too.</summary>
    public int CountIn(PacketSet other)
    {
        (int own, int theirs, int common) = (0, 0, 0);
        while (own < _packets.Length && theirs < other._packets.Length)
        {
            int order = _packets[own].CompareTo(other._packets[theirs]);
            common += order == 0 ? 1 : 0;
            own += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }

        return common;
    }
}
