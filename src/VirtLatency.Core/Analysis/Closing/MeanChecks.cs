using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>
/// For means: what lies inside is not longer than what holds it. For means of the same packets this is as certain as for
/// packets; for others a failure says by how much the runs differ at least.
/// </summary>
internal static class MeanChecks
{
    /// <summary>Of a ping that stamps its answer where M begins.</summary>
    public const string PingFailure = "that ping's output and the VM's log are of different packets: ping's time holds all of RoundTrip but M, whose part after ping's stamp is in the tolerance";

    /// <summary>What is left when the layers are taken off RoundTrip: the rounding of both VM identities but one, and of both host identities.</summary>
    public const double LayersUs = (4 * PrintError.VmUs) + (8 * PrintError.HostUs);

    private const string OtherPackets = "that the logs are of different packets or runs: what lies inside is longer on average than what holds it";
    private const string OtherConditions = "that the pieces were measured under other conditions than RoundTrip (another run, ping interval or idle depth) and must not be added to it: they do not fit into the remainder that must hold them";

    public static IEnumerable<ClosureCheck> Of(RowWriter rows)
    {
        yield return Ping(rows);
        yield return Nested(rows, "SenderHostSpan", PathModel.RoundTrip, PrintError.HostUs + PrintError.VmUs);
        yield return Nested(rows, "ReceiverHost", "SenderExternal", 2 * PrintError.HostUs);
        yield return Nested(rows, "ReceiverExternal", "ReceiverHost", 2 * PrintError.HostUs);
        yield return Nested(rows, "ReceiverVm", "ReceiverExternal", PrintError.VirtReceiverUs);
        foreach (ClosureCheck row in Pieces(rows, "E", "I_1", PathModel.VirtReceiver).Concat(Pieces(rows, "L", "B_1", PathModel.VirtSender)))
        {
            yield return row;
        }

        yield return Layers(rows);
    }

    private static ClosureCheck Ping(RowWriter rows)
    {
        Figure whole = rows.Container("PingRtt");
        double tolerance = PrintError.VmUs + PrintError.PingBelowUs(whole.MeanUs ?? 0) + (rows.Segment("M").MeanUs ?? 0);
        return new CheckTerms("RoundTrip within PingRtt", "PingRtt", IsEquality: false, PingFailure) { DoubtedRoles = [LogRole.SenderVm, LogRole.SenderPing] }.RowOf(rows.Figures.Name, rows.RoundTrip, whole, tolerance);
    }

    private static ClosureCheck Nested(RowWriter rows, string inside, string outside, double toleranceUs)
    {
        var terms = new CheckTerms($"{inside} within {outside}", outside, IsEquality: false, OtherPackets)
        {
            DoubtedRoles = [PathModel.Container(inside).Role!.Value, PathModel.Container(outside).Role!.Value],
        };
        return terms.RowOf(rows.Figures.Name, rows.Container(inside), rows.Container(outside), toleranceUs);
    }

    /// <summary>Each measured piece, and both together, against the remainder of their side.</summary>
    private static IEnumerable<ClosureCheck> Pieces(RowWriter rows, string chain, string kick, string layer)
    {
        Figure whole = layer == PathModel.VirtSender ? LayerRows.VirtSender(rows) : LayerRows.VirtReceiver(rows);
        double wholeUs = layer == PathModel.VirtSender ? PrintError.VirtSenderUs : PrintError.VirtReceiverUs;
        Figure first = rows.Segment(chain);
        Figure second = rows.Segment(kick);
        double firstUs = 3 * PrintError.TunDelayUs(rows.Figures.Logs(PathModel.Segment(chain).Role!.Value));
        double secondUs = PrintError.KickAboveUs(rows.Figures.Logs(PathModel.Segment(kick).Role!.Value), second.MeanUs ?? 0);
        yield return Piece(chain, chain).RowOf(rows.Figures.Name, first, whole, wholeUs + firstUs);
        yield return Piece(kick, kick).RowOf(rows.Figures.Name, second, whole, wholeUs + secondUs);
        yield return Piece($"{chain} + {kick}", chain, kick).RowOf(rows.Figures.Name, first + second, whole, wholeUs + firstUs + secondUs);

        // Not the remainder's own logs: they fit among themselves or fail a check of theirs.
        CheckTerms Piece(string name, params IEnumerable<string> parts) => new($"{name} within {layer}", layer, IsEquality: false, OtherConditions)
        {
            DoubtedRoles = [.. parts.Select(part => PathModel.Segment(part).Role!.Value)],
        };
    }

    private static ClosureCheck Layers(RowWriter rows)
    {
        Figure layers = Figure.Sum(
            rows.Segment("A"), rows.Segment("F"), rows.Segment("G"), rows.Segment("H"), rows.Segment("M"),
            rows.Segment("B"), rows.Segment("D"), rows.Segment("I"), rows.Segment("K"),
            rows.Container("SenderExternal") - rows.Container("ReceiverHost"),
            LayerRows.VirtSender(rows),
            LayerRows.VirtReceiver(rows));
        return new CheckTerms("layers = RoundTrip", PathModel.RoundTrip, IsEquality: true, OtherPackets)
        {
            DoubtedRoles = [LogRole.SenderVm, LogRole.ReceiverVm, LogRole.SenderHost, LogRole.ReceiverHost],
        }.RowOf(rows.Figures.Name, layers, rows.RoundTrip, LayersUs);
    }
}
