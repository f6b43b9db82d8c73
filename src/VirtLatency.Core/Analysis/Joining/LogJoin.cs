using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>How many records of one log found their packet in others.</summary>
internal sealed class LogJoin
{
    public LogJoin(EnvironmentLog log, LogRole role)
    {
        Log = log;
        Role = role;
    }

    public EnvironmentLog Log { get; }

    public LogRole Role { get; }

    /// <summary>Why the log takes no part; null where it does.</summary>
    public string? LeftOut { get; set; }

    /// <summary>Records that tell a packet, lost packets not counted.</summary>
    public long RecordCount { get; set; }

    /// <summary>Records whose packet at least one other log has.</summary>
    public long MatchedCount { get; set; }

    /// <summary>Records whose packet no other log has.</summary>
    public long UnmatchedCount { get; set; }

    /// <summary>Records that could belong to more than one packet, or whose number is damaged.</summary>
    public long AmbiguousCount { get; set; }

    /// <summary>Further records of a packet that the log has already.</summary>
    public long RepeatedCount { get; set; }

    /// <summary>Records without id and sequence.</summary>
    public long UnkeyedCount { get; set; }

    /// <summary>One line.</summary>
    public override string ToString()
    {
        string name = FormattableString.Invariant($"{Role} ({EnvironmentFigures.FileOf(Log) ?? "samples"})");
        if (LeftOut is not null)
        {
            return $"{name}: not joined: {LeftOut}";
        }

        string further = string.Concat(
            Part(AmbiguousCount, "ambiguous"),
            Part(RepeatedCount, "repeated"),
            Part(UnkeyedCount, "without id and sequence"));
        return FormattableString.Invariant($"{name}: {MatchedCount} of {RecordCount} matched, {UnmatchedCount} unmatched{further}");
    }

    private static string Part(long count, string what) => count == 0 ? string.Empty : FormattableString.Invariant($", {count} {what}");
}
