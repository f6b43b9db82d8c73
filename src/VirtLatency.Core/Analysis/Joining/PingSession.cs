namespace VirtLatency.Analysis.Joining;

/// <summary>One ping in one log: a stretch of a group's records in which no number comes again.</summary>
/// <param name="Start">Position in the group of its first record.</param>
/// <param name="End">Position behind its last.</param>
/// <param name="Low">Smallest number, counted on beyond 65535 from the first packet's.</param>
/// <param name="High">Largest number.</param>
internal sealed record PingSession(int Start, int End, long Low, long High)
{
    private const long Wrap = 1 << 16;

    /// <summary>Numbers from the smallest to the largest.</summary>
    public long Width => High - Low;

    /// <summary>The pings of a group's records.</summary>
    public static List<PingSession> Of(RecordGroup group, SequenceUnwrapper unwrapper)
    {
        var sessions = new List<PingSession>();
        var cursor = new RecordCursor(group, 0, group.Count);
        int start = 0;
        unwrapper.Begin(cursor.Sequence);
        for (cursor.Move(); !cursor.IsAtEnd; cursor.Move())
        {
            if (unwrapper.Take(in cursor.Record, in cursor.Following, out _) == SequenceStep.Again)
            {
                sessions.Add(new PingSession(start, cursor.Position, unwrapper.Low, unwrapper.High));
                start = cursor.Position;
                unwrapper.Begin(cursor.Sequence);
            }
        }

        sessions.Add(new PingSession(start, group.Count, unwrapper.Low, unwrapper.High));
        return sessions;
    }

    /// <summary>
    /// What to add to this log's numbers to have another's, a multiple of 65,536: the first packets of a log can be
    /// missing, and with them a wrap. Both ends are to lie as near as they can.
    /// </summary>
    /// <param name="other">The same ping in the other log.</param>
    /// <returns>The offset; null where two are as good.</returns>
    public long? OffsetTo(PingSession other)
    {
        long begin = NearestWrap(other.Low - Low);
        long end = NearestWrap(other.High - High);
        (long Distance, long Offset)[] candidates =
        [
            .. new[] { begin - Wrap, begin, begin + Wrap, end - Wrap, end, end + Wrap }
                .Distinct()
                .Select(DistanceTo)
                .Order(),
        ];
        return candidates[0].Distance == candidates[1].Distance ? null : candidates[0].Offset;

        (long, long) DistanceTo(long offset) => (Math.Abs(LowWith(offset) - other.Low) + Math.Abs(HighWith(offset) - other.High), offset);
    }

    private long LowWith(long offset) => Low + offset;

    private long HighWith(long offset) => High + offset;

    private static long NearestWrap(long distance) => (long)Math.Round((double)distance / Wrap) * Wrap;
}
