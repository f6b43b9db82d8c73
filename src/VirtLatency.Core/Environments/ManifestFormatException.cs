namespace VirtLatency.Environments;

/// <summary>Text that is no data of a manifest's kind, found by a parser that does not know the file.</summary>
public sealed class ManifestFormatException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What was found and what to do, without a full stop.</param>
    public ManifestFormatException(int line, string message)
        : base(message) => Line = line;

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
