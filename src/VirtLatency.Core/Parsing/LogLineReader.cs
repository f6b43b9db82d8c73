using System.Runtime.ExceptionServices;

namespace VirtLatency.Parsing;

/// <summary>
/// Cuts a stream into lines without copying them: a line is a span into one buffer, valid until the next read. What a
/// read brings is handed out before more is asked for, so a growing file or a pipe is followed line by line.
/// A line longer than <see cref="MaxLineBytes"/> is handed out cut, with <see cref="IsCut"/> set, and its rest is
/// skipped: memory stays bounded whatever the file holds.
/// </summary>
public sealed class LogLineReader
{
    /// <summary>Bytes of a line that are looked at. The longest line of any tool is below 1 KiB.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private const int BufferBytes = 4 * MaxLineBytes;
    private readonly Stream _stream;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private readonly CancellationToken _cancellation;
    private readonly IProgress<long>? _progress;
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _skipping;
    private int _lineStart;
    private int _lineLength;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Reads from the stream's present position.</summary>
    /// <param name="stream">The bytes; not disposed here.</param>
    /// <param name="progress">Told the bytes read so far after every read of the stream.</param>
    /// <param name="cancellation">Looked at before every read of the stream.</param>
    public LogLineReader(Stream stream, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        _stream = stream;
        _cancellation = cancellation;
        _progress = progress;
    }

    /// <summary>Number of the line handed out last, counted from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Bytes read from the stream so far.</summary>
    public long ByteCount { get; private set; }

    /// <summary>True when the line handed out last was longer than <see cref="MaxLineBytes"/>.</summary>
    public bool IsCut { get; private set; }

    /// <summary>False when the line handed out last ended with the file instead of a line feed.</summary>
    public bool IsTerminated { get; private set; } = true;

    /// <summary>What was read and not handed out, from the beginning of a line; empty inside a line whose rest is skipped.</summary>
    internal ReadOnlySpan<byte> Pending => _skipping ? default : _buffer.AsSpan(_start, _end - _start);

    /// <summary>The line handed out last, until the next read.</summary>
    internal ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Passes over whole lines of <see cref="Pending"/>.</summary>
    /// <param name="bytes">Their length, line ends included.</param>
    /// <param name="lines">Their number.</param>
    internal void Pass(int bytes, long lines)
    {
        _start += bytes;
        LineNumber += lines;
    }

    /// <summary>Reads on behind <see cref="Pending"/>, which is to be no longer than a line may be.</summary>
    /// <returns>False at the end of the stream, and where it cannot be read on: that is said once the lines before are handed out.</returns>
    internal bool TryFill()
    {
        if (_atEnd || _failure is not null || _end - _start > MaxLineBytes)
        {
            return false;
        }

        try
        {
            return Fill();
        }
        catch (IOException e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }

    /// <summary>Hands out the next line without its line end (LF or CRLF).</summary>
    /// <param name="line">The line's bytes.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                int length = searched + feed;
                ReadOnlySpan<byte> found = _buffer.AsSpan(_start, length);
                _start += length + 1;
                if (_skipping)
                {
                    _skipping = false;
                    searched = 0;
                    continue;
                }

                bool tooLong = length > MaxLineBytes;
                line = HandOut(tooLong ? found[..MaxLineBytes] : found, tooLong, terminated: true);
                return true;
            }

            searched = _end - _start;
            if (_skipping)
            {
                _start = _end;
                searched = 0;
            }
            else if (searched > MaxLineBytes)
            {
                line = HandOut(_buffer.AsSpan(_start, MaxLineBytes), cut: true, terminated: true);
                _start = _end;
                _skipping = true;
                return true;
            }

            if (_atEnd || !Fill())
            {
                break;
            }
        }

        bool rest = _end > _start;
        line = rest ? HandOut(_buffer.AsSpan(_start, _end - _start), cut: false, terminated: false) : default;
        _start = _end;
        return rest;
    }

    private ReadOnlySpan<byte> HandOut(ReadOnlySpan<byte> line, bool cut, bool terminated)
    {
        LineNumber++;
        IsCut = cut;
        IsTerminated = terminated;

        // Not only in the first line: files with a mark may have been appended to one another.
        if (line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        line = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
        _lineLength = line.Length;
        _ = _buffer.AsSpan().Overlaps(line, out _lineStart);
        return line;
    }

    private bool Fill()
    {
        _failure?.Throw();
        _cancellation.ThrowIfCancellationRequested();
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        ByteCount += read;
        _atEnd = read == 0;
        _progress?.Report(ByteCount);
        return !_atEnd;
    }
}
