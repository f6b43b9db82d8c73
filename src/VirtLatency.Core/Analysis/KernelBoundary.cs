using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// Kernels before and from 4.20 on cut a kick's way at different places: vhost-net's batching moved the copy from S2 to
/// S1. Across that boundary S1 and S2 are not set off one by one; their sum is.
/// </summary>
internal sealed class KernelBoundary(EnvironmentFigures reference, EnvironmentFigures difference)
{
    /// <summary>Why S1 and S2 are not set off one by one.</summary>
    public const string Reason = "the kernels lie on both sides of 4.20, where vhost-net moved the copy from S2 to S1: compare S1+S2";

    /// <summary>The pair; of a stage that is not comparable, refused, and after S2 the pair of the sums.</summary>
    public IEnumerable<RowPair> Adapt(RowPair pair)
    {
        if (RoleOf(pair.Any) is not { } role || pair.Any.Name is not ("S1" or "S2") || !Provenance.CrossesBatching(new RoleLogs(reference, role), new RoleLogs(difference, role)))
        {
            return [pair];
        }

        RowPair refused = pair with { Refusal = Reason };
        return pair.Any.Name == "S1" ? [refused] : [refused, new RowPair(SumOf(reference, role), SumOf(difference, role))];
    }

    /// <summary>The kvm log that a stage is from; null for other rows.</summary>
    public static LogRole? RoleOf(SegmentLatency row) => row.Level != nameof(BreakdownLevel.Stage) ? null : row.Segment switch
    {
        "B_1" => LogRole.SenderKvmTun,
        "I_1" => LogRole.ReceiverKvmTun,
        _ => null,
    };

    /// <summary>S1 and S2 of a kvm log as one row.</summary>
    public static SegmentLatency SumOf(EnvironmentFigures figures, LogRole role)
    {
        var rows = new RowWriter(figures, BreakdownLevel.Stage);
        PathPart part = PathModel.StagesFromKick(role);
        Figure sum = figures.FigureOf(part, rows.CompleteOnly) + figures.FigureOf(part with { Column = SampleColumn.S2 }, rows.CompleteOnly);
        return rows.FromFigure(part, part.Parent, Basis.Derived, sum, share: false);
    }
}
