using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Which build of kernel_icmp_rtt printed a run, by what differs between them: the header, the names of the stages,
/// and which address a session has first. Builds are named by the commit that brought the layout
/// (echkenluo/troubleshooting-tools). Called for every record until it is settled, then costs one comparison.
/// </summary>
internal sealed class IcmpRttVersion
{
    private const string FirstBuild = "d9a1fd5";
    private const string FilterHeaderBuild = "e557fa4/d03d31d";
    private const string SessionHeaderBuild = "9e56f36";
    private const string DriverBuild = "4d47ad7";
    private const string FewStagesBuild = "c2ccdc2";
    private const string LibbpfBuild = "libbpf";

    private string? _header;

    /// <summary>True when no stage's line will tell more.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>A new run may be another build's.</summary>
    public void Forget(LogFacts facts)
    {
        facts.NextBuild();
        _header = null;
        IsSettled = false;
    }

    /// <summary>Ping Session, Local IP, Remote IP.</summary>
    public void SeeSessionHeader(LogFacts facts) => facts.Version = _header = SessionHeaderBuild;

    /// <summary>SRC_IP_FILTER; only the BCC builds print the address as a number too.</summary>
    public void SeeFilterHeader(bool hasNumber, LogFacts facts) => facts.Version = _header = hasNumber ? FilterHeaderBuild : LibbpfBuild;

    /// <summary>A record without a header before it: only older builds have a reversed session.</summary>
    public void SeeInitiator(bool isReversed, LogFacts facts)
    {
        if (isReversed && _header is null && facts.BuildVersion is null)
        {
            facts.Version = FilterHeaderBuild;
        }
    }

    /// <summary>A stage's line behind its opening bracket; those at which path 1 or path 2 ends in a transmission tell.</summary>
    public void SeeStage(ReadOnlySpan<byte> stage, LogFacts facts)
    {
        if (IsSettled)
        {
            return;
        }

        bool atDriver = stage.IndexOf("(net_dev_xmit)"u8) >= 0;
        bool hasIpSend = stage.IndexOf("(ip_send_skb)"u8) >= 0;
        if (!atDriver && !hasIpSend && stage.IndexOf("(dev_queue_xmit)"u8) < 0)
        {
            return;
        }

        IsSettled = true;
        bool isFewStages = stage.IndexOf("] P1 ("u8) >= 0 || stage.IndexOf("] P2 ("u8) >= 0;
        facts.Version = hasIpSend ? FirstBuild : isFewStages ? FewStagesBuild : atDriver ? DriverBuild : facts.BuildVersion;
        facts.ProbeBoundary = hasIpSend ? "ip_send_skb to dev_queue_xmit" : atDriver ? "ip_local_out to net_dev_xmit" : "ip_local_out to dev_queue_xmit";
    }
}
