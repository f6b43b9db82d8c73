using System.IO.Compression;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Opens log files: plain or gzip, by their first bytes rather than their name.</summary>
public static class LogFile
{
    /// <summary>Names the tool that printed a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tool, or Unknown.</returns>
    /// <exception cref="LogFileException">The file is empty or no text.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static LogIdentity Identify(string path)
    {
        using Stream stream = Open(path);
        return Identify(stream, path).Identity;
    }

    /// <summary>Reads a file from its first to its last line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The tools that may have printed it.</param>
    /// <param name="parserOf">Makes the parser for what the file is.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="LogFileException">The file is empty, no text, or another tool's log.</exception>
    /// <exception cref="InvalidDataException">A compressed file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Read(string path, IReadOnlyList<LogTool> expected, Func<LogIdentity, LogParser> parserOf, LogReadOptions options)
    {
        using Stream stream = Open(path);
        (LogIdentity identity, byte[] head) = Identify(stream, path);
        if (!expected.Contains(identity.Tool))
        {
            throw new LogFileException(LogFileProblem.WrongTool, WrongToolMessage(path, identity.Tool, expected));
        }

        using var whole = new HeadStream(head, stream);
        LogParser parser = parserOf(identity);
        parser.Facts.Confidence = identity.Confidence;
        parser.ReadAll(whole, options.Progress, options.Cancellation);
    }

    /// <summary>Opens a file for reading; whoever writes it may go on.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text's bytes, unpacked when the file is gzip.</returns>
    private static Stream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        };
        var file = new FileStream(path, options);
        if (!file.CanSeek)
        {
            return file;
        }

        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic[0] == 0x1f && magic[1] == 0x8b ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static (LogIdentity Identity, byte[] Head) Identify(Stream stream, string path)
    {
        byte[] head = new byte[LogDetector.HeadBytes];
        int length = 0;
        int read;
        LogIdentity identity = default;

        // A pipe or growing file may bring a few bytes only: what names the tool is enough to begin with.
        while (identity.Tool == LogTool.Unknown && length < head.Length && (read = stream.Read(head, length, head.Length - length)) > 0)
        {
            length += read;
            identity = LogDetector.Detect(head.AsSpan(0, length));
            if (identity.Tool == LogTool.Unknown && LogDetector.IsBinary(head.AsSpan(0, length)))
            {
                string what = LogDetector.IsUtf16(head) ? "is UTF-16 text, as some Windows programs save it. Convert it: iconv -f UTF-16 -t UTF-8" : "is no text: it holds zero bytes. Give the text that the tool printed";
                throw new LogFileException(LogFileProblem.Binary, $"'{path}' {what}.");
            }
        }

        if (length == 0)
        {
            throw new LogFileException(LogFileProblem.Empty, $"'{path}' is empty. Did the tool run, and was it stopped by Ctrl-C (SIGINT) so that it wrote its buffer?");
        }

        return (identity, head[..length]);
    }

    private static string WrongToolMessage(string path, LogTool found, IReadOnlyList<LogTool> expected)
    {
        string wanted = string.Join(" or ", expected.Select(LogToolName.Of));
        if (found == LogTool.Unknown)
        {
            return $"'{path}' is not a log of {wanted}: nothing that the tool prints was found in its first {LogDetector.HeadBytes / 1024} KiB.";
        }

        string advice = ImporterOf(found) is { } importer ? $" Read it with {importer}." : " This module does not read it.";
        return $"'{path}' is a log of {LogToolName.Of(found)}, not of {wanted}.{advice}";
    }

    private static string? ImporterOf(LogTool tool) => tool switch
    {
        LogTool.KernelIcmpRtt => "Import-IcmpRttLog",
        LogTool.IcmpDropDetector => "Import-IcmpPathLog",
        LogTool.TunTxToKvmIrq => "Import-TunIrqLog",
        LogTool.KvmVhostTunLatency => "Import-KvmTunLog",
        _ => null,
    };
}
