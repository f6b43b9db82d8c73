namespace VirtLatency.Report;

/// <summary>Where on the path a part lies.</summary>
public enum ReportLane
{
    /// <summary>In the sender's VM.</summary>
    SenderVm,

    /// <summary>On the sender's host.</summary>
    SenderHost,

    /// <summary>Between the hosts: NICs, wire, interrupts.</summary>
    Network,

    /// <summary>On the receiver's host.</summary>
    ReceiverHost,

    /// <summary>In the receiver's VM.</summary>
    ReceiverVm,
}
