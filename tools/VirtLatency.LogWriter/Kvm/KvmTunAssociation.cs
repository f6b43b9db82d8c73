namespace VirtLatency.LogWriter;

/// <summary>What the tool's discovery found for one worker.</summary>
/// <param name="WorkerTid">Thread id of the vhost worker.</param>
/// <param name="Queue">Queue of the device.</param>
/// <param name="EventFd">Pointer of the eventfd context as text; null when none was matched.</param>
/// <param name="Count">Packets that the discovery saw.</param>
public sealed record KvmTunAssociation(int WorkerTid, int Queue, string? EventFd, int Count);
