using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Levels whose rows are columns of logs: Segment, Container and Stage.</summary>
internal static class SegmentRows
{
    public static IEnumerable<SegmentLatency> Segments(RowWriter rows)
    {
        foreach (PathPart part in PathModel.Segments)
        {
            if (part.Id == PathModel.HostToHost)
            {
                Figure between = rows.Container("SenderExternal") - rows.Container("ReceiverHost");
                yield return rows.FromFigure(part, part.Parent, Basis.Derived, between, share: true);
            }
            else if (IsUnmeasuredKick(part, rows))
            {
                yield return KickBound(part, rows, part.Parent);
            }
            else
            {
                yield return rows.FromSamples(part, part.Parent, share: true, OtherRun(part, rows));
            }
        }
    }

    public static IEnumerable<SegmentLatency> Containers(RowWriter rows)
    {
        foreach (PathPart part in PathModel.Containers)
        {
            yield return rows.FromSamples(part, part.Parent, share: true, OtherRun(part, rows));
        }
    }

    public static IEnumerable<SegmentLatency> Stages(RowWriter rows)
    {
        foreach (PathPart part in PathModel.Stages)
        {
            yield return rows.FromSamples(part, part.Parent, share: false);
        }

        foreach (EnvironmentLog log in rows.Figures.WithoutRole(LogTool.KvmVhostTunLatency))
        {
            foreach (PathPart part in PathModel.StagesWithoutRole())
            {
                var measured = new Measurement([log], part.Column, rows.CompleteOnly);
                yield return rows.FromMeasurement(part, null, measured, EnvironmentFigures.FileOf(log), log.Run, share: false, "the log's role is not known: " + log.Reason);
            }
        }
    }

    public static bool IsUnmeasuredKick(PathPart part, RowWriter rows) =>
        part.Role == LogRole.ReceiverKvmTun && rows.Figures.Logs(LogRole.ReceiverKvmTun).Count == 0;

    /// <summary>
    /// I_1 when it was not measured: at most what the receiver's virtualization leaves besides E, and at most B_1, whose
    /// worker slept a whole ping interval before the kick where I_1's ran a moment ago. A bound, no estimate.
    /// </summary>
    public static SegmentLatency KickBound(PathPart part, RowWriter rows, string? parent)
    {
        // The remainder is a layer's: it takes complete rows, whatever level shows the bound.
        var layers = new RowWriter(rows.Figures, BreakdownLevel.Layer);
        Figure remainder = LayerRows.VirtReceiver(layers) - layers.Segment("E");
        Figure kick = layers.Segment("B_1");
        Figure[] usable = new[] { kick, remainder }.Where(figure => figure.MeanUs is >= 0).ToArray();
        string missing = "not measured: no " + LogRoleName.Describe(LogRole.ReceiverKvmTun);
        if (usable.Length == 0)
        {
            return rows.Empty(part, parent, missing + "; no bound either", basis: Basis.UpperBound);
        }

        Figure least = usable.MinBy(figure => figure.MeanUs)!;
        string limits = string.Join(" and ", new[] { TextOf("mean B_1", kick), TextOf("VirtReceiver - E", remainder) }.OfType<string>());
        string bound = $"{missing}; at most {(usable.Length > 1 ? "the smaller of " : string.Empty)}{limits}; enters no sum";
        return rows.FromFigure(part, parent, Basis.UpperBound, least, share: false, bound);
    }

    /// <summary>E, L, B_1 and I_1 are often taken in runs of their own: say so where their packets are not RoundTrip's.</summary>
    public static string? OtherRun(PathPart part, RowWriter rows)
    {
        if (part.Role is not { } role || role == LogRole.SenderVm || rows.Figures.Logs(LogRole.SenderVm).Count == 0)
        {
            return null;
        }

        return LogRoleName.ToolOf(role) switch
        {
            LogTool.KvmVhostTunLatency or LogTool.Ping when !rows.Figures.HasIcmpIds(role) => "the tool prints no ICMP id: not shown to be RoundTrip's packets",
            LogTool.TunTxToKvmIrq when rows.Figures.AreStrangers(LogRole.SenderVm, role) => "another run: its ICMP ids are not RoundTrip's",
            _ => rows.Figures.NoteOnPackets([LogRole.SenderVm, role]),
        };
    }

    private static string? TextOf(string name, Figure figure) => figure.MeanUs is { } mean
        ? FormattableString.Invariant($"{name} ({mean:0.000} us)")
        : null;
}
