using VirtLatency.Analysis;
using VirtLatency.Model;
using Xunit.Abstractions;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>
/// Whole comparisons of two environments that do not differ, from samples to verdicts, as an operator gets them: logs of all
/// four machines, 5 runs a side of 8 to 64 packets each, run effects of 5 % that all logs of a run share. Counted are tables
/// of segments in which any row is Higher or Lower, and tables of containers in which RoundTrip is.
/// </summary>
public sealed class FalseAlarmTableTests(ITestOutputHelper output)
{
    private const int TableCount = 250;
    private const double RunEffect = 0.05;

    private static readonly int[] PacketCounts = [8, 16, 24, 48, 64];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tables_of_equal_environments_seldom_differ(int seed)
    {
        var noise = new Noise(seed);
        (int rows, int roundTrip, int tested) = (0, 0, 0);
        for (int table = 0; table < TableCount; table++)
        {
            (LatencyEnvironment one, LatencyEnvironment other) = (Side("one", noise), Side("other", noise));
            LatencyDifference[] segments = [.. Comparison.Of(one, other, BreakdownLevel.Segment)];
            LatencyDifference whole = Comparison.Of(one, other, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip");
            tested += segments.Count(row => row.AdjustedPValue is not null);
            rows += segments.Any(IsAlarm) ? 1 : 0;
            roundTrip += IsAlarm(whole) ? 1 : 0;
        }

        double[] percentages = [100.0 * rows / TableCount, 100.0 * roundTrip / TableCount];
        output.WriteLine(FormattableString.Invariant($"| {seed} | {(double)tested / TableCount:0.0} rows | {percentages[0]:0.0} | {percentages[1]:0.0} |"));
        Assert.True(tested >= 8 * TableCount, $"{tested} rows of {TableCount} tables were tested");
        Assert.InRange(percentages[0], 0, 6);
        Assert.InRange(percentages[1], 0, 6);
        MeasuredFigures.AssertRecorded(["whole tables", FormattableString.Invariant($"{seed}")], percentages);
    }

    private static bool IsAlarm(LatencyDifference row) => row.Verdict is "Higher" or "Lower";

    private static LatencyEnvironment Side(string name, Noise noise)
    {
        var made = new MadeEnvironment(name);
        for (int run = 0; run < PacketCounts.Length; run++)
        {
            double factor = 1 + (RunEffect * noise.Next());
            // Neither the sizes of runs nor their order are alike on the two sides.
            int packets = PacketCounts[noise.Chance(0.5) ? run : ^(run + 1)];
            string text = FormattableString.Invariant($"run{run + 1}");
            made.With(LogRole.SenderVm, Logs(() => Total(Us(10), Us(420), Us(20))), text);
            made.With(LogRole.ReceiverVm, Logs(() => Total(Us(12), Us(30), Us(16))), text);
            made.With(LogRole.SenderHost, Logs(() => Total(Us(8), Us(300), Us(9))), text);
            made.With(LogRole.ReceiverHost, Logs(() => Total(Us(7), Us(180), Us(11))), text);
            made.With(LogRole.SenderTunIrq, Logs(() => [Us(30), Us(2), Us(4), Us(12)]), text);
            made.With(LogRole.ReceiverTunIrq, Logs(() => [Us(35), Us(2), Us(4), Us(14)]), text);

            double Us(double mean) => mean * factor * Math.Exp(0.5 * noise.Next());
            double[][] Logs(Func<double[]> row) => [.. Enumerable.Range(0, packets).Select(_ => row())];
        }

        return made.Build();
    }

    private static double[] Total(double one, double between, double two) => [one, between, two, one + between + two];
}
