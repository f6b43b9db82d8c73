using System.Text;

namespace VirtLatency.Parsing;

/// <summary>A file's bytes as UTF-8 text: unpacked where it is gzip or zstd, transcoded where it is UTF-16.</summary>
internal static class LogStream
{
    /// <summary>Opens a file to be read once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>The text's bytes, with a byte order mark where the file has one.</returns>
    public static Stream Open(string path, LogReadOptions options)
    {
        // Only a pipe's opening waits; a pipe has no length.
        Stream stream = new FileInfo(path) is { Exists: true, Length: 0 } ? PipeStream.Open(path, options.Cancellation) : OpenFile(path);
        return TextOf(path, stream, options);
    }

    /// <summary>The text of an opened file, which it owns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its bytes.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>The text's bytes.</returns>
    public static Stream TextOf(string path, Stream stream, LogReadOptions options)
    {
        try
        {
            HeadStream packed = HeadStream.Peek(stream, PackingDetector.HeadBytes, out byte[] magic);
            Packing packing = PackingDetector.Of(magic);
            if (PackingDetector.UnpackCommand(packing) is { } command)
            {
                throw new LogFileException(LogFileProblem.Binary, $"'{path}' is packed as {packing.ToString().ToLowerInvariant()}, which is not read. Unpack it first: {command}.");
            }

            if (packing != Packing.None && options.Wait)
            {
                throw new LogFileException(LogFileProblem.NotFollowable, $"'{path}' is compressed; -Wait follows plain files.");
            }

            HeadStream text = HeadStream.Peek(UnpackedStream.Of(path, packed, magic, options.MaxExpandedBytes), TextEncoding.HeadBytes, out byte[] head);
            return TextEncoding.Utf16Of(head) is { } encoding
                ? Encoding.CreateTranscodingStream(text, encoding, Encoding.UTF8)
                : text;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for reading; whoever writes it may go on.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes.</returns>
    public static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    });
}
