namespace VirtLatency.Parsing;

/// <summary>Knows packed files by their magic numbers.</summary>
internal static class PackingDetector
{
    /// <summary>Bytes that are looked at.</summary>
    public const int HeadBytes = 4;

    private static readonly (byte[] Magic, Packing Packing)[] Magics =
    [
        ([0x1f, 0x8b], Packing.Gzip),
        ([0x28, 0xb5, 0x2f, 0xfd], Packing.Zstandard),
        ([0xfd, 0x37, 0x7a, 0x58], Packing.Xz),
        ("BZh"u8.ToArray(), Packing.Bzip2),
        ([0x50, 0x4b, 0x03, 0x04], Packing.Zip),
    ];

    /// <summary>Names the packing.</summary>
    /// <param name="head">The file's first bytes.</param>
    /// <returns>The packing; None for text.</returns>
    public static Packing Of(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] magic, Packing packing) in Magics)
        {
            if (head.StartsWith(magic))
            {
                return packing;
            }
        }

        return Packing.None;
    }

    /// <summary>The command that unpacks what is not read.</summary>
    /// <param name="packing">The packing.</param>
    /// <returns>For instance <c>xz -d</c>; null where none is needed.</returns>
    public static string? UnpackCommand(Packing packing) => packing switch
    {
        Packing.Xz => "xz -d",
        Packing.Bzip2 => "bzip2 -d",
        Packing.Zip => "unzip",
        _ => null,
    };
}
