namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>Samples of known distributions from a seed.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);
    private double? _spare;

    /// <summary>One value with mean 0 and variance 1, by Box and Muller.</summary>
    public double Next()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
        _spare = radius * sine;
        return radius * cosine;
    }

    public bool Chance(double p) => _random.NextDouble() < p;

    public double[] Normal(int count) => Many(count, Next);

    /// <summary>Each value is the one before, times the correlation, and new noise; variance 1 throughout.</summary>
    public double[] Neighbours(int count, double correlation)
    {
        double own = Math.Sqrt(1 - (correlation * correlation));
        double value = Next();
        return Many(count, () => value = (correlation * value) + (own * Next()));
    }

    /// <summary>As neighbours, with this share of the variance; the rest is noise.</summary>
    public double[] NoisyNeighbours(int count, double correlation, double share)
    {
        double[] wave = Neighbours(count, correlation);
        return [.. wave.Select(value => (Math.Sqrt(share) * value) + (Math.Sqrt(1 - share) * Next()))];
    }

    public static double[] Many(int count, Func<double> next)
    {
        double[] values = new double[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = next();
        }

        return values;
    }
}
