using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// Samples that their flags keep out of a log's means. A packet that came late may be just what is looked for, so that a
/// mean without it must say so, and "the same" cannot be claimed of it.
/// </summary>
/// <param name="Count">How many; further answers to one packet are none of them.</param>
/// <param name="SampleCount">Samples of the log.</param>
/// <param name="Flags">Their flags.</param>
internal readonly record struct LeftOutSamples(long Count, long SampleCount, SampleFlags Flags)
{
    /// <summary>Counts those of logs; of a reservoir those that it kept.</summary>
    public static LeftOutSamples Of(IEnumerable<EnvironmentLog> logs)
    {
        (long count, long all, SampleFlags flags) = (0, 0, SampleFlags.None);
        foreach (EnvironmentLog log in logs)
        {
            foreach (ref readonly SampleRecord record in log.Store.Records)
            {
                all++;
                SampleFlags own = record.Flags & Named & ~(SampleFlags.First | SampleFlags.Duplicate);
                if (SampleStore.IsKeptOut(in record) && own != SampleFlags.None)
                {
                    count++;
                    flags |= own;
                }
            }
        }

        return new LeftOutSamples(count, all, flags);
    }

    private static SampleFlags Named { get; } = Enum.GetValues<SampleFlags>().Aggregate(SampleFlags.None, (all, flag) => all | flag);

    /// <summary>For a note, for instance <c>20 of 200 samples of SenderVm are left out (Reordered)</c>.</summary>
    public string TextOf(LogRole role) => FormattableString.Invariant($"{Count} of {SampleCount} samples of {role} are left out ({Flags}); -IncludeFlagged takes them in");
}
