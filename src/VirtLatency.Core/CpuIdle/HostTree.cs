namespace VirtLatency.CpuIdle;

/// <summary>Files of a host, read in one go. Contents are without the line end at their end.</summary>
/// <param name="Files">Content by absolute path.</param>
/// <param name="Denied">Paths that exist but may not be read.</param>
public sealed record HostTree(IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Denied)
{
    /// <summary>A clock of the reader's at the beginning of the reading (s), good for differences only; null where it means nothing.</summary>
    public double? ClockSeconds { get; init; }

    /// <summary>A file's content.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>The text, or null where it was not read.</returns>
    public string? TextOf(string path) => Files.GetValueOrDefault(path);

    /// <summary>A file's content as a whole number.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>The number, or null where it was not read or is none.</returns>
    public long? NumberOf(string path) =>
        long.TryParse(TextOf(path), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;
}
