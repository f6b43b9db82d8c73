namespace VirtLatency.Parsing;

/// <summary>How a file is read.</summary>
public sealed record LogReadOptions
{
    /// <summary>Bytes that a compressed file may unpack to; null for 64 GiB, or 1000 times its own size if that is less.</summary>
    public long? MaxExpandedBytes { get; init; }

    /// <summary>Follow the file while it grows, until cancelled.</summary>
    public bool Wait { get; init; }

    /// <summary>Told the bytes of text read so far.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Looked at before every read of the file.</summary>
    public CancellationToken Cancellation { get; init; }
}
