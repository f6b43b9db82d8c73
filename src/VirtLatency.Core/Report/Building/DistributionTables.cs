using VirtLatency.Analysis;
using VirtLatency.Analysis.Joining;
using VirtLatency.Findings;

namespace VirtLatency.Report.Building;

/// <summary>
/// Distributions of RoundTrip and the segments. One part's samples are in memory at a time; what is kept of many is one
/// hundred and some quantiles.
/// </summary>
internal sealed class DistributionTables(ReportSource source)
{
    private static readonly double[] Probabilities = [.. Enumerable.Range(0, 100).Select(percent => percent / 100.0), 0.995, 0.999, 1];

    private ReportText Text => source.Text;

    public IReadOnlyList<ReportDistributionGroup> Groups()
    {
        PathPart[] parts = [PathModel.Container(PathModel.RoundTrip), .. PathModel.Segments];
        return [.. parts.Select(GroupOf).Where(group => group.Distributions.Count > 0)];
    }

    public ReportTable Spread(IReadOnlyList<ReportDistributionGroup> groups) => new()
    {
        Id = "Spread",
        Title = Text["Table.Spread"],
        Introduction = Text["Table.Spread.Introduction"],
        Columns =
        [
            new("Segment", Text["Column.Part"]),
            new("Name", Text["Column.Name"]),
            new("Environment", Text["Column.Environment"]),
            new("Samples", Text["Column.Samples"]) { Unit = ReportUnit.Count },
            Us("Min"), Us("P25"), Us("P50"), Us("P75"), Us("P95"), Us("P99"), Us("Max"),
            new("Note", Text["Column.Note"]) { IsLong = true },
        ],
        Rows = [.. groups.SelectMany(group => group.Distributions.Select((distribution, index) => RowOf(group, distribution, FormattableString.Invariant($"{group.Id} {index}"))))],
    };

    private ReportColumn Us(string quantile) => new(quantile, Text["Column." + quantile]) { Unit = ReportUnit.Microseconds };

    private static ReportRow RowOf(ReportDistributionGroup group, ReportDistribution of, string id)
    {
        ReportCell[] quantiles = [.. new[] { 0, 0.25, 0.5, 0.75, 0.95, 0.99, 1 }.Select(probability => Cells.Us(of.At(probability), of.Count))];
        return new ReportRow(id, [Cells.Text(group.Id), Cells.Text(group.Label), Cells.Text(of.Environment), Cells.Count(of.Count), .. quantiles, Cells.Text(of.Note)]);
    }

    private ReportDistributionGroup GroupOf(PathPart part) => new(
        part.Id,
        source.NameOf(part.Id, part.Name),
        [.. Sides().Select(side => Of(part, side)).OfType<ReportDistribution>()]);

    private IEnumerable<ReportSide> Sides()
    {
        (string reference, string difference) = source.Names;
        yield return new ReportSide(source.Pair.Reference, reference, 0);
        if (source.Pair.Difference != source.Pair.Reference)
        {
            yield return new ReportSide(source.Pair.Difference, difference, 1);
        }

        if (source.Input.After is { } after && after != source.Pair.Reference && after != source.Pair.Difference)
        {
            yield return new ReportSide(after, source.AfterName!, 2);
        }
    }

    private ReportDistribution? Of(PathPart part, ReportSide of)
    {
        FindingSide side = of.Side;
        if (part.Role is null)
        {
            List<double> joined = [.. side.Figures.DerivedOf(BreakdownLevel.Segment).Of(part.Id).SelectMany(run => run.ValuesUs)];
            joined.Sort();
            return joined.Count == 0 ? null : Of(of, joined, joined.Count);
        }

        (Measurement measured, _) = side.Figures.Measured(part, completeOnly: false);
        List<double> sorted = measured.HasMeans || measured.IsClamped ? [] : measured.SortedValues();
        return sorted.Count == 0 ? null : Of(of, sorted, measured.Moments.Count);
    }

    private ReportDistribution Of(ReportSide side, List<double> sorted, long count)
    {
        bool isEvery = sorted.Count == count && count <= source.Request.EverySampleCount;
        return new ReportDistribution
        {
            Environment = side.Name,
            EnvironmentIndex = side.Index,
            Count = count,
            Samples = isEvery ? sorted : [],
            Quantiles = [.. Probabilities.Select(p => new ReportQuantile(p, Quantile.Of(sorted, p)!.Value))],
            Note = isEvery ? Text.Format(count == 1 ? "Distribution.One" : "Distribution.Every", count)
                : sorted.Count == count ? Text.Format("Distribution.Quantiles", Probabilities.Length, count)
                : Text.Format("Distribution.Reservoir", Probabilities.Length, sorted.Count, count),
        };
    }

    /// <summary>An environment with the name and the place that it has in the report.</summary>
    private sealed record ReportSide(FindingSide Side, string Name, int Index);
}
