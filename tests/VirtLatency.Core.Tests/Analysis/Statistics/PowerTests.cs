using VirtLatency.Analysis.Statistics;
using Xunit.Abstractions;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>
/// How often a true difference is found, of 20,000 pairs of samples, against what Welch's test can find in theory (the noncentral t,
/// integrated here): the serial correlation that is looked for must cost next to nothing where there is none.
/// </summary>
public sealed class PowerTests(ITestOutputHelper output)
{
    private const int TrialCount = 20_000;
    private const double Mean = 100;

    /// <summary>True difference in standard errors: powers near 0.5 and 0.8.</summary>
    private static readonly double[] Differences = [2, 2.85];

    [Theory]
    [InlineData("normal", 0.2, 16)]
    [InlineData("normal", 0.5, 16)]
    [InlineData("normal", 0.8, 16)]
    [InlineData("normal", 0.2, 64)]
    [InlineData("normal", 0.5, 64)]
    [InlineData("normal", 0.8, 64)]
    [InlineData("lognormal", 0.2, 64)]
    [InlineData("lognormal", 0.5, 64)]
    [InlineData("lognormal", 0.8, 64)]
    public void Power_is_that_of_theory(string kind, double variation, int count)
    {
        var noise = new Noise(count + (int)(100 * variation));
        var percentages = new List<double>();
        foreach (double noncentrality in Differences)
        {
            double delta = noncentrality * variation * Mean * Math.Sqrt(2.0 / count);
            int found = 0;
            for (int trial = 0; trial < TrialCount; trial++)
            {
                Estimate reference = MeanEstimate.Of(Sample(noise, kind, variation, count, 0))!.Estimate!.Value;
                Estimate difference = MeanEstimate.Of(Sample(noise, kind, variation, count, delta))!.Estimate!.Value;
                found += Welch.Of(reference, difference).PValue < 0.05 ? 1 : 0;
            }

            percentages.AddRange([100 * NoncentralT.Power(noncentrality, (2 * count) - 2), 100.0 * found / TrialCount]);
        }

        string[] cells = [kind, FormattableString.Invariant($"{variation}"), FormattableString.Invariant($"{count}")];
        output.WriteLine($"| {string.Join(" | ", [.. cells, .. percentages.Select(value => FormattableString.Invariant($"{value:0.0}"))])} |");
        Assert.InRange(percentages[1] - percentages[0], -3, 3);
        Assert.InRange(percentages[3] - percentages[2], -3, 3);
        MeasuredFigures.AssertRecorded(cells, [.. percentages]);
    }

    /// <summary>Mean 100 plus the delta; the lognormal's spread follows from its coefficient of variation.</summary>
    private static double[] Sample(Noise noise, string kind, double variation, int count, double delta)
    {
        double squared = Math.Log(1 + (variation * variation));
        return kind == "normal"
            ? Noise.Many(count, () => Mean + delta + (variation * Mean * noise.Next()))
            : Noise.Many(count, () => delta + (Mean * Math.Exp((Math.Sqrt(squared) * noise.Next()) - (squared / 2))));
    }
}
