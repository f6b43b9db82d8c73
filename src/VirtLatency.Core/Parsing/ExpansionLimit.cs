namespace VirtLatency.Parsing;

/// <summary>How far a compressed file may unpack: a small one can be made that unpacks to more than any disk holds.</summary>
/// <param name="MaxBytes">Bytes at most; null for the default limits.</param>
internal readonly record struct ExpansionLimit(long? MaxBytes)
{
    /// <summary>Bytes that a file may unpack to when nothing else is asked for.</summary>
    public const long DefaultMaxBytes = 64L << 30;

    /// <summary>And the times its own size. Logs of these tools pack to a tenth or a twentieth.</summary>
    public const int DefaultMaxRatio = 1000;

    /// <summary>Below this no ratio is looked at: the first block of an archive may pack far better than the rest.</summary>
    private const long RatioFrom = 16L << 20;

    /// <summary>The limit that is passed.</summary>
    /// <param name="unpacked">Bytes unpacked so far.</param>
    /// <param name="packed">Bytes that they came from.</param>
    /// <returns>The limit in words; null as long as none is passed.</returns>
    public string? PassedBy(long unpacked, long packed)
    {
        if (unpacked > (MaxBytes ?? DefaultMaxBytes))
        {
            return FormattableString.Invariant($"the limit of {MaxBytes ?? DefaultMaxBytes} bytes");
        }

        return MaxBytes is null && unpacked > RatioFrom && unpacked > packed * DefaultMaxRatio
            ? FormattableString.Invariant($"{DefaultMaxRatio} times the {packed} bytes read of it")
            : null;
    }
}
