using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// What flags did to the means of logs: which samples they keep out, and how many came late and are in. A mean without
/// slow samples must say so, and "the same" cannot be claimed of it.
/// </summary>
/// <param name="SampleCount">Samples of the logs; of a reservoir those that it kept, as everywhere here.</param>
/// <param name="LeftOutCount">How many are out of the means; further answers to one packet are none of them.</param>
/// <param name="LeftOut">How many of these have each flag; one can have several.</param>
/// <param name="LateCount">How many came late (Reordered) and are in the means.</param>
internal sealed record FlaggedSamples(long SampleCount, long LeftOutCount, IReadOnlyDictionary<SampleFlags, long> LeftOut, long LateCount)
{
    private static readonly SampleFlags[] Flags = [.. Enum.GetValues<SampleFlags>().Where(flag => flag != SampleFlags.None)];

    /// <summary>The flags of those left out, for instance <c>2 StaleFlow, 1 Negative</c>.</summary>
    public string LeftOutFlags => string.Join(", ", LeftOut.OrderByDescending(flag => flag.Value).ThenBy(flag => flag.Key).Select(flag => FormattableString.Invariant($"{flag.Value} {flag.Key}")));

    /// <summary>Counts those of logs.</summary>
    public static FlaggedSamples Of(IEnumerable<EnvironmentLog> logs)
    {
        (long all, long leftOut, long late) = (0, 0, 0);
        var counts = new Dictionary<SampleFlags, long>();
        foreach (EnvironmentLog log in logs)
        {
            foreach (ref readonly SampleRecord record in log.Store.Records)
            {
                all++;
                SampleFlags reason = ReasonOf(in record);
                leftOut += reason == SampleFlags.None ? 0 : 1;
                late += !SampleStore.IsKeptOut(in record) && record.Flags.HasFlag(SampleFlags.Reordered) ? 1 : 0;
                Count(counts, reason);
            }
        }

        return new FlaggedSamples(all, leftOut, counts, late);
    }

    /// <summary>For a note, for instance <c>20 of 200 samples of SenderVm are left out (20 StaleFlow)</c>.</summary>
    public string LeftOutText(LogRole role) => FormattableString.Invariant($"{LeftOutCount} of {SampleCount} samples of {role} are left out ({LeftOutFlags}); -IncludeFlagged takes them in");

    /// <summary>For a note; null where none came late.</summary>
    public string? LateText(LogRole role) => LateCount == 0 ? null : FormattableString.Invariant($"{LateCount} of {SampleCount} samples of {role} came late (Reordered) and {(LateCount == 1 ? "is" : "are")} in the means");

    /// <summary>Why a sample is out of the means; nothing for one that is in them, is a further answer only, or the first and not wanted.</summary>
    private static SampleFlags ReasonOf(in SampleRecord record)
    {
        if (!SampleStore.IsKeptOut(in record))
        {
            return SampleFlags.None;
        }

        SampleFlags own = SampleStore.NamedFlags(in record);
        if (SampleSelection.KeepsOut(own))
        {
            return own & ~(SampleFlags.First | SampleFlags.Duplicate | SampleFlags.Reordered);
        }

        // Out for being late alone: an environment that was exported when that was enough.
        return own.HasFlag(SampleFlags.First) ? SampleFlags.None : own;
    }

    private static void Count(Dictionary<SampleFlags, long> counts, SampleFlags reason)
    {
        if (reason == SampleFlags.None)
        {
            return;
        }

        foreach (SampleFlags flag in Flags)
        {
            if (reason.HasFlag(flag))
            {
                counts[flag] = counts.GetValueOrDefault(flag) + 1;
            }
        }
    }
}
