using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Makes a row of a comparison without its test.</summary>
internal static class DifferenceRow
{
    /// <summary>Sets two rows off against each other.</summary>
    /// <param name="pair">The rows.</param>
    /// <param name="notes">Added to the rows' own notes.</param>
    public static LatencyDifference Of(RowPair pair, IEnumerable<string?> notes)
    {
        (SegmentLatency? reference, SegmentLatency? difference) = pair;
        SegmentLatency any = pair.Any;
        double? delta = pair.HasDelta ? difference?.MeanUs - reference?.MeanUs : null;
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
            Note = Notes(pair, delta, notes),
            Parent = any.Parent,
            RoundTripDeltaUs = roundTrip,
            Location = any.Location,
            ReferenceBasis = reference?.Basis,
            DifferenceBasis = difference?.Basis,
            Roles = [.. (reference?.Terms ?? []).Concat(difference?.Terms ?? []).Select(term => term.Role).Distinct()],
        };
    }

    private static string? Weaker(string? one, string? other) =>
        Enum.TryParse(one, out Basis first) && Enum.TryParse(other, out Basis second) ? ((Basis)Math.Max((int)first, (int)second)).ToString() : one ?? other;

    private static string? Notes(RowPair pair, double? delta, IEnumerable<string?> notes)
    {
        (SegmentLatency? reference, SegmentLatency? difference) = pair;
        IEnumerable<string?> own = reference?.Note == difference?.Note ? [reference?.Note] : [NoteOf(reference), NoteOf(difference)];
        string? bound = pair.IsBounded && delta is null ? "upper bounds have no difference" : null;
        string text = string.Join("; ", own.Append(bound).Append(pair.Refusal).Concat(notes).OfType<string>());
        return text.Length == 0 ? null : text;
    }

    private static string? NoteOf(SegmentLatency? row) => row?.Note is { } note ? $"{row.Environment}: {note}" : null;
}
