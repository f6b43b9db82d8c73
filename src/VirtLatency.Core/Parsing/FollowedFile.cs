namespace VirtLatency.Parsing;

/// <summary>
/// A file that grows while it is read: at its end a read waits for more instead of ending. Only when the file was
/// truncated, or another one has taken its name (rotation), the stream ends, and the next one begins at the beginning.
/// </summary>
internal sealed class FollowedFile : IDisposable
{
    /// <summary>
    /// Bytes before the place that was read to: where they change, the file was truncated and written anew, longer than
    /// before, since the last look.
    /// </summary>
    private const int EndBytes = 64;

    /// <summary>Waiting this long costs nothing and is not felt.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _end = new byte[EndBytes];
    private int _endLength;
    private FileStream _file;
    private long _position;

    public FollowedFile(string path, CancellationToken cancellation)
    {
        _path = path;
        _cancellation = cancellation;
        _file = PipeStream.OpenFile(path, cancellation);
        if (!_file.CanSeek)
        {
            _file.Dispose();
            throw new LogFileException(LogFileProblem.NotFollowable, $"'{path}' is a pipe or device; -Wait follows files. Without -Wait a pipe is read as it fills, until its writer ends.");
        }
    }

    /// <summary>
    /// What the file holds from one beginning to the next. A stream is to be read to its end before the next one is
    /// asked for; there is always a next one.
    /// </summary>
    /// <returns>The streams, which need no disposing.</returns>
    public IEnumerable<Stream> Generations()
    {
        while (true)
        {
            yield return new Generation(this);
        }
    }

    public void Dispose() => _file.Dispose();

    private int Read(Span<byte> buffer)
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_file.Length < _position || (_file.Length > _position && !EndStands()))
            {
                _file.Position = _position = 0;
                _endLength = 0;
                return 0;
            }

            int read = _file.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
            {
                _position += read;
                Remember(buffer[..read]);
                return read;
            }

            if (Successor() is { } successor)
            {
                _file.Dispose();
                _file = successor;
                _position = 0;
                _endLength = 0;
                return 0;
            }

            _cancellation.WaitHandle.WaitOne(Pause);
        }
    }

    private void Remember(ReadOnlySpan<byte> read)
    {
        if (read.Length > 0)
        {
            _endLength = Math.Min(read.Length, EndBytes);
            read[^_endLength..].CopyTo(_end);
        }
    }

    private bool EndStands()
    {
        Span<byte> now = stackalloc byte[EndBytes];
        int read = RandomAccess.Read(_file.SafeFileHandle, now[.._endLength], _position - _endLength);
        return now[..read].SequenceEqual(_end.AsSpan(0, _endLength));
    }

    /// <summary>
    /// Another file under the same name. The kernel's own names of two open files differ once one of them was renamed or
    /// deleted, which /proc tells; between the renaming and the new file there is none, and the old one goes on.
    /// </summary>
    private FileStream? Successor()
    {
        FileStream? now = null;
        try
        {
            now = LogStream.OpenFile(_path);
            string? before = NameOf(_file);
            string? name = NameOf(now);

            // A renaming between these looks gives one file two names: only names that stand tell.
            if (now.CanSeek && name is not null && before is not null && name != before && NameOf(_file) == before)
            {
                return now;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // The name is free for a moment, or its new file is not ours yet: what is open is followed on.
        }

        now?.Dispose();
        return null;
    }

    private static string? NameOf(FileStream file) =>
        File.ResolveLinkTarget(FormattableString.Invariant($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}"), returnFinalTarget: false)?.FullName;

    private sealed class Generation(FollowedFile file) : ReadOnlyStream
    {
        private bool _isOver;

        public override int Read(Span<byte> buffer)
        {
            int read = _isOver ? 0 : file.Read(buffer);
            _isOver |= read == 0 && buffer.Length > 0;
            return read;
        }
    }
}
