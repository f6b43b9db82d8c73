namespace VirtLatency.Model;

/// <summary>The end of the path that a host serves.</summary>
public enum HostRole
{
    /// <summary>The host of the VM that pings.</summary>
    Sender,

    /// <summary>The host of the VM that answers.</summary>
    Receiver,
}
