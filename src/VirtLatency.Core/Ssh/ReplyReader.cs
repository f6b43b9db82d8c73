using System.Buffers;
using System.Text;

namespace VirtLatency.Ssh;

/// <summary>Cuts what a remote shell prints into lines, up to a bound, so that a host that prints without end fills no memory.</summary>
/// <param name="stream">ssh's standard output.</param>
internal sealed class ReplyReader(Stream stream)
{
    /// <summary>More than any host's files together; what goes beyond is no answer of the program.</summary>
    private const long MostBytes = 64L * 1024 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private long _left = MostBytes;

    /// <summary>A new request has the whole bound again.</summary>
    public void Begin() => _left = MostBytes;

    /// <summary>The next line.</summary>
    /// <returns>Its bytes without the line end, valid until the next call; null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The bound is reached.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        _line.ResetWrittenCount();
        while (true)
        {
            ReadOnlySpan<byte> held = _buffer.AsSpan(_start, _end - _start);
            int end = held.IndexOf((byte)'\n');
            _line.Write(end < 0 ? held : held[..end]);
            _start = end < 0 ? _end : _start + end + 1;
            if (end >= 0)
            {
                return _line.WrittenMemory;
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    /// <summary>The next line as text.</summary>
    /// <returns>Null at the end of the stream.</returns>
    public string? NextText() => Next() is { } line ? Encoding.UTF8.GetString(line.Span) : null;

    private bool Fill()
    {
        _start = 0;
        _end = stream.Read(_buffer);
        _left -= _end;
        return _left < 0 ? throw new InvalidDataException("The host sends far more than was asked for.") : _end > 0;
    }
}
