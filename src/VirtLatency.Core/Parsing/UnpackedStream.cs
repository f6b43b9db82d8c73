using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using ZstdSharp;

namespace VirtLatency.Parsing;

/// <summary>
/// The text of a gzip or zstd file, up to a limit: a small file can be made that unpacks to more than any disk holds.
/// A file that ends early, or is damaged, gives what comes before and then an error.
/// </summary>
internal sealed class UnpackedStream : ReadOnlyStream
{
    /// <summary>The decompressor drops what it has of a read in which it meets the file's end, so reads are short.</summary>
    private const int ReadBytes = 1024;

    /// <summary>SharpZipLib has no type of its own for it.</summary>
    private const string UnexpectedEnd = "Unexpected EOF";

    private readonly string _path;
    private readonly CountingStream _packed;
    private readonly Stream _text;
    private readonly ExpansionLimit _limit;
    private long _count;

    private UnpackedStream(string path, CountingStream packed, Stream text, long? maxBytes)
    {
        _path = path;
        _packed = packed;
        _text = text;
        _limit = new ExpansionLimit(maxBytes);
    }

    /// <summary>Unpacks a stream by its first bytes; other streams come back as they are.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its bytes.</param>
    /// <param name="head">The first four of them.</param>
    /// <param name="maxBytes">Bytes of text at most; null for the default limits.</param>
    /// <returns>The text's bytes.</returns>
    public static Stream Of(string path, Stream stream, ReadOnlySpan<byte> head, long? maxBytes)
    {
        var packed = new CountingStream(stream);
        return PackingDetector.Of(head) switch
        {
            Packing.Gzip => new UnpackedStream(path, packed, new GZipInputStream(packed, 64 * 1024), maxBytes),
            Packing.Zstandard => new UnpackedStream(path, packed, new DecompressionStream(packed, leaveOpen: false), maxBytes),
            _ => stream,
        };
    }

    public override int Read(Span<byte> buffer)
    {
        int read = Unpack(buffer[..Math.Min(buffer.Length, ReadBytes)]);
        _count += read;
        RefuseTooMuch();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _text.Read(buffer);
        }
        catch (Exception e) when (e is EndOfStreamException || e is SharpZipBaseException { Message: UnexpectedEnd })
        {
            throw Damaged("ends early: the rest of it is missing", e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException or UnauthorizedAccessException))
        {
            // Damaged bits lead the decompressors out of their own tables: whatever they throw then, it is the file.
            throw Damaged("is damaged: numbers before this place may be wrong too", e);
        }
    }

    private LogFileException Damaged(string what, Exception cause) => new(
        LogFileProblem.CompressionDamaged,
        FormattableString.Invariant($"The compressed file '{_path}' {what}, behind {_count} unpacked bytes. What comes before is used. Copy the file again from its host."),
        cause);

    private void RefuseTooMuch()
    {
        if (_limit.PassedBy(_count, _packed.Count) is { } limit)
        {
            throw new LogFileException(
                LogFileProblem.ExpandsTooFar,
                $"The compressed file '{_path}' unpacks to more than {limit}. What comes before is used. If it is a log that you trust, raise -MaxExpandedBytes.");
        }
    }
}
