using VirtLatency.Analysis.Statistics;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>What may be said of few runs or samples, whatever Welch's p.</summary>
public sealed class FindingConfidenceTests
{
    /// <summary>C(6,3) = 20 ways to choose three of six runs, C(5,2) = 10 two of five packets, C(8,4) = 70 four of eight runs.</summary>
    [Theory]
    [InlineData("Runs", 3, 3, "; by ranks the least possible p is 0.1")]
    [InlineData("Runs", 3, 4, "; by ranks the least possible p is 0.057")]
    [InlineData("Runs", 4, 4, null)]
    [InlineData("WithinRun", 2, 3, "; by ranks the least possible p is 0.2")]
    [InlineData("WithinRun", 16, 16, null)]
    public void Few_values_bound_p_by_ranks(string replication, int one, int other, string? bound)
    {
        LatencyDifference row = RowOf(replication, one, other);

        string[] words = [FindingConfidence.OfDifference([row]), FindingConfidence.OfSameness(row), FindingConfidence.OfDoubt(row)];

        Assert.All(words, text => Assert.Equal(bound is not null, text.Contains("by ranks", StringComparison.Ordinal)));
        Assert.All(words, text => Assert.Contains(bound ?? string.Empty, text, StringComparison.Ordinal));
    }

    /// <summary>One packet against 16: 2/17.</summary>
    [Fact]
    public void Too_few_samples_bound_p_too() =>
        Assert.Equal("None: there are too few samples for a test; by ranks the least possible p is 0.118.", FindingConfidence.OfDoubt(RowOf("WithinRun", 1, 16) with { Verdict = "TooFewSamples" }));

    /// <summary>Of several rows the one with the fewest values counts.</summary>
    [Fact]
    public void The_row_with_the_fewest_values_bounds_all() =>
        Assert.Contains("by ranks the least possible p is 0.4", FindingConfidence.OfDifference([RowOf("WithinRun", 30, 30), RowOf("WithinRun", 1, 4)]), StringComparison.Ordinal);

    [Fact]
    public void High_needs_values_that_can_show_it()
    {
        for (int one = 1; one <= 8; one++)
        {
            for (int other = 1; other <= 8; other++)
            {
                bool isHigh = FindingConfidence.OfDifference([RowOf("Runs", one, other)]).StartsWith("High", StringComparison.Ordinal);

                Assert.True(!isHigh || BrunnerMunzel.LeastPValue(one, other) <= 0.05);
                Assert.Equal(Math.Min(one, other) >= 5, isHigh);
            }
        }
    }

    private static LatencyDifference RowOf(string replication, int one, int other) => new()
    {
        Replication = replication,
        ReferenceCount = replication == "Runs" ? 100 * one : one,
        DifferenceCount = replication == "Runs" ? 100 * other : other,
        ReferenceRunCount = replication == "Runs" ? one : 1,
        DifferenceRunCount = replication == "Runs" ? other : 1,
        PValue = 1e-6,
        AdjustedPValue = 1e-6,
        EquivalencePValue = 1e-6,
        EquivalenceMarginUs = 5,
        Verdict = "Higher",
    };
}
