namespace VirtLatency.Analysis.Joining;

/// <summary>
/// Sets the pings that used one id after the other in one log against those in the others: the first against the first
/// and so on, where as many were seen. A log that saw more or fewer than most is left out of this id: which it missed
/// cannot be told.
/// </summary>
internal static class SessionAlignment
{
    /// <summary>The pings of a group, each with its session in every log and the offset of that log's numbers.</summary>
    public static IEnumerable<(PingSession Session, long Offset)?[]> Of(PacketGroup group, SequenceUnwrapper unwrapper, JoinCount count)
    {
        List<PingSession>?[] bySlot = [.. Enumerable.Range(0, JoinRole.All.Count).Select(slot => group[slot] is { } records ? PingSession.Of(records, unwrapper) : null)];
        int most = CountOfMost(bySlot);
        for (int slot = 0; slot < bySlot.Length; slot++)
        {
            if (bySlot[slot] is { } sessions && sessions.Count != most)
            {
                count.AddAmbiguous(group[slot]!.Log, group[slot]!.Count);
                bySlot[slot] = null;
            }
        }

        for (int i = 0; i < most; i++)
        {
            yield return Align(group, [.. bySlot.Select(sessions => sessions is null ? (PingSession?)null : sessions[i])], count);
        }
    }

    /// <summary>Of counts that as many logs have, the first log's: the sender VM's where there is one.</summary>
    private static int CountOfMost(List<PingSession>?[] bySlot) => bySlot
        .OfType<List<PingSession>>()
        .GroupBy(sessions => sessions.Count)
        .MaxBy(group => group.Count())!.Key;

    private static (PingSession Session, long Offset)?[] Align(PacketGroup group, PingSession?[] sessions, JoinCount count)
    {
        PingSession widest = sessions.OfType<PingSession>().MaxBy(session => session.Width)!;
        var parts = new (PingSession Session, long Offset)?[sessions.Length];
        for (int slot = 0; slot < parts.Length; slot++)
        {
            if (sessions[slot] is not { } session)
            {
                continue;
            }

            if (session == widest || session.OffsetTo(widest) is not null)
            {
                parts[slot] = (session, session == widest ? 0 : session.OffsetTo(widest)!.Value);
            }
            else
            {
                count.AddAmbiguous(group[slot]!.Log, session.End - session.Start);
            }
        }

        return parts;
    }
}
