namespace VirtLatency.Tests.Parsing;

/// <summary>A text with a very long run of one letter in its middle, made as it is read.</summary>
internal sealed class EndlessLineStream(byte[] before, long letters, byte[] after) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => before.Length + letters + after.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int length;
        if (_position < before.Length)
        {
            length = Copy(before, (int)_position, buffer);
        }
        else if (_position < before.Length + letters)
        {
            length = (int)Math.Min(buffer.Length, before.Length + letters - _position);
            buffer[..length].Fill((byte)'x');
        }
        else
        {
            length = Copy(after, (int)(_position - before.Length - letters), buffer);
        }

        _position += length;
        return length;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(byte[] source, int from, Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, source.Length - from);
        source.AsSpan(from, length).CopyTo(buffer);
        return length;
    }
}
