using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>
/// The way of a packet to scale: the segments of VMs, hosts and network as measured, and virtualization as what is left of
/// its container, so that the pieces add up to the round trip. E, L, B_1 and I_1 lie inside what is left: they are often
/// measured in other runs.
/// </summary>
internal sealed class PathChart(ReportSource source)
{
    private static readonly (string Id, ReportLane Lane)[] Order =
    [
        ("A", ReportLane.SenderVm), (PathModel.VirtSender, ReportLane.SenderHost), ("B_1", ReportLane.SenderHost), ("L", ReportLane.SenderHost),
        ("B", ReportLane.SenderHost), (PathModel.HostToHost, ReportLane.Network), ("D", ReportLane.ReceiverHost),
        (PathModel.VirtReceiver, ReportLane.ReceiverHost), ("E", ReportLane.ReceiverHost), ("I_1", ReportLane.ReceiverHost),
        ("F", ReportLane.ReceiverVm), ("G", ReportLane.ReceiverVm), ("H", ReportLane.ReceiverVm),
        ("I", ReportLane.ReceiverHost), ("K", ReportLane.SenderHost), ("M", ReportLane.SenderVm),
    ];

    public ReportChart? Of()
    {
        Dictionary<string, LatencyDifference> rows = source.Pair.Rows(BreakdownLevel.Segment).Concat(source.Pair.Rows(BreakdownLevel.Layer)).Where(row => row.Segment is not null).GroupBy(row => row.Segment!).ToDictionary(same => same.Key, same => same.First());
        ReportChartItem[] items = [.. Order.Select(part => rows.TryGetValue(part.Id, out LatencyDifference? row) ? ItemOf(row, part.Lane) : null).OfType<ReportChartItem>()];
        string title = source.Text["Chart.Path"];
        string[] series = [source.Names.Reference, source.Names.Difference];
        return items.Length == 0 ? null : new ReportChart("Path", ReportChartKind.Path, title, series, items)
        {
            AltText = ChartBuilder.AltOf(source.Text, title, series, items),
            Note = source.Text["Chart.Path.Note"],
        };
    }

    private ReportChartItem? ItemOf(LatencyDifference row, ReportLane lane)
    {
        string id = row.Segment!;
        bool isLeft = id is PathModel.VirtSender or PathModel.VirtReceiver;
        return row.ReferenceUs is null && row.DifferenceUs is null ? null : new ReportChartItem(id, isLeft ? source.NameOf(id) : $"{id} {source.NameOf(id, row.Name)}", [row.ReferenceUs, row.DifferenceUs])
        {
            Basis = Enum.TryParse(row.Basis, out Basis basis) ? basis : null,
            Lane = lane,
            Direction = isLeft ? "Both" : PathModel.Segment(id).Direction,
            Container = id switch { "B_1" or "L" => PathModel.VirtSender, "E" or "I_1" => PathModel.VirtReceiver, _ => null },
        };
    }
}
