namespace VirtLatency.Parsing;

/// <summary>Counts the bytes that are read from a stream, which it owns.</summary>
internal sealed class CountingStream(Stream stream) : ReadOnlyStream
{
    public long Count { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);
        Count += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
