namespace VirtLatency.Parsing;

/// <summary>
/// A pipe whose reads can be left: opening and reading one waits in the kernel for its writer, and nothing but the
/// writer ends that wait. So it happens on another thread, which a cancelled reader leaves behind.
/// </summary>
internal sealed class PipeStream : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Stream _pipe;
    private readonly CancellationToken _cancellation;
    private int _start;
    private int _end;

    private PipeStream(Stream pipe, CancellationToken cancellation)
    {
        _pipe = pipe;
        _cancellation = cancellation;
    }

    /// <summary>Opens what may be a pipe; a plain file is read directly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the wait for a writer.</param>
    /// <returns>Its bytes.</returns>
    public static Stream Open(string path, CancellationToken cancellation)
    {
        FileStream file = OpenFile(path, cancellation);
        return file.CanSeek ? file : new PipeStream(file, cancellation);
    }

    /// <summary>Opens a file whose opening may wait for a writer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends that wait.</param>
    /// <returns>Its bytes.</returns>
    public static FileStream OpenFile(string path, CancellationToken cancellation) =>
        Await(Task.Run(() => LogStream.OpenFile(path), CancellationToken.None), cancellation);

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = Await(Task.Run(() => _pipe.Read(_buffer, 0, _buffer.Length), CancellationToken.None), _cancellation);
        }

        int length = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        // A read that was left behind still holds the pipe: it is closed when that read ends.
        if (disposing && !_cancellation.IsCancellationRequested)
        {
            _pipe.Dispose();
        }

        base.Dispose(disposing);
    }

    private static TResult Await<TResult>(Task<TResult> task, CancellationToken cancellation)
    {
        Task.WaitAny([task], cancellation);
        return task.GetAwaiter().GetResult();
    }
}
