namespace VirtLatency.Parsing;

/// <summary>What a parser took of a text in whole records, without looking at its lines one by one.</summary>
internal struct BlockTake
{
    /// <summary>Bytes taken, up to the end of a line.</summary>
    public int Bytes;

    /// <summary>Lines in them that a value was taken from.</summary>
    public long Parsed;

    /// <summary>Lines in them that carry nothing needed.</summary>
    public long Noise;

    /// <summary>The text ends inside what may be a further record.</summary>
    public bool WantsMore;

    /// <summary>Lines taken.</summary>
    public readonly long Lines => Parsed + Noise;
}
