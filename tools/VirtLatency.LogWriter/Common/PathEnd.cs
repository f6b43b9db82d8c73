namespace VirtLatency.LogWriter;

/// <summary>The end of the path that a log was taken at.</summary>
public enum PathEnd
{
    /// <summary>The VM that pings, or its host.</summary>
    Sender,

    /// <summary>The VM that answers, or its host.</summary>
    Receiver,
}
