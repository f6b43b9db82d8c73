using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>
/// Environments in one file, exactly as they are in memory: a zip archive with <c>environment.json</c> (what the logs
/// are, and what their samples add up to) and one entry of 24-byte records per log. Entries are not compressed: a file
/// unpacks to no more than its size, and the same environments give the same bytes on every version of .NET.
/// </summary>
public static class EnvironmentFile
{
    /// <summary>The file extension that is recommended. Files are recognised by their content.</summary>
    public const string Extension = ".vlenv";

    internal const string Format = "VirtLatency environments";
    internal const int FormatVersion = 1;
    internal const string DocumentEntry = "environment.json";

    /// <summary>A zip archive's local file header; one without a single entry begins with its end.</summary>
    private static readonly byte[][] Magics = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06]];

    internal static string ModuleVersion { get; } = typeof(EnvironmentFile).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Whether a file is to be read by <see cref="Read"/>: a zip archive, or at least called like one of ours.</summary>
    /// <param name="path">An existing file.</param>
    /// <returns>True for zip archives and for files named .vlenv.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static bool IsOne(string path)
    {
        if (Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // A pipe has no length, and opening it could wait for ever.
        if (new FileInfo(path).Length == 0)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[4];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && (head.SequenceEqual(Magics[0]) || head.SequenceEqual(Magics[1]));
    }

    /// <summary>Writes environments. The file is there with all of them, or not at all.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="environments">At least one.</param>
    /// <param name="overwrite">An existing file is replaced.</param>
    /// <param name="cancellation">Looked at between pieces of 64 KiB.</param>
    /// <exception cref="IOException">It cannot be written, or exists and must not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public static void Write(string path, IReadOnlyList<LatencyEnvironment> environments, bool overwrite, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(environments);
        WholeFile.Write(path, overwrite, stream => EnvironmentFileWriter.Write(stream, environments, cancellation));
    }

    /// <summary>Reads environments back.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How far it may unpack, and what ends reading.</param>
    /// <returns>The environments, in the order in which they were written.</returns>
    /// <exception cref="EnvironmentFileException">It is damaged, not ours, or of a later version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<LatencyEnvironment> Read(string path, LogReadOptions options)
    {
        using EnvironmentFileReader reader = EnvironmentFileReader.Open(path, options);
        return reader.Read();
    }

    /// <summary>The names of the environments in a file, without their samples.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How far it may unpack, and what ends reading.</param>
    /// <returns>The names.</returns>
    /// <exception cref="EnvironmentFileException">It is damaged, not ours, or of a later version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<string> NamesIn(string path, LogReadOptions options)
    {
        using EnvironmentFileReader reader = EnvironmentFileReader.Open(path, options);
        return reader.ReadNames();
    }
}
