namespace VirtLatency.Model;

/// <summary>Text of flags, and the decision which samples take part in means.</summary>
/// <param name="IncludeFlagged">Samples take part in means whatever their flags.</param>
/// <param name="ExcludeFirst">Sequence 1 of each run takes no part in means.</param>
public readonly record struct SampleSelection(bool IncludeFlagged, bool ExcludeFirst)
{
    /// <summary>Flags that keep no sample out: what came late or first is as true as the rest, and being late is often the very effect.</summary>
    private const SampleFlags Marks = SampleFlags.First | SampleFlags.Reordered;

    /// <summary>Whether these flags keep a sample out of means when nothing else is asked for: its value, or its being one more sample, is in doubt.</summary>
    /// <param name="flags">The sample's flags.</param>
    /// <returns>False for no flag, and for marks only.</returns>
    public static bool KeepsOut(SampleFlags flags) => (flags & ~Marks) != SampleFlags.None;

    /// <summary>Whether a sample with these flags takes part in means.</summary>
    /// <param name="flags">The sample's flags.</param>
    /// <returns>True when it counts.</returns>
    public bool Counts(SampleFlags flags)
    {
        if (ExcludeFirst && flags.HasFlag(SampleFlags.First))
        {
            return false;
        }

        return IncludeFlagged || !KeepsOut(flags);
    }

    /// <summary>The Flag column: names joined by comma, null where there is none.</summary>
    /// <param name="flags">The sample's flags.</param>
    /// <returns>For instance <c>First, Negative</c>, or null.</returns>
    public static string? TextOf(SampleFlags flags) => flags == SampleFlags.None ? null : flags.ToString();
}
