namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// Holm's step-down adjustment (Scandinavian Journal of Statistics, 1979): of all tests of a table together, the chance of
/// one false finding stays below the level, however the tests depend on each other.
/// </summary>
internal static class Holm
{
    /// <summary>Adjusts the p-values of one table.</summary>
    /// <param name="values">P-values; null where there was no test, which does not count.</param>
    /// <returns>Adjusted values in the same order, at most 1; null stays null.</returns>
    public static double?[] Adjust(IReadOnlyList<double?> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).Where(index => values[index] is not null).OrderBy(index => values[index])];
        var adjusted = new double?[values.Count];
        double largest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * values[order[rank]]!.Value));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
