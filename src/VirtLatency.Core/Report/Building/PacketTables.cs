using VirtLatency.Analysis;
using VirtLatency.Analysis.Joining;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>Packets that join: how many, and the slowest of them. Packets stream; only those that are listed are kept.</summary>
internal sealed class PacketTables(ReportSource source)
{
    private static readonly (string Id, Func<PacketBreakdown, double?> Value)[] Parts =
    [
        ("RoundTrip", packet => packet.RoundTripUs), ("A", packet => packet.SegmentAUs), ("B", packet => packet.SegmentBUs), ("C+J", packet => packet.HostToHostUs),
        ("D", packet => packet.SegmentDUs), ("E", packet => packet.SegmentEUs), ("F", packet => packet.SegmentFUs), ("G", packet => packet.SegmentGUs),
        ("H", packet => packet.SegmentHUs), ("I", packet => packet.SegmentIUs), ("K", packet => packet.SegmentKUs), ("L", packet => packet.SegmentLUs),
        ("M", packet => packet.SegmentMUs), ("VirtSender", packet => packet.VirtSenderUs), ("VirtReceiver", packet => packet.VirtReceiverUs),
    ];

    private ReportText Text => source.Text;

    /// <summary>How many packets each environment's logs have in common; null where none do.</summary>
    public ReportTable? Joins()
    {
        FindingSide[] joined = [.. Joined()];
        return joined.Length == 0 ? null : new ReportTable
        {
            Id = "Packets",
            Title = Text["Table.Packets"],
            Introduction = Text["Table.Packets.Introduction"],
            Columns =
            [
                new("Environment", Text["Column.Environment"]),
                new("Role", Text["Column.Role"]),
                new("File", Text["Column.File"]),
                new("Records", Text["Column.Records"]) { Unit = ReportUnit.Count },
                new("Matched", Text["Column.Matched"]) { Unit = ReportUnit.Count },
                new("Unmatched", Text["Column.Unmatched"]) { Unit = ReportUnit.Count },
                new("Note", Text["Column.Note"]) { IsLong = true },
            ],
            Rows = [.. joined.SelectMany(side => side.Figures.Join.Rates.Logs.Select((log, index) => RowOf(side, log, FormattableString.Invariant($"{side.Name} {index}"))))],
        };
    }

    /// <summary>The slowest packets of each environment; null where none join.</summary>
    public ReportTable? Slowest()
    {
        FindingSide[] joined = [.. Joined()];
        if (joined.Length == 0)
        {
            return null;
        }

        var shown = joined.Select(side => (Side: side, Packets: SlowestOf(side))).ToArray();
        return new ReportTable
        {
            Id = "SlowPackets",
            Title = Text["Table.SlowPackets"],
            Introduction = string.Join(' ', shown.Select(side => Text.Format("Table.SlowPackets.Introduction", Cells.Clean(side.Side.Name), side.Packets.Count, side.Side.Figures.Join.Rates.JoinedCount))),
            Columns =
            [
                new("Environment", Text["Column.Environment"]),
                new("Run", Text["Column.Run"]),
                new("IcmpId", Text["Column.IcmpId"]) { Unit = ReportUnit.Count },
                new("Sequence", Text["Column.Sequence"]) { Unit = ReportUnit.Count },
                .. Parts.Select(part => new ReportColumn(part.Id, part.Id) { Unit = ReportUnit.Microseconds }),
                new("Flag", Text["Column.Flag"]),
            ],
            Rows = [.. shown.SelectMany(side => side.Packets.Select((packet, index) => RowOf(packet, FormattableString.Invariant($"{side.Side.Name} {index}"))))],
        };
    }

    private IEnumerable<FindingSide> Joined() => new[] { source.Pair.Reference, source.Pair.Difference }.Distinct().Where(side => side.Figures.Join.Rates.JoinedCount > 0);

    private List<PacketBreakdown> SlowestOf(FindingSide side)
    {
        int most = source.Request.ListedPacketCount;
        var slowest = new PriorityQueue<PacketBreakdown, double>();
        foreach (PacketBreakdown packet in PacketRows.Of(side.Environment, side.Figures.Join))
        {
            if (packet.RoundTripUs is not { } roundTrip)
            {
                continue;
            }

            if (slowest.Count < most)
            {
                slowest.Enqueue(packet, roundTrip);
            }
            else
            {
                slowest.EnqueueDequeue(packet, roundTrip);
            }
        }

        return [.. slowest.UnorderedItems.Select(item => item.Element).OrderByDescending(packet => packet.RoundTripUs).ThenBy(packet => packet.Run, StringComparer.Ordinal).ThenBy(packet => packet.Sequence)];
    }

    private ReportRow RowOf(FindingSide side, LogJoin log, string id) => new(
        id,
        [
            Cells.Text(side.Name),
            Cells.Text(Text.Or("Role." + log.Role, log.Role.ToString())),
            Cells.Text(EnvironmentFigures.FileOf(log.Log)),
            Cells.Count(log.RecordCount),
            Cells.Count(log.MatchedCount),
            Cells.Count(log.UnmatchedCount),
            Cells.Text(Text.Phrase(log.LeftOut)),
        ])
    {
        Tone = log.LeftOut is not null || log.MatchedCount == 0 ? ReportTone.Doubtful : ReportTone.Plain,
    };

    private static ReportRow RowOf(PacketBreakdown packet, string id) => new(
        id,
        [
            Cells.Text(packet.Environment),
            Cells.Text(packet.Run),
            Cells.Count(packet.IcmpId),
            Cells.Count(packet.Sequence),
            .. Parts.Select(part => Cells.Us(part.Value(packet), 1)),
            Cells.Text(packet.Flag),
        ]);
}
