using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Makes the rows of one level of one environment.</summary>
internal sealed class RowWriter
{
    private readonly EnvironmentFigures _figures;
    private readonly BreakdownLevel _level;
    private readonly double? _roundTripUs;

    public RowWriter(EnvironmentFigures figures, BreakdownLevel level)
    {
        _figures = figures;
        _level = level;
        CompleteOnly = level is BreakdownLevel.Span or BreakdownLevel.Layer;
        RoundTrip = figures.FigureOf(PathModel.Container(PathModel.RoundTrip), CompleteOnly);
        _roundTripUs = RoundTrip.MeanUs;
    }

    /// <summary>Means along one log use complete rows for spans and layers, every row they have elsewhere.</summary>
    public bool CompleteOnly { get; }

    public Figure RoundTrip { get; }

    public EnvironmentFigures Figures => _figures;

    public Figure Segment(string id) => _figures.FigureOf(PathModel.Segment(id), CompleteOnly);

    public Figure Container(string id) => _figures.FigureOf(PathModel.Container(id), CompleteOnly);

    /// <summary>A row from samples: everything that samples give.</summary>
    public SegmentLatency FromSamples(PathPart part, string? parent, bool share, params IEnumerable<string?> notes)
    {
        LogRole role = part.Role!.Value;
        if (_figures.Logs(role).Count == 0)
        {
            return Empty(part, parent, _figures.MissingNote(role));
        }

        (Measurement measured, string? note) = _figures.Measured(part, CompleteOnly);
        if (measured.Moments.Count == 0)
        {
            return Empty(part, parent, Notes([$"no usable sample in the {LogRoleName.Describe(role)}", measured.Note, _figures.LossNote(role)])!, measured.ExcludedCount);
        }

        return FromMeasurement(part, parent, measured, _figures.SourceOf([role]), _figures.RunOf([role]), share, [note, _figures.LossNote(role), .. LateNotes([role]), .. notes, .. _figures.CaveatsOf([role])]);
    }

    public SegmentLatency FromMeasurement(PathPart part, string? parent, Measurement measured, string? source, string? run, bool share, params IEnumerable<string?> notes)
    {
        List<double> sorted = measured.HasMeans ? [] : measured.SortedValues();
        double? mean = measured.Moments.MeanUs;
        string? estimate = measured.IsAggregate ? FormattableString.Invariant($"quantiles from a histogram of {LatencyHistogram.SignificantDigits} digits: no sample was kept (-NoSample), so none can be joined or tested")
            : measured.IsReservoir
            ? FormattableString.Invariant($"quantiles from a sample of {sorted.Count} of {measured.Moments.Count}")
            : null;
        return new SegmentLatency
        {
            Environment = _figures.Name,
            Level = _level.ToString(),
            Segment = part.Id.Length == 0 ? null : part.Id,
            Parent = parent,
            Name = part.Name,
            Direction = part.Direction.Length == 0 ? null : part.Direction,
            Location = part.Location,
            Basis = nameof(Basis.Measured),
            SampleCount = measured.Moments.Count,
            ExcludedCount = measured.ExcludedCount,
            MeanUs = mean,
            StdDevUs = measured.Moments.StdDevUs,
            MinUs = measured.Moments.MinUs,
            P50Us = QuantileOf(measured, sorted, 0.50, 1),
            P95Us = QuantileOf(measured, sorted, 0.95, Quantile.LeastForP95),
            P99Us = QuantileOf(measured, sorted, 0.99, Quantile.LeastForP99),
            MaxUs = measured.Moments.MaxUs,
            SharePercent = share ? ShareOf(mean) : null,
            Run = run,
            Source = source,
            Note = Notes([.. notes, measured.Note, estimate, measured.IsClamped ? "no quantiles: the log has latencies beyond what a sample's record can hold" : null]),
            RoundTripUs = _roundTripUs,
            Terms = measured.Role is { } role ? [new PathTerm(1, role, measured.Column)] : [],
        };
    }

    private static double? QuantileOf(Measurement measured, List<double> sorted, double p, int least) =>
        measured.IsAggregate ? measured.HistogramQuantile(p, least) : measured.IsClamped ? null : Quantile.Of(sorted, p, least);

    /// <summary>A row computed from means; its spread and quantiles are those of single packets, where the logs have the same.</summary>
    public SegmentLatency FromFigure(PathPart part, string? parent, Basis basis, Figure figure, bool share, params IEnumerable<string?> notes)
    {
        PacketSpread spread = SpreadOf(part, figure);
        return new SegmentLatency
        {
            Environment = _figures.Name,
            Level = _level.ToString(),
            Segment = part.Id,
            Parent = parent,
            Name = part.Name,
            Direction = part.Direction,
            Location = part.Location,
            Basis = basis.ToString(),
            SampleCount = figure.Count,
            ExcludedCount = figure.ExcludedCount,
            MeanUs = figure.MeanUs,
            StdDevUs = spread.StdDevUs,
            MinUs = spread.MinUs,
            P50Us = spread.Quantile(0.50),
            P95Us = spread.Quantile(0.95, Quantile.LeastForP95),
            P99Us = spread.Quantile(0.99, Quantile.LeastForP99),
            MaxUs = spread.MaxUs,
            SharePercent = share ? ShareOf(figure.MeanUs) : null,
            Run = _figures.RunOf(figure.Roles),
            Source = _figures.SourceOf(figure.Roles),
            Note = Notes([.. figure.Reasons, figure.MeanUs is < 0 && share ? "below zero: the logs cannot be of the same packets" : null, figure.MeanUs is null || basis == Basis.UpperBound ? null : NoteOnSets(figure), spread.NoteFor(figure.Count), .. notes, .. figure.MeanUs is null ? [] : LateNotes(figure.Roles).Concat(_figures.CaveatsOf(figure.Roles))]),
            RoundTripUs = _roundTripUs,
            Terms = figure.Terms,
        };
    }

    public SegmentLatency Empty(PathPart part, string? parent, string note, long excluded = 0, Basis basis = Basis.Measured) =>
        FromFigure(part, parent, basis, Figure.None(note, excluded), share: false);

    private PacketSpread SpreadOf(PathPart part, Figure figure) => figure.MeanUs is not null && DerivedSamples.IsDerived(part.Id)
        ? PacketSpread.Of(_figures.DerivedOf(_level).Of(part.Id))
        : PacketSpread.None;

    /// <summary>Means of the same packets add up; of others they do not, and can even fall below zero.</summary>
    private string? NoteOnSets(Figure figure)
    {
        string? packets = _figures.NoteOnPackets([.. figure.Roles]);
        string? counts = packets is null && figure.Count != figure.LargestCount
            ? FormattableString.Invariant($"means of unequal sets: {figure.Count} to {figure.LargestCount} samples")
            : null;
        return Notes([packets, counts]);
    }

    private static string? Notes(IEnumerable<string?> notes)
    {
        string text = string.Join("; ", notes.Where(note => !string.IsNullOrEmpty(note)).Distinct());
        return text.Length == 0 ? null : text;
    }

    /// <summary>What came late is in the means, and can be what makes them: it is said.</summary>
    private IEnumerable<string?> LateNotes(IEnumerable<LogRole> roles) => roles.Select(role => _figures.Flagged(role).LateText(role));

    private double? ShareOf(double? mean) => _roundTripUs is > 0 ? 100 * mean / _roundTripUs : null;
}
