using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// What the logs say of one packet, in nanoseconds, <see cref="Latency.Missing"/> where they say nothing. Sums and
/// differences are of this packet alone: each of their terms was measured by one clock.
/// </summary>
internal readonly struct PacketValues
{
    private readonly JoinedPacket _packet;
    private readonly bool _countedOnly;

    /// <param name="packet">The packet.</param>
    /// <param name="countedOnly">Records that take no part in means, and incomplete ones, say nothing.</param>
    public PacketValues(in JoinedPacket packet, bool countedOnly)
    {
        _packet = packet;
        _countedOnly = countedOnly;
    }

    public long A => Of(LogRole.SenderVm, 0);

    public long InterPath => Of(LogRole.SenderVm, 1);

    public long M => Of(LogRole.SenderVm, 2);

    public long RoundTrip => Of(LogRole.SenderVm, 3);

    public long F => Of(LogRole.ReceiverVm, 0);

    public long G => Of(LogRole.ReceiverVm, 1);

    public long H => Of(LogRole.ReceiverVm, 2);

    public long ReceiverVm => Of(LogRole.ReceiverVm, 3);

    public long B => Of(LogRole.SenderHost, 0);

    public long SenderExternal => Of(LogRole.SenderHost, 1);

    public long K => Of(LogRole.SenderHost, 2);

    public long SenderHostSpan => Of(LogRole.SenderHost, 3);

    public long D => Of(LogRole.ReceiverHost, 0);

    public long ReceiverExternal => Of(LogRole.ReceiverHost, 1);

    public long I => Of(LogRole.ReceiverHost, 2);

    public long ReceiverHost => Of(LogRole.ReceiverHost, 3);

    public long E => Chain(LogRole.ReceiverTunIrq);

    public long L => Chain(LogRole.SenderTunIrq);

    public long PingRtt => Of(LogRole.SenderPing, 0);

    public long VmInternal => Latency.Sum(A, F, G, H, M);

    public long HostForwarding => Latency.Sum(B, D, I, K);

    public long HostToHost => Difference(SenderExternal, ReceiverHost);

    public long VirtSender => Difference(RoundTrip, A, M, SenderHostSpan);

    public long VirtReceiver => Difference(ReceiverExternal, ReceiverVm);

    public long SenderHostTotal => Difference(RoundTrip, SenderExternal);

    /// <summary>RoundTrip less the five layers: print rounding, where all four logs have the packet.</summary>
    public long Residual => Difference(RoundTrip, VmInternal, HostForwarding, HostToHost, VirtSender, VirtReceiver);

    /// <summary>What is unusual about the packet in any log.</summary>
    public SampleFlags Flags
    {
        get
        {
            SampleFlags flags = SampleFlags.None;
            for (int slot = 0; slot < JoinRole.All.Count; slot++)
            {
                if (_packet.IndexIn(slot) is >= 0 and int index)
                {
                    flags |= SampleStore.NamedFlags(in _packet.Group[slot]!.Log.Store.Records[index]);
                }
            }

            return flags;
        }
    }

    private static long Difference(long whole, params ReadOnlySpan<long> parts)
    {
        long sum = Latency.Sum(parts);
        return whole == Latency.Missing || sum == Latency.Missing ? Latency.Missing : whole - sum;
    }

    private long Of(LogRole role, int column) => Of(JoinRole.SlotOf(role), column);

    private long Of(int slot, int column)
    {
        if (_packet.IndexIn(slot) is not (>= 0 and int index))
        {
            return Latency.Missing;
        }

        SampleStore store = _packet.Group[slot]!.Log.Store;
        ref readonly SampleRecord record = ref store.Records[index];
        return _countedOnly && (SampleStore.IsKeptOut(in record) || !store.IsComplete(in record)) ? Latency.Missing : store.ValueOf(in record, column);
    }

    /// <summary>S1 to S5; S1 to S4 where no chain of the log has stage 5. The two are never mixed.</summary>
    private long Chain(LogRole role)
    {
        int slot = JoinRole.SlotOf(role);
        if (_packet.IndexIn(slot) is not (>= 0 and int index))
        {
            return Latency.Missing;
        }

        SampleStore store = _packet.Group[slot]!.Log.Store;
        ref readonly SampleRecord record = ref store.Records[index];
        if (_countedOnly && SampleStore.IsKeptOut(in record))
        {
            return Latency.Missing;
        }

        bool hasFifth = store.MomentsOf(SampleColumn.S1ToS5, completeOnly: false).Count > 0;
        long fourth = Latency.Sum(store.ValueOf(in record, 0), store.ValueOf(in record, 2));
        long fifth = store.ValueOf(in record, 3);
        return hasFifth ? Latency.Sum(fourth, fifth) : fifth == Latency.Missing ? fourth : Latency.Missing;
    }
}
