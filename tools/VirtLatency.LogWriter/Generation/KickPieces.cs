namespace VirtLatency.LogWriter;

/// <summary>From the guest's kick to the tap device, in us with 1 ns resolution.</summary>
/// <param name="S0Us">ioeventfd_write to handle_tx_kick.</param>
/// <param name="S1Us">handle_tx_kick to tun_sendmsg.</param>
/// <param name="S2Us">tun_sendmsg to netif_receive_skb.</param>
public sealed record KickPieces(decimal S0Us, decimal S1Us, decimal S2Us)
{
    /// <summary>All three in us.</summary>
    public decimal TotalUs => S0Us + S1Us + S2Us;
}
