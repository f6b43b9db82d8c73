using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class HolmTests
{
    /// <summary>Ascending 0.005, 0.01, 0.03, 0.04, 0.5 times 5, 4, 3, 2, 1: 0.025, 0.04, 0.09, then 0.08 that may not fall, 0.5. R's p.adjust says the same.</summary>
    [Fact]
    public void Five_values()
    {
        double?[] adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005, 0.5]);

        double[] expected = [0.04, 0.09, 0.09, 0.025, 0.5];
        Assert.Equal(expected.Length, adjusted.Length);
        Assert.All(adjusted.Zip(expected), pair => Assert.Equal(pair.Second, pair.First!.Value, 12));
    }

    [Fact]
    public void What_was_not_tested_does_not_count()
    {
        Assert.Equal([null, 0.04, null, 0.5], Holm.Adjust([null, 0.02, null, 0.5]));
        Assert.Equal([1.0, 1.0], Holm.Adjust([0.7, 0.9]));
        Assert.Empty(Holm.Adjust([]));
    }
}
