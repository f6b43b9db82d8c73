namespace VirtLatency.Model;

/// <summary>The four machines of the path.</summary>
public enum PathMachine
{
    /// <summary>The VM that pings.</summary>
    SenderVm,

    /// <summary>Its host.</summary>
    SenderHost,

    /// <summary>The host of the VM that answers.</summary>
    ReceiverHost,

    /// <summary>The VM that answers.</summary>
    ReceiverVm,
}
