using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// The path of a ping between two VMs on two hosts, in path order: sender VM, its host, the receiver's host, receiver
/// VM, and back. Segments are disjoint; between them lie gaps that no tool sees. The end points are kernel functions.
/// </summary>
internal static class PathModel
{
    public const string RoundTrip = "RoundTrip";
    public const string PingRtt = "PingRtt";
    public const string VirtSender = "VirtSender";
    public const string VirtReceiver = "VirtReceiver";
    public const string HostToHost = "C+J";

    private const string Request = "Request";
    private const string Reply = "Reply";
    private const string Both = "Both";

    /// <summary>C+J stands where C is on the path; it is a difference of containers, not a column.</summary>
    public static readonly IReadOnlyList<PathPart> Segments =
    [
        new("A", "VmInternal", "sender VM TX", Request, "sender VM: ip_local_out to dev_queue_xmit", LogRole.SenderVm, SampleColumn.Path1),
        new("B_1", VirtSender, "kick-tap, sender", Request, "sender host: ioeventfd_write to netif_receive_skb(vnet)", LogRole.SenderKvmTun, SampleColumn.KvmTotal),
        new("B", "HostForwarding", "host TX, sender", Request, "sender host: vnet RX to physical TX", LogRole.SenderHost, SampleColumn.ReqInternal),
        new(HostToHost, "HostToHost", "host to host", Both, "between the hosts: dev_queue_xmit to netif_receive_skb, both ways", null, default),
        new("D", "HostForwarding", "host RX, receiver", Request, "receiver host: physical RX to vnet TX", LogRole.ReceiverHost, SampleColumn.ReqInternal),
        new("E", VirtReceiver, "tap-irq, receiver", Request, "receiver host: tun_net_xmit to posted interrupt", LogRole.ReceiverTunIrq, SampleColumn.S1ToS5),
        new("F", "VmInternal", "receiver VM RX", Request, "receiver VM: __netif_receive_skb to icmp_rcv", LogRole.ReceiverVm, SampleColumn.Path1),
        new("G", "VmInternal", "ICMP processing", "TurnRound", "receiver VM: icmp_rcv to ip_local_out", LogRole.ReceiverVm, SampleColumn.InterPath),
        new("H", "VmInternal", "receiver VM TX", Reply, "receiver VM: ip_local_out to dev_queue_xmit", LogRole.ReceiverVm, SampleColumn.Path2),
        new("I_1", VirtReceiver, "kick-tap, receiver", Reply, "receiver host: ioeventfd_write to netif_receive_skb(vnet)", LogRole.ReceiverKvmTun, SampleColumn.KvmTotal),
        new("I", "HostForwarding", "host TX, receiver", Reply, "receiver host: vnet RX to physical TX", LogRole.ReceiverHost, SampleColumn.RepInternal),
        new("K", "HostForwarding", "host RX, sender", Reply, "sender host: physical RX to vnet TX", LogRole.SenderHost, SampleColumn.RepInternal),
        new("L", VirtSender, "tap-irq, sender", Reply, "sender host: tun_net_xmit to posted interrupt", LogRole.SenderTunIrq, SampleColumn.S1ToS5),
        new("M", "VmInternal", "sender VM RX", Reply, "sender VM: __netif_receive_skb to icmp_rcv", LogRole.SenderVm, SampleColumn.Path2),
    ];

    /// <summary>Each measured by one clock.</summary>
    public static readonly IReadOnlyList<PathPart> Containers =
    [
        new(PingRtt, null, "ping's own RTT", Both, "sender VM, user space", LogRole.SenderPing, SampleColumn.PingRtt),
        new(RoundTrip, PingRtt, "A + InterPath + M", Both, "sender VM: ip_local_out to icmp_rcv", LogRole.SenderVm, SampleColumn.TotalRtt),
        new("InterPath", RoundTrip, "all outside that VM", Both, "sender VM: dev_queue_xmit to __netif_receive_skb", LogRole.SenderVm, SampleColumn.InterPath),
        new("SenderHostSpan", "InterPath", "B + external + K", Both, "sender host: vnet to vnet", LogRole.SenderHost, SampleColumn.HostTotal),
        new("SenderExternal", "SenderHostSpan", "C + receiver + J", Both, "sender host: physical TX to physical RX", LogRole.SenderHost, SampleColumn.External),
        new("ReceiverHost", "SenderExternal", "D + external + I", Both, "receiver host: physical RX to physical TX", LogRole.ReceiverHost, SampleColumn.HostTotal),
        new("ReceiverExternal", "ReceiverHost", "E, VM, I_1, gaps", Both, "receiver host: vnet TX to vnet RX", LogRole.ReceiverHost, SampleColumn.External),
        new("ReceiverVm", "ReceiverExternal", "F + G + H", Both, "receiver VM: __netif_receive_skb to dev_queue_xmit", LogRole.ReceiverVm, SampleColumn.TotalRtt),
    ];

    /// <summary>Stages in the order in which their segments come on the path.</summary>
    public static readonly IReadOnlyList<PathPart> Stages =
    [
        .. KickStages("B_1", Request, LogRole.SenderKvmTun),
        .. InterruptStages("E", Request, LogRole.ReceiverTunIrq),
        .. KickStages("I_1", Reply, LogRole.ReceiverKvmTun),
        .. InterruptStages("L", Reply, LogRole.SenderTunIrq),
    ];

    public static PathPart Segment(string id) => Segments.First(part => part.Id == id);

    public static PathPart Container(string id) => Containers.First(part => part.Id == id);

    /// <summary>S1 and S2 of a kvm log together: what can still be compared where kernels cut between them at different places.</summary>
    public static PathPart StagesFromKick(LogRole role) =>
        Stage(role == LogRole.SenderKvmTun ? "B_1" : "I_1", "S1+S2", role == LogRole.SenderKvmTun ? Request : Reply, "handle_tx_kick to netif_receive_skb", role, SampleColumn.S1);

    /// <summary>Stages of a kvm log whose end of the path is not known.</summary>
    public static IEnumerable<PathPart> StagesWithoutRole() => KickStages(null, null, null);

    private static IEnumerable<PathPart> KickStages(string? segment, string? direction, LogRole? role)
    {
        yield return Stage(segment, "S0", direction, "ioeventfd_write to handle_tx_kick (worker wake-up)", role, SampleColumn.S0);
        yield return Stage(segment, "S1", direction, "handle_tx_kick to tun_sendmsg", role, SampleColumn.S1);
        yield return Stage(segment, "S2", direction, "tun_sendmsg to netif_receive_skb", role, SampleColumn.S2);
    }

    private static IEnumerable<PathPart> InterruptStages(string segment, string direction, LogRole role)
    {
        yield return Stage(segment, "S1->S2", direction, "tun_net_xmit to vhost_signal (worker wake-up)", role, SampleColumn.S1ToS2);
        yield return Stage(segment, "S2->S3", direction, "vhost_signal to eventfd_signal", role, SampleColumn.S2ToS3);
        yield return Stage(segment, "S3->S4", direction, "eventfd_signal to irqfd_wakeup", role, SampleColumn.S3ToS4);
        yield return Stage(segment, "S4->S5", direction, "irqfd_wakeup to posted interrupt", role, SampleColumn.S4ToS5);
    }

    private static PathPart Stage(string? segment, string name, string? direction, string location, LogRole? role, SampleColumn column) =>
        new(segment ?? string.Empty, segment, name, direction ?? string.Empty, location, role, column);
}
