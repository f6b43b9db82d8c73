using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>
/// Before and after a change have a kvm log each, but of opposite directions. The request's kick (B_1) wakes a worker that
/// slept a whole ping interval, the reply's (I_1) one that ran a moment ago: their difference is one of idle times as well.
/// </summary>
/// <param name="BeforeSegment">B_1 or I_1, as measured before.</param>
/// <param name="AfterSegment">The other one, as measured after.</param>
/// <param name="BeforeFile">The file before; null for samples piped by hand.</param>
/// <param name="AfterFile">The file after; null for samples piped by hand.</param>
public sealed record MixedDirection(string BeforeSegment, string AfterSegment, string? BeforeFile, string? AfterFile)
{
    private static readonly LogRole[] Roles = [LogRole.SenderKvmTun, LogRole.ReceiverKvmTun];

    internal LogRole BeforeRole => RoleOf(BeforeSegment);

    internal LogRole AfterRole => RoleOf(AfterSegment);

    internal string Note => $"{BeforeSegment} before against {AfterSegment} after: a worker that {SleepOf(BeforeSegment)} against one that {SleepOf(AfterSegment)}, so two idle times and not only the change";

    /// <summary>Looks at the kvm logs of two environments.</summary>
    /// <param name="before">Before the change.</param>
    /// <param name="after">After it.</param>
    /// <returns>The mix; null where a direction is on both sides, or a side has none.</returns>
    public static MixedDirection? Of(LatencyEnvironment before, LatencyEnvironment after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return FirstOf(before) is { } left && FirstOf(after) is { } right && !before.Logs.Any(log => IsKick(log) && HasRole(after, log.RoleValue!.Value))
            ? new MixedDirection(SegmentOf(left), SegmentOf(right), left.File, right.File)
            : null;
    }

    /// <summary>The pair with the other direction's row in it, at levels that have one.</summary>
    internal RowPair Adapt(RowPair pair, IReadOnlyList<RowPair> all, EnvironmentFigures before, EnvironmentFigures after)
    {
        if (pair.Any.Segment != BeforeSegment || pair.Any.Level is not (nameof(BreakdownLevel.Segment) or nameof(BreakdownLevel.Stage)))
        {
            return pair;
        }

        bool isStage = pair.Any.Level == nameof(BreakdownLevel.Stage);
        RowPair? other = all.FirstOrDefault(row => row.Any.Segment == AfterSegment && (!isStage || row.Any.Name == pair.Any.Name));
        bool isCut = pair.Any.Name is "S1" or "S2" && Provenance.CrossesBatching(new RoleLogs(before, BeforeRole), new RoleLogs(after, AfterRole));
        return new RowPair(pair.Reference, other?.Difference)
        {
            Refusal = isCut ? KernelBoundary.Reason : null,
            IsSameLog = SharedLogs.Of(BeforeSegment, new RoleLogs(before, BeforeRole), new RoleLogs(after, AfterRole)).Any,
        };
    }

    private static EnvironmentLog? FirstOf(LatencyEnvironment environment) => environment.Logs.FirstOrDefault(IsKick);

    private static bool IsKick(EnvironmentLog log) => log.RoleValue is { } role && Roles.Contains(role);

    private static bool HasRole(LatencyEnvironment environment, LogRole role) => environment.Logs.Any(log => log.RoleValue == role);

    private static string SegmentOf(EnvironmentLog log) => log.RoleValue == LogRole.SenderKvmTun ? "B_1" : "I_1";

    private static LogRole RoleOf(string segment) => segment == "B_1" ? LogRole.SenderKvmTun : LogRole.ReceiverKvmTun;

    private static string SleepOf(string segment) => segment == "B_1" ? "slept a ping interval" : "ran a moment ago";
}
