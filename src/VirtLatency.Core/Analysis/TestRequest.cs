namespace VirtLatency.Analysis;

/// <summary>What a test shall show.</summary>
/// <param name="ConfidenceLevel">0.95 for intervals that hold the true value in 95 of 100 comparisons.</param>
/// <param name="EquivalenceMarginUs">
/// Difference in us up to which two means count as the same; null for the larger of 5 % of the reference's round trip and
/// two steps of the logs' clocks.
/// </param>
public sealed record TestRequest(double ConfidenceLevel = 0.95, double? EquivalenceMarginUs = null)
{
    /// <summary>95 %, and the default margin.</summary>
    public static readonly TestRequest Default = new();

    /// <summary>The part of the reference's round trip that counts as the same.</summary>
    internal const double MarginPart = 0.05;

    /// <summary>Chance of calling something different that is not.</summary>
    internal double Alpha => 1 - ConfidenceLevel;

    /// <summary>Chance of calling the same what differs by the margin: a low confidence must not make that easy.</summary>
    internal double EquivalenceAlpha => Math.Min(Alpha, MostEquivalenceAlpha);

    private const double MostEquivalenceAlpha = 0.05;
}
