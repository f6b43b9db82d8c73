namespace VirtLatency.LogWriter;

/// <summary>Names of the stages, and the call chain that leads to each.</summary>
internal static class IcmpRttStages
{
    private static readonly string[] TxNames =
    [
        "P1:S0 (ip_local_out)", "P1:S1 (dev_queue_xmit)", "P1:S2 (unused)",
        "P2:S0 (__netif_receive_skb)", "P2:S1 (ip_rcv)", "P2:S2 (icmp_rcv)",
    ];

    private static readonly string[] RxNames =
    [
        "P1:S0 (__netif_receive_skb)", "P1:S1 (ip_rcv)", "P1:S2 (icmp_rcv)",
        "P2:S0 (unused)", "P2:S1 (ip_local_out)", "P2:S2 (dev_queue_xmit)",
    ];

    private static readonly string[] Receive =
        ["netif_receive_skb_list_internal", "napi_complete_done", "virtnet_poll", "__napi_poll", "net_rx_action"];

    private static readonly string[] IpReceive = ["ip_rcv", "__netif_receive_skb_one_core"];

    private static readonly string[] IcmpReceive = ["icmp_rcv", "ip_protocol_deliver_rcu", "ip_local_deliver_finish"];

    private static readonly string[] Transmit = ["__dev_queue_xmit", "ip_finish_output2", "ip_output", "ip_local_out"];

    private static readonly string[] RequestOut =
    [
        "ip_local_out", "ip_push_pending_frames", "raw_sendmsg", "inet_sendmsg", "sock_sendmsg", "__sys_sendto",
        "__x64_sys_sendto", "do_syscall_64", "entry_SYSCALL_64_after_hwframe",
    ];

    private static readonly string[] ReplyOut =
        ["ip_local_out", "ip_push_pending_frames", "icmp_push_reply", "icmp_reply", "icmp_echo", "icmp_rcv"];

    private static readonly string[][] TxStacks = [RequestOut, Transmit, [], Receive, IpReceive, IcmpReceive];

    private static readonly string[][] RxStacks = [Receive, IpReceive, IcmpReceive, [], ReplyOut, Transmit];

    /// <summary>The six names as a build prints them; empty where it has no such stage.</summary>
    public static string[] Names(KernelIcmpRttBuild build, IcmpRttDirection direction)
    {
        string[] names = [.. direction == IcmpRttDirection.Tx ? TxNames : RxNames];
        int unused = direction == IcmpRttDirection.Tx ? 2 : 3;
        int pathOut = direction == IcmpRttDirection.Tx ? 0 : 3;
        switch (build)
        {
            case KernelIcmpRttBuild.SixStages:
                string path = direction == IcmpRttDirection.Tx ? "P1" : "P2";
                names[pathOut] = path + ":S0 (ip_send_skb)";
                names[pathOut + 1] = path + ":S1 (ip_local_out)";
                names[pathOut + 2] = path + ":S2 (dev_queue_xmit)";
                break;
            case KernelIcmpRttBuild.Driver:
                Replace(names, "dev_queue_xmit", "net_dev_xmit");
                break;
            case KernelIcmpRttBuild.FewStages:
                Replace(names, "dev_queue_xmit", "net_dev_xmit");
                Replace(names, "__netif_receive_skb", "netif_receive_skb");
                Replace(names, "P1:S", "P1 ");
                Replace(names, "P2:S", "P2 ");
                names = [.. names.Select(name => name.Length == 0 ? name : name[..2] + name[name.IndexOf(" (", StringComparison.Ordinal)..])];
                names[unused] = string.Empty;
                names[direction == IcmpRttDirection.Tx ? 4 : 1] = string.Empty;
                break;
            default:
                break;
        }

        return names;
    }

    public static string[][] Stacks(IcmpRttDirection direction) => direction == IcmpRttDirection.Tx ? TxStacks : RxStacks;

    /// <summary>Tells for each of the six stages whether any latency of the block begins or ends there.</summary>
    public static bool[] Seen(IcmpRttDirection direction, IcmpRttFigure figure)
    {
        bool hasStart = (figure.Stage0To1Us ?? figure.Path1Us ?? figure.TotalUs) is not null;
        bool hasEnd = (figure.Stage4To5Us ?? figure.Path2Us ?? figure.TotalUs) is not null;
        return direction == IcmpRttDirection.Tx
            ?
            [
                hasStart, (figure.Stage0To1Us ?? figure.Path1Us ?? figure.InterPathUs) is not null, false,
                (figure.Stage3To4Us ?? figure.Path2Us ?? figure.InterPathUs) is not null,
                (figure.Stage3To4Us ?? figure.Stage4To5Us) is not null, hasEnd,
            ]
            :
            [
                hasStart, (figure.Stage0To1Us ?? figure.Stage1To2Us) is not null,
                (figure.Stage1To2Us ?? figure.Path1Us ?? figure.InterPathUs) is not null, false,
                (figure.Stage4To5Us ?? figure.Path2Us ?? figure.InterPathUs) is not null, hasEnd,
            ];
    }

    private static void Replace(string[] names, string old, string replacement)
    {
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = names[i].Replace(old, replacement, StringComparison.Ordinal);
        }
    }
}
