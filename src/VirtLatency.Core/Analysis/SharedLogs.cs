using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// Logs that two sides have in common, by content: a copy, an exported file or the log itself under another name. They
/// agree because they are one look at one run, so a comparison of them shows nothing.
/// </summary>
/// <param name="Name">What notes call the role.</param>
/// <param name="Role">The role, on the side whose logs these are.</param>
/// <param name="Shared">Those of one side that the other has too.</param>
/// <param name="LogCount">All logs of that role and side.</param>
internal sealed record SharedLogs(string Name, LogRole Role, IReadOnlyList<EnvironmentLog> Shared, int LogCount)
{
    /// <summary>Below this no test is made of a log, and two logs can agree by chance.</summary>
    private const int LeastSamples = 2;

    /// <summary>Whether there is one.</summary>
    public bool Any => Shared.Count > 0;

    /// <summary>For a note; null where there is none.</summary>
    public string? Note => !Any ? null
        : $"{(Shared.Count == LogCount ? $"{Name} is the same log on both sides" : FormattableString.Invariant($"{Shared.Count} of {LogCount} logs of {Name} are on both sides"))} ({string.Join(", ", Shared.Select(TextOf))}): that they agree shows nothing. Take a log of its own for each side";

    /// <summary>Looks at the logs of a role on two sides.</summary>
    public static SharedLogs Of(string name, RoleLogs left, RoleLogs right) =>
        new(name, left.Role, [.. left.Logs.Where(log => right.Logs.Any(other => HaveSameSamples(log, other)))], left.Logs.Count);

    /// <summary>Whether a row's sides rest on a log that both have.</summary>
    public static bool IsBehind(RowPair pair, EnvironmentFigures reference, EnvironmentFigures difference) =>
        pair is { Reference: { } left, Difference: { } right } && RolesOf(left).Intersect(RolesOf(right)).Any(role => reference.SharedWith(difference, role).Any);

    /// <summary>Roles that a row rests on.</summary>
    public static IEnumerable<LogRole> RolesOf(SegmentLatency row) => row.Terms.Select(term => term.Role).Distinct();

    private static string TextOf(EnvironmentLog log) => FormattableString.Invariant($"{EnvironmentFigures.FileOf(log) ?? "samples"}, {log.SampleCount} samples");

    /// <summary>Flags are decisions of the import, and so is how many samples are kept: neither makes another log.</summary>
    public static bool HaveSameSamples(EnvironmentLog one, EnvironmentLog other)
    {
        (SampleStore left, SampleStore right) = (one.Store, other.Store);
        if (one.ToolValue != other.ToolValue || left.SampleCount != right.SampleCount || left.SampleCount < LeastSamples || left.HasMeans != right.HasMeans)
        {
            return false;
        }

        return left.Records.Length > 0 && left.Records.Length == right.Records.Length ? HaveSameRecords(left.Records, right.Records) : HaveSameFigures(left, right);
    }

    private static bool HaveSameRecords(ReadOnlySpan<SampleRecord> left, ReadOnlySpan<SampleRecord> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (KeyOf(in left[i]) != KeyOf(in right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static (ushort Id, ushort Sequence, int, int, int, int) KeyOf(in SampleRecord record) =>
        (record.IcmpId, record.Sequence, record.Value0, record.Value1, record.Value2, record.Value3);

    /// <summary>Where samples are not there, or another choice of them: count, sum, least and largest of each column.</summary>
    private static bool HaveSameFigures(SampleStore left, SampleStore right) => left.Schema.Columns.All(column =>
        FiguresOf(left.MomentsOf(column, completeOnly: false)) == FiguresOf(right.MomentsOf(column, completeOnly: false)) && left.BoundsOf(column) == right.BoundsOf(column));

    private static (long Count, double? MeanUs, double? MinUs, double? MaxUs) FiguresOf(Moments moments) => (moments.Count, moments.MeanUs, moments.MinUs, moments.MaxUs);
}
