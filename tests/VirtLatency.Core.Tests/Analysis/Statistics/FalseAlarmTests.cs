using VirtLatency.Analysis.Statistics;
using Xunit.Abstractions;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>
/// Tables of two environments that do not differ: 12 rows, 5 runs a side, 32 lognormal packets a run and row. A run effect, one
/// factor for all rows of a run, makes runs differ as placement and temperature do. Verdicts as a table shows them: Welch on run
/// means; the 12 rows by Holm within the table, and RoundTrip, the sum of all rows packet by packet, unadjusted. Counted are
/// tables in which any of the 12 rows is Higher or Lower, and tables in which RoundTrip is. Each is a promise of its own at 5 %;
/// how often either breaks is recorded.
/// </summary>
public sealed class FalseAlarmTests(ITestOutputHelper output)
{
    private const int TableCount = 2_000;
    private const int RunCount = 5;
    private const int PacketCount = 32;

    private static readonly double[] RowsUs = [8, 40, 12, 120, 11, 35, 9, 3, 7, 10, 12, 30];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 3)]
    [InlineData(5, 1)]
    [InlineData(5, 2)]
    [InlineData(5, 3)]
    [InlineData(10, 1)]
    [InlineData(10, 2)]
    [InlineData(10, 3)]
    public void Equal_environments_seldom_differ(int runEffectPercent, int seed)
    {
        var noise = new Noise(seed);
        (int rows, int roundTrip, int either) = (0, 0, 0);
        for (int table = 0; table < TableCount; table++)
        {
            (bool anyRow, bool isPrimary) = Alarms(Side(noise, runEffectPercent / 100.0), Side(noise, runEffectPercent / 100.0));
            rows += anyRow ? 1 : 0;
            roundTrip += isPrimary ? 1 : 0;
            either += anyRow || isPrimary ? 1 : 0;
        }

        double[] percentages = [100.0 * rows / TableCount, 100.0 * roundTrip / TableCount, 100.0 * either / TableCount];
        output.WriteLine(FormattableString.Invariant($"| {runEffectPercent} % | {seed} | {percentages[0]:0.0} | {percentages[1]:0.0} | {percentages[2]:0.0} |"));
        Assert.InRange(percentages[0], 0, 6);
        Assert.InRange(percentages[1], 0, 6);
        MeasuredFigures.AssertRecorded([FormattableString.Invariant($"{runEffectPercent} %"), FormattableString.Invariant($"{seed}")], percentages);
    }

    private static (bool AnyRow, bool IsPrimary) Alarms(RunEstimate[] reference, RunEstimate[] difference)
    {
        double?[] p = [.. reference.Zip(difference, (one, other) => Welch.Of(one.Estimate!.Value, other.Estimate!.Value).PValue)];
        return (Holm.Adjust(p[..^1]).Any(adjusted => adjusted < 0.05), p[^1] < 0.05);
    }

    /// <summary>The rows of one environment, RoundTrip last.</summary>
    private static RunEstimate[] Side(Noise noise, double runEffect)
    {
        var runs = new List<MeanEstimate>[RowsUs.Length + 1];
        for (int row = 0; row < runs.Length; row++)
        {
            runs[row] = new List<MeanEstimate>(RunCount);
        }

        for (int run = 0; run < RunCount; run++)
        {
            double factor = 1 + (runEffect * noise.Next());
            double[] total = new double[PacketCount];
            for (int row = 0; row < RowsUs.Length; row++)
            {
                double[] values = Noise.Many(PacketCount, () => RowsUs[row] * factor * Math.Exp(0.5 * noise.Next()));
                for (int packet = 0; packet < PacketCount; packet++)
                {
                    total[packet] += values[packet];
                }

                runs[row].Add(MeanEstimate.Of(values)!);
            }

            runs[^1].Add(MeanEstimate.Of(total)!);
        }

        return [.. runs.Select(row => RunEstimate.Of(row)!)];
    }
}
