using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Sets the parts of two environments side by side.</summary>
public static class Comparison
{
    /// <summary>Compares two environments part by part.</summary>
    /// <param name="reference">What is compared against.</param>
    /// <param name="difference">What is compared.</param>
    /// <param name="level">How finely to cut.</param>
    /// <param name="attribution">At level Layer: what the virtualization layers are made from.</param>
    /// <returns>One row per part, in path order.</returns>
    public static IEnumerable<LatencyDifference> Of(
        LatencyEnvironment reference,
        LatencyEnvironment difference,
        BreakdownLevel level = BreakdownLevel.Segment,
        LayerAttribution attribution = LayerAttribution.Remainder) =>
        Of([.. Breakdown.Of(reference, level, attribution)], [.. Breakdown.Of(difference, level, attribution)]);

    /// <summary>Compares rows of a breakdown: parts that only one side has get a row with a note.</summary>
    /// <param name="reference">Rows of what is compared against.</param>
    /// <param name="difference">Rows of what is compared.</param>
    /// <param name="note">Added to every row; null for none.</param>
    /// <returns>One row per part, in the order of the reference.</returns>
    public static IEnumerable<LatencyDifference> Of(IReadOnlyList<SegmentLatency> reference, IReadOnlyList<SegmentLatency> difference, string? note = null)
    {
        ILookup<(string?, string?, string?, string?), SegmentLatency> others = difference.ToLookup(KeyOf);
        foreach (SegmentLatency row in reference)
        {
            yield return Compare(row, others[KeyOf(row)].FirstOrDefault(), note);
        }

        HashSet<(string?, string?, string?, string?)> known = [.. reference.Select(KeyOf)];
        foreach (SegmentLatency row in difference.Where(row => !known.Contains(KeyOf(row))))
        {
            yield return Compare(null, row, note);
        }
    }

    private static (string? Level, string? Parent, string? Segment, string? Name) KeyOf(SegmentLatency row) => (row.Level, row.Parent, row.Segment, row.Segment is null ? row.Name + row.Source : row.Name);

    private static LatencyDifference Compare(SegmentLatency? reference, SegmentLatency? difference, string? note)
    {
        SegmentLatency any = (reference ?? difference)!;
        bool bounded = IsBound(reference) || IsBound(difference);
        double? delta = bounded && !IsLayer(any) ? null : difference?.MeanUs - reference?.MeanUs;
        double? roundTrip = difference?.RoundTripUs - reference?.RoundTripUs;
        bool shared = reference?.SharePercent is not null && difference?.SharePercent is not null;
        return new LatencyDifference
        {
            Level = any.Level,
            Segment = any.Segment,
            Name = any.Name,
            ReferenceEnvironment = reference?.Environment,
            DifferenceEnvironment = difference?.Environment,
            ReferenceUs = reference?.MeanUs,
            DifferenceUs = difference?.MeanUs,
            DeltaUs = delta,
            Ratio = delta is null || reference?.MeanUs is null or 0 ? null : difference?.MeanUs / reference.MeanUs,
            SharePercent = shared && roundTrip is not null and not 0 ? 100 * delta / roundTrip : null,
            ReferenceCount = reference?.SampleCount ?? 0,
            DifferenceCount = difference?.SampleCount ?? 0,
            Basis = Weaker(reference?.Basis, difference?.Basis),
            Note = Notes(reference, difference, bounded && delta is null, note),
            Parent = any.Parent,
            ReferenceBasis = reference?.Basis,
            DifferenceBasis = difference?.Basis,
        };
    }

    private static bool IsBound(SegmentLatency? row) => row?.Basis == nameof(Basis.UpperBound);

    /// <summary>VirtTx with an assumed I_1 is compared as the investigations that used it did; a bare bound is not.</summary>
    private static bool IsLayer(SegmentLatency row) => row.Level == nameof(BreakdownLevel.Layer) && row.SharePercent is not null;

    private static string? Weaker(string? one, string? other) =>
        Enum.TryParse(one, out Basis first) && Enum.TryParse(other, out Basis second) ? ((Basis)Math.Max((int)first, (int)second)).ToString() : one ?? other;

    private static string? Notes(SegmentLatency? reference, SegmentLatency? difference, bool bounded, string? note)
    {
        IEnumerable<string?> own = reference?.Note == difference?.Note
            ? [reference?.Note]
            : [NoteOf(reference), NoteOf(difference)];
        string text = string.Join("; ", own.Append(bounded ? "upper bounds have no difference" : null).Append(note).OfType<string>());
        return text.Length == 0 ? null : text;
    }

    private static string? NoteOf(SegmentLatency? row) => row?.Note is { } note ? $"{row.Environment}: {note}" : null;
}
