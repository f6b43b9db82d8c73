using System.Globalization;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>The six counter lines that the details and the summary tool print under a title.</summary>
/// <param name="S0">Packets with S0.</param>
/// <param name="S1">Packets with S1.</param>
/// <param name="S2">Packets with S2, which is all of them.</param>
/// <param name="IoeventfdCalls">Calls of ioeventfd_write on the whole host.</param>
/// <param name="NetifCalls">Calls of netif_receive_skb on the whole host.</param>
internal readonly record struct KvmTunCounters(long S0, long S1, long S2, long IoeventfdCalls, long NetifCalls)
{
    private const int IoeventfdCallsPerPacket = 31;
    private const int NetifCallsPerPacket = 9;

    public static KvmTunCounters Of(long s0, long s1, long s2, KvmVhostTunOptions options) => new(
        s0, s1, s2, options.IoeventfdCalls ?? s2 * IoeventfdCallsPerPacket, options.NetifCalls ?? s2 * NetifCallsPerPacket);

    public void Compose(StringBuilder text, string kind, long? chainCount)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        text.Append(invariant, $"{kind} samples: S0={S0} S1={S1} S2={S2}");
        text.Append(invariant, $"{(chainCount is null ? string.Empty : " chain(all)= ")}{chainCount}\n");
        text.Append(invariant, $"{kind} misses:  S0={S2 - S0} S1={S2 - S1} S2=0\n");
        text.Append(invariant, $"{kind} FIFO: underflow=0 overflow=0\n");
        text.Append(invariant, $"{kind} S0 path: ioeventfd={IoeventfdCalls} filtered={S2}\n");
        text.Append(invariant, $"{kind} S1 path: handle_tx_kick={S2} tun_sendmsg={S2}\n");
        text.Append(invariant, $"{kind} S2 path: netif={NetifCalls} tid_active={S2} has_s2={S2} flow={S2}\n");
    }
}
