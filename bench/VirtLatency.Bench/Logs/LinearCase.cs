using System.Diagnostics;
using System.Globalization;

namespace VirtLatency.Bench.Logs;

/// <summary>A log of one gigabyte and one of four, warm, in turns: reading is as fast for the longer one.</summary>
internal static class LinearCase
{
    private const int Rounds = 5;
    private const long Gigabyte = 1_000_000_000;

    /// <summary>What the speeds may differ by.</summary>
    private const double Most = 0.15;

    /// <summary>Prints both speeds; the result tells whether they agree.</summary>
    /// <returns>Whether they lie within 15 % of each other.</returns>
    public static bool Run()
    {
        using var folder = new LogFolder();
        LogCase log = LogCases.All[0];
        string small = folder.Write(log, Gigabyte);
        string large = folder.Write(log, 4 * Gigabyte);
        List<double> one = [], four = [];
        for (int round = -1; round < Rounds; round++)
        {
            double first = SpeedOf(log, small);
            double second = SpeedOf(log, large);
            if (round >= 0)
            {
                one.Add(first);
                four.Add(second);
            }
        }

        double ratio = Median(four) / Median(one);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"linear: {log.Name}; 1 GB {Median(one):0} MB/s ({one.Min():0}-{one.Max():0}), 4 GB {Median(four):0} MB/s ({four.Min():0}-{four.Max():0}), ratio {ratio:0.00}"));
        return Math.Abs(ratio - 1) <= Most;
    }

    private static double SpeedOf(LogCase log, string path)
    {
        long begin = Stopwatch.GetTimestamp();
        OwnReader.Read(log.Role, path);
        return new FileInfo(path).Length / 1e6 / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
