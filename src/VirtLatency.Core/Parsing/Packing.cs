namespace VirtLatency.Parsing;

/// <summary>How a file is packed, by its first bytes rather than its name.</summary>
internal enum Packing
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878).</summary>
    Zstandard,

    /// <summary>xz: named, not read.</summary>
    Xz,

    /// <summary>bzip2: named, not read.</summary>
    Bzip2,

    /// <summary>zip: named, not read.</summary>
    Zip,
}
