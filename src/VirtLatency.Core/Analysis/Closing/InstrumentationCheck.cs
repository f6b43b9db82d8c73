using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>
/// What the tools themselves cost: ping's own time beside them and without them. It is no identity: it passes where the two
/// are shown to be the same but for a margin, fails where they are shown to differ by more, and else is not decided.
/// </summary>
internal static class InstrumentationCheck
{
    private const string Check = "PingRtt with and without tools";

    public static ClosureCheck Of(EnvironmentFigures figures, LatencyEnvironment environment)
    {
        var terms = new CheckTerms(Check, "PingRtt without tools", IsEquality: true, "that the tools slow the packets down");
        if (InstrumentationEffect.Of(environment, TestRequest.Default) is { } row)
        {
            return RowOf(figures.Name, terms, row);
        }

        string[] missing = [.. new[] { LogRole.SenderPing, LogRole.SenderPingWithoutTools }.Where(role => figures.Logs(role).Count == 0).Select(figures.MissingNote)];
        return terms.NotMade(figures.Name, CheckTerms.Means, missing.Length == 0 ? "a ping has no answer that counts, or both are one log" : string.Join("; ", missing));
    }

    private static ClosureCheck RowOf(string environment, CheckTerms terms, LatencyDifference row)
    {
        bool isSame = row.EquivalencePValue < TestRequest.Default.EquivalenceAlpha;
        bool isTold = row.Verdict is "Higher" or "Lower";
        string interval = row is { DeltaLowUs: { } low, DeltaHighUs: { } high } ? FormattableString.Invariant($" [{low:+0.0##;-0.0##}, {high:+0.0##;-0.0##}]") : string.Empty;
        string undecided = isSame || isTold ? string.Empty : "It is neither told from 0 nor shown to lie within the margin. ";
        return new ClosureCheck
        {
            Environment = environment,
            Check = terms.Check,
            Expected = FormattableString.Invariant($"equal to {row.ReferenceUs:0.000} us ({terms.Whole})"),
            ActualUs = row.DifferenceUs,
            ResidualUs = -row.DeltaUs,
            ToleranceUs = row.EquivalenceMarginUs,
            Passed = isSame ? true : isTold ? false : null,
            Meaning = FormattableString.Invariant($"Beside the tools {row.DeltaUs:+0.0##;-0.0##;0.0} us{interval}, n {row.ReferenceCount} without and {row.DifferenceCount} with them. {undecided}A failure means {terms.Failure}."),
            Scope = CheckTerms.Means,
            SampleCount = Math.Min(row.ReferenceCount, row.DifferenceCount),
        };
    }
}
