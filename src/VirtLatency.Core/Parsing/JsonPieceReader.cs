namespace VirtLatency.Parsing;

/// <summary>
/// Cuts a JSON list of flat objects into pieces that together are the stream, without copying them: a piece is a span
/// into one buffer, valid until the next read. Memory stays bounded whatever the stream holds, one line or many.
/// The trick: objects are flat, so an opening brace outside a string begins an object. Behind damage, reading goes on at
/// the next one: damage in one object never costs its neighbours.
/// </summary>
internal sealed class JsonPieceReader
{
    /// <summary>An object of any tool is below 1 KiB; a longer one has lost its end.</summary>
    public const int MaxObjectBytes = 2048;

    private const int BufferBytes = 64 * 1024;

    private static readonly System.Buffers.SearchValues<byte> FrameBytes = System.Buffers.SearchValues.Create(" \t\r\n,[]"u8);
    private static readonly System.Buffers.SearchValues<byte> OutsideStops = System.Buffers.SearchValues.Create("\"{}"u8);
    private static readonly System.Buffers.SearchValues<byte> StringStops = System.Buffers.SearchValues.Create("\"\\\n"u8);

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private readonly Stream _stream;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancellation;
    private int _start;
    private int _end;
    private long _byteCount;
    private bool _isAtEnd;

    /// <summary>Reads from the stream's present position.</summary>
    /// <param name="stream">The bytes; not disposed here.</param>
    /// <param name="progress">Told the bytes read so far after every read of the stream.</param>
    /// <param name="cancellation">Looked at before every read of the stream.</param>
    public JsonPieceReader(Stream stream, IProgress<long>? progress, CancellationToken cancellation)
    {
        _stream = stream;
        _progress = progress;
        _cancellation = cancellation;
        FillTo(3);
        _start = Rest.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Hands out the next piece.</summary>
    /// <param name="piece">Its bytes, at least one.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlySpan<byte> piece, out JsonPieceKind kind)
    {
        piece = default;
        kind = JsonPieceKind.Frame;
        if (_start == _end && !Fill())
        {
            return false;
        }

        if (_buffer[_start] != '{')
        {
            int frame = Rest.IndexOfAnyExcept(FrameBytes);
            kind = frame == 0 ? JsonPieceKind.Damage : JsonPieceKind.Frame;
            piece = frame == 0 ? TakeDamage() : Take(frame < 0 ? Rest.Length : frame);
            return true;
        }

        int length = ObjectLength(Rest);
        while (length == 0 && Rest.Length < MaxObjectBytes && Fill())
        {
            length = ObjectLength(Rest);
        }

        if (length > 0)
        {
            kind = JsonPieceKind.Whole;
            piece = Take(length);
            return true;
        }

        kind = length == 0 && _isAtEnd && Rest.Length < MaxObjectBytes && Rest[1..].IndexOf((byte)'{') < 0 ? JsonPieceKind.Cut : JsonPieceKind.Damage;
        piece = TakeDamage();
        return true;
    }

    /// <summary>Length of the object that the text begins with; 0 when its end is not there; -1 when it is damaged.</summary>
    private static int ObjectLength(ReadOnlySpan<byte> text)
    {
        int most = Math.Min(text.Length, MaxObjectBytes);
        bool isInString = false;
        for (int at = 1; at < most; at++)
        {
            int stop = text[at..most].IndexOfAny(isInString ? StringStops : OutsideStops);
            if (stop < 0)
            {
                return 0;
            }

            at += stop;
            switch (text[at])
            {
                case (byte)'"':
                    isInString = !isInString;
                    break;
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'}':
                    return at + 1;
                default:
                    return -1;
            }
        }

        return 0;
    }

    /// <summary>Takes what is there up to the next opening brace, without the blanks before that.</summary>
    private ReadOnlySpan<byte> TakeDamage()
    {
        FillTo(MaxObjectBytes);
        ReadOnlySpan<byte> there = Rest[..Math.Min(Rest.Length, MaxObjectBytes)];
        int next = there[1..].IndexOf((byte)'{');
        ReadOnlySpan<byte> damage = next < 0 ? there : there[..(next + 1)];
        int trimmed = damage.LastIndexOfAnyExcept(FrameBytes) + 1;
        return Take(Math.Max(trimmed, 1));
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> piece = _buffer.AsSpan(_start, length);
        _start += length;
        return piece;
    }

    private void FillTo(int length)
    {
        while (Rest.Length < length && Fill())
        {
        }
    }

    private bool Fill()
    {
        if (_isAtEnd)
        {
            return false;
        }

        _cancellation.ThrowIfCancellationRequested();
        if (_start > 0)
        {
            Rest.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _byteCount += read;
        _isAtEnd = read == 0;
        _progress?.Report(_byteCount);
        return !_isAtEnd;
    }
}
