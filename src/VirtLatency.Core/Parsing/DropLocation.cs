namespace VirtLatency.Parsing;

/// <summary>Where a packet was lost, as icmp_drop_detector concludes it.</summary>
public enum DropLocation
{
    /// <summary>The request came in and did not leave the host.</summary>
    RequestInternal,

    /// <summary>The request left, and no reply came back: the network, the other host or its VM.</summary>
    External,

    /// <summary>The reply came in and did not leave the host.</summary>
    ReplyInternal,
}
