using System.Buffers;
using System.Text;
using VirtLatency.CpuIdle;

namespace VirtLatency.Ssh;

/// <summary>Collects the records of one answer; their form is in <see cref="RemoteProgram"/>.</summary>
internal sealed class TreeReply
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<string> _denied = [];
    private readonly List<string> _cut = [];
    private readonly ArrayBufferWriter<byte> _content = new();
    private string? _path;

    /// <summary>The status of each write or script, and what was said or read.</summary>
    public List<(string Status, string Said)> Answers { get; } = [];

    /// <summary>The last of them; empty texts where there was none.</summary>
    public (string Status, string Said) Status => Answers.Count > 0 ? Answers[^1] : (string.Empty, string.Empty);

    /// <summary>The files.</summary>
    public HostTree Tree => new(_files, _denied) { Cut = _cut };

    /// <summary>Takes a record of one line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public void Take(string text, ReadOnlySpan<byte> bytes)
    {
        switch (text.Length > 0 ? text[0] : '\0')
        {
            case '-' or '=' when _path is not null:
                _content.Write(bytes[1..]);
                if (text[0] == '-')
                {
                    _content.Write("\n"u8);
                }

                break;
            case 'F':
                EndFile();
                _path = text[1..];
                break;
            case '!':
                EndFile();
                _denied.Add(text[1..]);
                break;
            default:
                throw new InvalidDataException($"an unexpected line begins with '{text[..Math.Min(text.Length, 40)]}'.");
        }
    }

    /// <summary>Takes a record that holds a content as it is.</summary>
    /// <param name="text">Its first line: C and path, or W and status.</param>
    /// <param name="raw">The content.</param>
    /// <param name="status">cat's exit status.</param>
    public void TakeRaw(string text, byte[] raw, string status)
    {
        EndFile();
        if (text[0] == 'W')
        {
            Answers.Add((text[1..], Encoding.UTF8.GetString(raw).Trim()));
        }
        else if (status == "0")
        {
            Keep(text[1..], raw);
        }
    }

    /// <summary>The file whose lines came is whole.</summary>
    public void EndFile()
    {
        if (_path is not null)
        {
            Keep(_path, _content.WrittenSpan);
            _path = null;
            _content.ResetWrittenCount();
        }
    }

    private void Keep(string path, ReadOnlySpan<byte> content)
    {
        _files[path] = HostTree.ContentOf(content);
        if (content.Length > HostTree.MostBytes)
        {
            _cut.Add(path);
        }
    }
}
