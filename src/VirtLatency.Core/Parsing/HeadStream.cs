namespace VirtLatency.Parsing;

/// <summary>Bytes that were already taken from a stream to look at, then the rest of it. It owns the stream.</summary>
internal sealed class HeadStream(byte[] head, Stream rest) : ReadOnlyStream
{
    private int _position;

    /// <summary>Looks at a stream's first bytes.</summary>
    /// <param name="stream">The stream, at its beginning.</param>
    /// <param name="count">Bytes to look at.</param>
    /// <param name="head">That many bytes, fewer where the stream ends before.</param>
    /// <returns>The stream with these bytes before it again.</returns>
    public static HeadStream Peek(Stream stream, int count, out byte[] head)
    {
        byte[] bytes = new byte[count];
        head = bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
        return new HeadStream(head, stream);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == head.Length)
        {
            return rest.Read(buffer);
        }

        int length = Math.Min(buffer.Length, head.Length - _position);
        head.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
