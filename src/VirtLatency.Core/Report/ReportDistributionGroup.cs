namespace VirtLatency.Report;

/// <summary>The distributions of one part, an environment beside the other.</summary>
/// <param name="Id">The part's id: RoundTrip, A, B_1 ...</param>
/// <param name="Label">What the part is, in the report's language.</param>
/// <param name="Distributions">One per environment that has samples of it.</param>
public sealed record ReportDistributionGroup(string Id, string Label, IReadOnlyList<ReportDistribution> Distributions);
