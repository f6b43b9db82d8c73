namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// How many independent values a series is worth. Packets that follow each other are alike (a queue, a busy neighbour, a
/// clock that drifts), and n alike values say less than n independent ones: Var(mean) = variance x tau / n, with tau = 1 +
/// 2 x the sum of all autocorrelations, and the effective count is n / tau. Two estimates of tau, of which the larger counts:
/// that of a process in which only neighbours depend on each other (its lag-1 correlation corrected for bias as by
/// Marriott and Pope, Biometrika 1954), right for short series; and Geyer's initial monotone sequence (Statistical Science,
/// 1992), which sees slow waves below much noise, with each autocorrelation corrected for the mean being estimated too.
/// Neighbours must be visibly alike first, or independent values would now and then be taken for half as many, and true
/// differences be missed. Alternation (negative correlation) is never taken as a gain.
/// </summary>
internal sealed class EffectiveSample
{
    /// <summary>
    /// The one-sided 2.5 % point of the normal distribution, which the lag-1 correlation of independent values follows. A lower
    /// one finds more of the weak correlations, but costs power where there is none: at 10 %, 9 points of 79 with 16 values.
    /// </summary>
    private const double Visible = 1.9600;

    /// <summary>With fewer values no correlation can be told from chance.</summary>
    private const int LeastCount = 8;

    /// <summary>Longer series are cut into at least this many blocks, and the blocks' means taken as the series.</summary>
    private const int BlockCount = 5_000;

    /// <summary>Estimates of tau that correct each other's bias settle long before.</summary>
    private const int MostRounds = 6;

    /// <summary>Relative; a tau that moves less is settled.</summary>
    private const double Settled = 1e-3;

    private readonly double[] _deviations;
    private readonly double _squares;
    private readonly List<double> _correlations = [1];

    private EffectiveSample(ReadOnlySpan<double> values, double mean)
    {
        _deviations = new double[values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            _deviations[index] = values[index] - mean;
            _squares += _deviations[index] * _deviations[index];
        }
    }

    private int Count => _deviations.Length;

    /// <summary>The effective count of a series.</summary>
    /// <param name="values">In time order.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="variance">Their sample variance, above 0.</param>
    /// <returns>Between 2 and the number of values, and the degrees of freedom of the mean's standard error.</returns>
    public static (double Count, double DegreesOfFreedom) Of(ReadOnlySpan<double> values, double mean, double variance)
    {
        if (values.Length < 2 * BlockCount)
        {
            double count = Clamp(values.Length / new EffectiveSample(values, mean).Tau(), values.Length);
            return (count, count - 1);
        }

        double[] blocks = BlocksOf(values, values.Length / BlockCount);
        (double blockMean, double blockVariance) = MeanEstimate.MomentsOf(blocks);
        double effectiveBlocks = blockVariance > 0 ? Clamp(blocks.Length / new EffectiveSample(blocks, blockMean).Tau(), blocks.Length) : blocks.Length;
        double errorSquared = MeanEstimate.ErrorSquared(blocks.Length, blockVariance, effectiveBlocks);
        double within = errorSquared > 0 ? 1 + (variance * (values.Length - 1) / (values.Length * errorSquared)) : values.Length;
        return (Clamp(within, values.Length), effectiveBlocks - 1);
    }

    /// <summary>An effective count is that of at least two values, and never above their number.</summary>
    /// <param name="effective">The count.</param>
    /// <param name="count">The number of values.</param>
    /// <returns>The count within its bounds.</returns>
    public static double Clamp(double effective, long count) => Math.Clamp(effective, 2, Math.Max(2, count));

    private static double[] BlocksOf(ReadOnlySpan<double> values, int size)
    {
        double[] blocks = new double[values.Length / size];
        for (int block = 0; block < blocks.Length; block++)
        {
            double sum = 0;
            foreach (double value in values.Slice(block * size, size))
            {
                sum += value;
            }

            blocks[block] = sum / size;
        }

        return blocks;
    }

    private double Tau()
    {
        if (Count < LeastCount || (CorrelationAt(1) + (1.0 / Count)) * Math.Sqrt(Count) <= Visible)
        {
            return 1;
        }

        double tau = 1;
        for (int round = 0; round < MostRounds; round++)
        {
            double last = tau;
            tau = TauOfPairs(tau);
            if (Math.Abs(tau - last) <= Settled * last)
            {
                break;
            }
        }

        return Math.Max(tau, TauOfNeighbours());
    }

    private double TauOfNeighbours()
    {
        double correlation = Math.Clamp((CorrelationAt(1) + (1.0 / Count)) / (1 - (3.0 / Count)), 0, 0.99);
        return (1 + correlation) / (1 - correlation);
    }

    /// <summary>Sums of two neighbouring autocorrelations are positive and fall; where they do no more, noise begins.</summary>
    private double TauOfPairs(double last)
    {
        double tau = -1;
        double least = double.PositiveInfinity;
        for (int lag = 0; lag == 0 || lag + 1 < Count / 2; lag += 2)
        {
            double pair = CorrectedAt(lag, last) + CorrectedAt(lag + 1, last);
            if (pair <= 0)
            {
                break;
            }

            least = Math.Min(least, pair);
            tau += 2 * least;
        }

        return Math.Clamp(tau, 1, Count / 2.0);
    }

    /// <summary>Deviations from the sample's own mean make every autocovariance too small by that mean's variance.</summary>
    private double CorrectedAt(int lag, double tau)
    {
        double bias = tau / Count;
        return (CorrelationAt(lag) * (1 - bias)) + (bias * (1 - ((double)lag / Count)));
    }

    private double CorrelationAt(int lag)
    {
        while (_correlations.Count <= lag)
        {
            int distance = _correlations.Count;
            double sum = 0;
            for (int index = distance; index < Count; index++)
            {
                sum += _deviations[index] * _deviations[index - distance];
            }

            _correlations.Add(sum / _squares);
        }

        return _correlations[lag];
    }
}
