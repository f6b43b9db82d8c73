using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Interface lists of the tools' headers.</summary>
internal static class InterfaceList
{
    /// <summary>Reads <c>(s): ens4f0(ifindex=4), ens4f1(ifindex=5)</c> as names.</summary>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text[(text.IndexOf((byte)':') + 1)..];
        var names = new List<string>();
        while (!rest.IsEmpty)
        {
            int comma = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> item = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            int parenthesis = item.IndexOf((byte)'(');
            item = ByteText.TrimBlanks(parenthesis < 0 ? item : item[..parenthesis]);
            if (!item.IsEmpty)
            {
                names.Add(System.Text.Encoding.UTF8.GetString(item));
            }
        }

        return names;
    }
}
