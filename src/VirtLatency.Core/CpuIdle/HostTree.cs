namespace VirtLatency.CpuIdle;

/// <summary>Files of a host, read in one go. Contents are without the line end at their end.</summary>
/// <param name="Files">Content by absolute path.</param>
/// <param name="Denied">Paths that exist but may not be read.</param>
public sealed record HostTree(IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Denied)
{
    /// <summary>What is kept of a file. The longest that is read is /proc/stat, with a line for each CPU and a number for each interrupt.</summary>
    internal const int MostBytes = 4 * 1024 * 1024;

    /// <summary>A clock of the reader's at the beginning of the reading (s), good for differences only; null where it means nothing.</summary>
    public double? ClockSeconds { get; init; }

    /// <summary>Paths of files that are longer than what is kept of one: the beginning is in <see cref="Files"/>.</summary>
    public IReadOnlyList<string> Cut { get; init; } = [];

    /// <summary>A file's content.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>The text, or null where it was not read.</returns>
    public string? TextOf(string path) => Files.GetValueOrDefault(path);

    /// <summary>A name or a value, which is one line.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>The text with signs for all that is no character of a line; null where it was not read.</returns>
    public string? NameOf(string path) => VisibleText.Line(TextOf(path));

    /// <summary>A file's content as a whole number.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>The number, or null where it was not read or is none.</returns>
    public long? NumberOf(string path) =>
        long.TryParse(TextOf(path), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A content as it is kept: its first 4 MiB, as text fit for a terminal, without the line ends at its end.</summary>
    /// <param name="bytes">What the file holds.</param>
    /// <returns>The text.</returns>
    internal static string ContentOf(ReadOnlySpan<byte> bytes) => VisibleText.Content(System.Text.Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MostBytes)])).TrimEnd('\n');
}
