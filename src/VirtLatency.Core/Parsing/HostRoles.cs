using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Which end of the path a host log was taken at, as far as the log itself tells.</summary>
public static class HostRoles
{
    private static readonly string[] TapPrefixes = ["vnet", "tap", "tun", "macvtap", "vif"];

    /// <summary>A packet that reaches a VM's tap device: a request on the receiver's host, a reply on the sender's.</summary>
    /// <param name="icmpType">ICMP type: 8, 0 or anything else.</param>
    /// <returns>The host, or null when the type tells nothing.</returns>
    public static HostRole? OfIcmpType(int icmpType) => icmpType switch
    {
        8 => HostRole.Receiver,
        0 => HostRole.Sender,
        _ => null,
    };

    /// <summary>
    /// By the header of icmp_drop_detector: on the sender's host requests come in at the VM's tap device, on the
    /// receiver's they go out there.
    /// </summary>
    /// <param name="facts">The log's header.</param>
    /// <returns>The host, or null when not exactly one side is a tap device.</returns>
    public static HostRole? OfInterfaces(LogFacts facts)
    {
        bool receivesAtTap = facts.ReceiveInterfaces.Any(IsTap);
        bool transmitsAtTap = facts.TransmitInterfaces.Any(IsTap);
        if (receivesAtTap == transmitsAtTap)
        {
            return null;
        }

        return receivesAtTap ? HostRole.Sender : HostRole.Receiver;
    }

    /// <summary>Whether an interface is a VM's by its name.</summary>
    /// <param name="name">The interface.</param>
    /// <returns>True for vnet, tap, tun, macvtap and vif devices.</returns>
    public static bool IsTap(string name) => TapPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
