namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// Where each value of one side stands among the values of the other (its placement: how many are smaller, equal ones
/// counted half), and the spread of these placements. They are what the rank test of Brunner and Munzel is made of.
/// </summary>
internal sealed class Placements
{
    private readonly int[] _groupEnds;

    private Placements(int[] groupEnds, bool[] labels)
    {
        _groupEnds = groupEnds;
        Labels = labels;
    }

    /// <summary>For each pooled value in ascending order, whether it is of the reference.</summary>
    public bool[] Labels { get; }

    /// <summary>Pools two samples.</summary>
    /// <param name="reference">Values of one side.</param>
    /// <param name="difference">Values of the other.</param>
    /// <returns>The pooled order.</returns>
    public static Placements Of(IReadOnlyList<double> reference, IReadOnlyList<double> difference)
    {
        double[] values = [.. reference, .. difference];
        bool[] labels = [.. reference.Select(_ => true), .. difference.Select(_ => false)];
        Array.Sort(values, labels);
        int[] ends = [.. Enumerable.Range(1, values.Length).Where(end => end == values.Length || values[end] > values[end - 1])];
        return new Placements(ends, labels);
    }

    /// <summary>The rank test's figures when the sides are dealt out so.</summary>
    /// <param name="labels">For each pooled value in ascending order, whether it is of the reference.</param>
    /// <returns>P(reference &lt; difference) + P(equal) / 2, and what each side adds to its variance.</returns>
    public (double Superiority, double ReferenceVariance, double DifferenceVariance) FiguresOf(bool[] labels)
    {
        double referenceCount = 0;
        double sum = 0;
        Walk(labels, (references, differences, referencesBelow, _) =>
        {
            referenceCount += references;
            sum += differences * (referencesBelow + (0.5 * references));
        });
        double differenceCount = labels.Length - referenceCount;
        double superiority = sum / (referenceCount * differenceCount);
        double referenceMean = differenceCount * (1 - superiority);
        double differenceMean = referenceCount * superiority;
        double referenceSquares = 0;
        double differenceSquares = 0;
        Walk(labels, (references, differences, referencesBelow, differencesBelow) =>
        {
            double ofReference = differencesBelow + (0.5 * differences) - referenceMean;
            double ofDifference = referencesBelow + (0.5 * references) - differenceMean;
            referenceSquares += references * ofReference * ofReference;
            differenceSquares += differences * ofDifference * ofDifference;
        });
        return (superiority, Part(referenceSquares, referenceCount, differenceCount), Part(differenceSquares, differenceCount, referenceCount));
    }

    private static double Part(double squares, double own, double other) => squares / (own - 1) / (own * other * other);

    /// <summary>Goes through the groups of equal values: how many of each side are in it and below it.</summary>
    private void Walk(bool[] labels, Action<int, int, int, int> visit)
    {
        int start = 0;
        int below = 0;
        foreach (int end in _groupEnds)
        {
            int references = 0;
            for (int index = start; index < end; index++)
            {
                references += labels[index] ? 1 : 0;
            }

            visit(references, end - start - references, below, start - below);
            below += references;
            start = end;
        }
    }
}
