namespace VirtLatency.LogWriter;

/// <summary>Builds of kernel_icmp_rtt whose logs look different, by the commit that brought the layout.</summary>
public enum KernelIcmpRttBuild
{
    /// <summary>9e56f36: the header names the ping session.</summary>
    SessionHeader,

    /// <summary>d9a1fd5: paths out begin at ip_send_skb, six stages both ways, the header names the traced machine first.</summary>
    SixStages,

    /// <summary>e557fa4 and d03d31d: the same header, an unused stage.</summary>
    FilterHeader,

    /// <summary>4d47ad7: paths out end behind the driver.</summary>
    Driver,

    /// <summary>c2ccdc2: no ip_rcv.</summary>
    FewStages,

    /// <summary>The port to libbpf: no milliseconds, no pointers.</summary>
    Libbpf,
}
