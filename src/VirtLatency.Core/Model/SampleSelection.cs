namespace VirtLatency.Model;

/// <summary>Text of flags, and the decision which samples take part in means.</summary>
/// <param name="IncludeFlagged">Flagged samples take part in means.</param>
/// <param name="ExcludeFirst">Sequence 1 of each run takes no part in means.</param>
public readonly record struct SampleSelection(bool IncludeFlagged, bool ExcludeFirst)
{
    /// <summary>Whether a sample with these flags takes part in means.</summary>
    /// <param name="flags">The sample's flags.</param>
    /// <returns>True when it counts.</returns>
    public bool Counts(SampleFlags flags)
    {
        if (ExcludeFirst && flags.HasFlag(SampleFlags.First))
        {
            return false;
        }

        return IncludeFlagged || (flags & ~SampleFlags.First) == SampleFlags.None;
    }

    /// <summary>The Flag column: names joined by comma, null where there is none.</summary>
    /// <param name="flags">The sample's flags.</param>
    /// <returns>For instance <c>First, Negative</c>, or null.</returns>
    public static string? TextOf(SampleFlags flags) => flags == SampleFlags.None ? null : flags.ToString();
}
