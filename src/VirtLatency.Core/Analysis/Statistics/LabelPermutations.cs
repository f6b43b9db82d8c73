namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// P-values by permutation: if two samples are of one distribution, every way to deal the pooled values out to the two sides
/// is as likely as the one observed. All ways are gone through while they are few, else a seeded draw of them.
/// </summary>
internal static class LabelPermutations
{
    /// <summary>Up to this many ways all are gone through: 8 values a side have 12,870.</summary>
    public const int MostExact = 20_000;

    /// <summary>Ways drawn when there are more; the p-value's own error is then at most 0.005.</summary>
    public const int DrawCount = 10_000;

    /// <summary>Statistics that rounding makes differ are equal.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Whether all ways are gone through.</summary>
    /// <param name="first">Values of one side.</param>
    /// <param name="second">Values of the other.</param>
    /// <returns>True if so.</returns>
    public static bool IsExact(int first, int second) => Distributions.LogOfCombinations(first + second, first) <= Math.Log(MostExact + 0.5);

    /// <summary>Share of the ways whose statistic is as far from 0 as the observed one, or farther.</summary>
    /// <param name="observed">For each pooled value, whether it is of the first side.</param>
    /// <param name="statistic">Statistic of such labels, 0 where the sides do not differ; may be infinite.</param>
    /// <returns>Two-sided p; of a draw, the observed way counts as one of the drawn.</returns>
    public static double PValueOf(bool[] observed, Func<bool[], double> statistic)
    {
        int first = observed.Count(label => label);
        double least = Math.Abs(statistic(observed)) * (1 - Rounding);
        bool isExact = IsExact(first, observed.Length - first);
        long all = 0;
        long far = 0;
        foreach (bool[] labels in isExact ? All(observed.Length, first) : Drawn(observed.Length, first))
        {
            all++;
            far += Math.Abs(statistic(labels)) >= least ? 1 : 0;
        }

        return isExact ? (double)far / all : (far + 1.0) / (all + 1.0);
    }

    /// <summary>All ways in lexical order; one array serves for all.</summary>
    private static IEnumerable<bool[]> All(int count, int first)
    {
        int[] positions = [.. Enumerable.Range(0, first)];
        bool[] labels = new bool[count];
        do
        {
            Array.Clear(labels);
            Array.ForEach(positions, position => labels[position] = true);
            yield return labels;
        }
        while (Advance(positions, count));
    }

    /// <summary>Moves the last position that can still move, and those behind it close up to it.</summary>
    private static bool Advance(int[] positions, int count)
    {
        int moving = positions.Length - 1;
        while (moving >= 0 && positions[moving] == count - positions.Length + moving)
        {
            moving--;
        }

        if (moving < 0)
        {
            return false;
        }

        positions[moving]++;
        for (int index = moving + 1; index < positions.Length; index++)
        {
            positions[index] = positions[index - 1] + 1;
        }

        return true;
    }

    /// <summary>Ways drawn by a shuffle that stops when one side is full; the seed is fixed, so that a table is the same each time.</summary>
    private static IEnumerable<bool[]> Drawn(int count, int first)
    {
        var random = new Random(1);
        int[] positions = [.. Enumerable.Range(0, count)];
        bool[] labels = new bool[count];
        for (int draw = 0; draw < DrawCount; draw++)
        {
            Array.Clear(labels);
            for (int index = 0; index < first; index++)
            {
                int other = random.Next(index, count);
                (positions[index], positions[other]) = (positions[other], positions[index]);
                labels[positions[index]] = true;
            }

            yield return labels;
        }
    }
}
