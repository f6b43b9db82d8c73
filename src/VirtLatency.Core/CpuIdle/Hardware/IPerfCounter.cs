namespace VirtLatency.CpuIdle.Hardware;

/// <summary>A counter that counts.</summary>
internal interface IPerfCounter : IDisposable
{
    /// <summary>What it counted so far.</summary>
    /// <returns>The count; null where it cannot be read any more.</returns>
    long? Read();
}
