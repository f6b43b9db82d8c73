using System.Globalization;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>The tables of docs/statistics.md: what operators read there must be what the simulations give.</summary>
internal static class MeasuredFigures
{
    /// <summary>One trial in 2,000 may fall otherwise where the machine's logarithm rounds otherwise; and figures are rounded to 0.1.</summary>
    private const double Tolerance = 0.2;

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Root, "docs", "statistics.md"));

    /// <summary>Holds measured percentages against the row of the page that begins with these cells.</summary>
    /// <param name="cells">First cells of the row.</param>
    /// <param name="percentages">What was measured, in percent.</param>
    public static void AssertRecorded(string[] cells, params double[] percentages)
    {
        string row = "| " + string.Join(" | ", [.. cells, .. percentages.Select(value => value.ToString("0.0", CultureInfo.InvariantCulture))]) + " |";
        string start = "| " + string.Join(" | ", cells) + " |";
        string line = Assert.Single(Lines, line => line.StartsWith(start, StringComparison.Ordinal));
        double[] recorded = [.. line[start.Length..].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.Equal(percentages.Length, recorded.Length);
        Assert.True(percentages.Zip(recorded).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance), $"docs/statistics.md has {line}, measured is {row}");
    }
}
