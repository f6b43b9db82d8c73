using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>What a check says, apart from its numbers.</summary>
/// <param name="Check">Its name, at most 36 characters.</param>
/// <param name="Whole">What the parts are set against.</param>
/// <param name="IsEquality">The parts make up the whole; else they lie within it.</param>
/// <param name="Failure">Continues "A failure means ...", without full stop.</param>
internal sealed record CheckTerms(string Check, string Whole, bool IsEquality, string Failure)
{
    public const string Packets = "Packets";
    public const string Means = "Means";

    /// <summary>Roles whose logs a failure puts in doubt.</summary>
    public IReadOnlyList<LogRole> DoubtedRoles { get; init; } = [];

    private string Relation => IsEquality ? "equal to" : "at most";

    /// <summary>A check over packets.</summary>
    public ClosureCheck RowOf(string environment, PacketTally tally, string? reason)
    {
        if (tally.Count == 0)
        {
            return NotMade(environment, Packets, reason ?? "no packet has all its numbers");
        }

        string? found = tally.FailedCount == 0
            ? null
            : FormattableString.Invariant($"{tally.FailedCount} of {tally.Count} packets fail, the furthest off is {tally.Worst.Which}. ");
        return new ClosureCheck
        {
            Environment = environment,
            Check = Check,
            Expected = Expect(tally.Worst.WholeUs),
            ActualUs = tally.Worst.PartsUs,
            ResidualUs = tally.Worst.ResidualUs,
            ToleranceUs = tally.Worst.ToleranceUs,
            Passed = tally.FailedCount == 0,
            Meaning = found + Meaning,
            Scope = Packets,
            SampleCount = tally.Count,
            FailedCount = tally.FailedCount,
            DoubtedRoles = DoubtedRoles,
        };
    }

    /// <summary>A check over means.</summary>
    public ClosureCheck RowOf(string environment, double partsUs, double wholeUs, double toleranceUs, long count)
    {
        var compared = new Comparand(partsUs, wholeUs, toleranceUs, string.Empty);
        return new ClosureCheck
        {
            Environment = environment,
            Check = Check,
            Expected = Expect(wholeUs),
            ActualUs = partsUs,
            ResidualUs = compared.ResidualUs,
            ToleranceUs = toleranceUs,
            Passed = compared.ExcessUs(IsEquality) <= 0,
            Meaning = Meaning,
            Scope = Means,
            SampleCount = count,
            DoubtedRoles = DoubtedRoles,
        };
    }

    /// <summary>A check over means that are figures: made where whole and parts have means of the same runs.</summary>
    public ClosureCheck RowOf(string environment, Figure parts, Figure whole, double toleranceUs)
    {
        Figure rest = whole - parts;
        return rest.MeanUs is null
            ? NotMade(environment, Means, string.Join("; ", rest.Reasons))
            : RowOf(environment, parts.MeanUs!.Value, whole.MeanUs!.Value, toleranceUs, rest.Count);
    }

    public ClosureCheck NotMade(string environment, string scope, string reason) => new()
    {
        Environment = environment,
        Check = Check,
        Expected = $"{Relation} {Whole}",
        Meaning = "Not checked: " + (reason.Length == 0 ? "a mean is missing" : reason) + ".",
        Scope = scope,
    };

    private string Meaning => $"A failure means {Failure}.";

    private string Expect(double us) => FormattableString.Invariant($"{Relation} {us:0.000} us ({Whole})");
}
