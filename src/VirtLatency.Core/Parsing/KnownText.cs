namespace VirtLatency.Parsing;

/// <summary>Bytes that were looked at once and are likely to come again: one comparison tells that they do.</summary>
internal sealed class KnownText
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>As many as asked for, each knowing nothing yet.</summary>
    public static KnownText[] Several(int count)
    {
        var texts = new KnownText[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = new KnownText();
        }

        return texts;
    }

    /// <summary>Moves behind the known bytes.</summary>
    /// <param name="rest">Left alone where it does not begin with them.</param>
    /// <returns>False too while none are known.</returns>
    public bool Take(ref ReadOnlySpan<byte> rest)
    {
        if (_length == 0 || !rest.StartsWith(_bytes.AsSpan(0, _length)))
        {
            return false;
        }

        rest = rest[_length..];
        return true;
    }

    /// <summary>Knows these bytes from now on, and no others; empty to know none.</summary>
    public void Keep(ReadOnlySpan<byte> text)
    {
        _bytes = text.Length > _bytes.Length ? new byte[text.Length] : _bytes;
        text.CopyTo(_bytes);
        _length = text.Length;
    }
}
