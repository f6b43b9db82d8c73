using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>One check over many packets: how many fail, and the one furthest off.</summary>
internal sealed class PacketTally(bool isEquality)
{
    private double _worstExcess = double.NegativeInfinity;
    private (int IcmpId, int Sequence, long Number) _worstPacket;
    private Comparand _worst;

    public long Count { get; private set; }

    public long FailedCount { get; private set; }

    public Comparand Worst => _worst with
    {
        // kvm_vhost_tun_latency prints neither.
        Which = _worstPacket is { IcmpId: 0, Sequence: 0 }
            ? FormattableString.Invariant($"number {_worstPacket.Number} of them")
            : FormattableString.Invariant($"id {_worstPacket.IcmpId}, sequence {_worstPacket.Sequence}"),
    };

    /// <summary>Takes a packet; one without a number is passed over.</summary>
    public void Add(long parts, long whole, double toleranceUs, int icmpId, int sequence)
    {
        if (parts == Latency.Missing || whole == Latency.Missing)
        {
            return;
        }

        var compared = new Comparand(parts / 1000.0, whole / 1000.0, toleranceUs, string.Empty);
        double excess = compared.ExcessUs(isEquality);
        Count++;
        FailedCount += excess > 0 ? 1 : 0;
        if (excess > _worstExcess)
        {
            (_worstExcess, _worst, _worstPacket) = (excess, compared, (icmpId, sequence, Count));
        }
    }
}
