using System.Text;

namespace VirtLatency.Parsing;

/// <summary>
/// Gives the same string for the same bytes, so that names which stand on every line (devices, interfaces) become a
/// string once per file. It holds a bounded number; a log with more names than that costs a string each.
/// </summary>
internal sealed class TextPool
{
    private const int Capacity = 64;
    private readonly List<(byte[] Bytes, string Text)> _entries = [];

    public string Get(ReadOnlySpan<byte> bytes)
    {
        foreach ((byte[] known, string text) in _entries)
        {
            if (bytes.SequenceEqual(known))
            {
                return text;
            }
        }

        string created = Encoding.UTF8.GetString(bytes);
        if (_entries.Count < Capacity)
        {
            _entries.Add((bytes.ToArray(), created));
        }

        return created;
    }
}
