using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Reads log files by what they hold rather than by their name: plain or compressed, UTF-8 or UTF-16.</summary>
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
        using Stream stream = LogStream.Open(path, new LogReadOptions());
        return Identify(stream, path).Identity;
    }

    /// <summary>Reads a file from its first to its last line, or follows it until it is cancelled.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The tools that may have printed it.</param>
    /// <param name="parserOf">Makes the parser for what the file is.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="LogFileException">The file is empty, no text, another tool's log, or cannot be unpacked to its end.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Read(string path, IReadOnlyList<LogTool> expected, Func<LogIdentity, LogParser> parserOf, LogReadOptions options)
    {
        if (options.Wait)
        {
            Follow(path, expected, parserOf, options);
            return;
        }

        using Stream text = LogStream.Open(path, options);
        ReadIdentified(path, text, expected, parserOf, options);
    }

    private static void Follow(string path, IReadOnlyList<LogTool> expected, Func<LogIdentity, LogParser> parserOf, LogReadOptions options)
    {
        using var file = new FollowedFile(path, options.Cancellation);
        LogParser? parser = null;
        foreach (Stream generation in file.Generations())
        {
            using Stream text = LogStream.TextOf(path, generation, options);
            if (parser is not null)
            {
                parser.ReadAll(text, options.Progress, options.Cancellation);
                continue;
            }

            try
            {
                parser = ReadIdentified(path, text, expected, parserOf, options);
            }
            catch (LogFileException e) when (e.Problem == LogFileProblem.Empty)
            {
                // It was truncated before it held a byte more than its mark: its log is still to come.
            }
        }
    }

    private static LogParser ReadIdentified(string path, Stream text, IReadOnlyList<LogTool> expected, Func<LogIdentity, LogParser> parserOf, LogReadOptions options)
    {
        (LogIdentity identity, byte[] head) = Identify(text, path);
        if (identity.Tool == LogTool.KvmVhostTunDiscovery && expected.Contains(LogTool.KvmVhostTunLatency))
        {
            throw LogFileException.NoRecord(path, identity.Tool);
        }

        if (!expected.Contains(identity.Tool))
        {
            throw new LogFileException(LogFileProblem.WrongTool, WrongToolMessage(path, identity.Tool, expected));
        }

        LogParser parser = parserOf(identity);
        parser.Facts.Confidence = identity.Confidence;
        parser.ReadAll(new HeadStream(head, text), options.Progress, options.Cancellation);
        return parser;
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
                throw new LogFileException(LogFileProblem.Binary, $"'{path}' is no text: it holds zero bytes. Give the text that the tool printed.");
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
        LogTool.KvmVhostTunSummary => "Import-KvmTunLog -Summary",
        LogTool.VhostWakeupLatency => "Import-VhostWakeupLog",
        LogTool.Ping => "Import-PingLog",
        _ => null,
    };
}
