using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

public sealed class RankTestTests
{
    private static readonly double[] Four = [11, 14, 15, 19];
    private static readonly double[] Five = [13, 17, 20, 21, 24];

    /// <summary>
    /// By hand: placements of the four 0, 1, 1, 2 (variance 2/3), of the five 1, 3, 4, 4, 4 (sum 16 of 20, variance 1.7);
    /// 0.3 over the root of (2/3) / 100 + 1.7 / 80. Of the 126 ways to deal nine values, 16 are as far from 0, counted by a
    /// program of its own in Python; statistic by scipy 1.10.1 brunnermunzel as well.
    /// </summary>
    [Fact]
    public void Brunner_and_Munzel_of_four_and_five()
    {
        BrunnerMunzel test = BrunnerMunzel.Of(Four, Five)!;

        Assert.Equal(0.8, test.Superiority, 12);
        Assert.Equal(0.3 / Math.Sqrt((2 / 300.0) + (1.7 / 80)), test.Statistic!.Value, 12);
        Assert.Equal(1.7955168049937391, test.Statistic.Value, 12);
        Assert.Equal(16 / 126.0, test.PValue!.Value, 12);
        Assert.Equal(RankTestMethod.AllPermutations, test.Method);
    }

    /// <summary>Ties: statistic by scipy, 25 of 126 ways by the same program.</summary>
    [Fact]
    public void Equal_values_count_half()
    {
        BrunnerMunzel test = BrunnerMunzel.Of([12, 12, 13, 15], [12, 14, 15, 15, 18])!;

        Assert.Equal(1.411862416005035, test.Statistic!.Value, 12);
        Assert.Equal(25 / 126.0, test.PValue!.Value, 12);
    }

    /// <summary>
    /// The number of pairs in which the reference is larger is 4 of 20; U of 4 and 5 is at most 4 in 12 of the 126 ways (partitions
    /// of 0 to 4 into at most four parts of at most five: 1 + 1 + 2 + 3 + 5), and as many at the other end. R says 0.1904762.
    /// </summary>
    [Fact]
    public void Mann_and_Whitney_of_four_and_five()
    {
        double[] values = [.. Four, .. Five];
        bool[] labels = [true, true, true, true, false, false, false, false, false];
        double StatisticOf(bool[] deal) => Enumerable.Range(0, 9).Sum(one => Enumerable.Range(0, 9).Count(other => deal[one] && !deal[other] && values[one] > values[other])) - 10;

        Assert.Equal(24 / 126.0, LabelPermutations.PValueOf(labels, StatisticOf), 12);
    }

    /// <summary>The sides that Brunner and Munzel published, pain scores: 3.1374675, df 17.683, p 0.0057862 (scipy 1.10.1 and R).</summary>
    [Fact]
    public void Published_example_and_its_drawn_permutations()
    {
        double[] reference = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1];
        double[] difference = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4];

        BrunnerMunzel test = BrunnerMunzel.Of(reference, difference)!;

        Assert.Equal(3.1374674823029505, test.Statistic!.Value, 10);
        Assert.Equal(0.005786208666151538, Distributions.TwoSidedP(test.Statistic.Value, test.DegreesOfFreedom!.Value), 9);
        Assert.Equal(RankTestMethod.DrawnPermutations, test.Method);
        Assert.InRange(test.PValue!.Value, 0.004, 0.012);
        Assert.Equal(test, BrunnerMunzel.Of(reference, difference));
    }

    /// <summary>40 and 35 lognormal values; scipy 1.10.1 brunnermunzel.</summary>
    [Fact]
    public void Large_samples_as_by_scipy()
    {
        double[] reference = [13.5, 10.4, 17.7, 24.8, 35.4, 21.2, 15.2, 13.6, 29.2, 45.5, 23.0, 10.8, 12.4, 44.7, 22.2, 8.4, 19.3, 11.2, 14.7, 15.7, 14.1, 26.5, 19.5, 15.0, 24.7, 30.4, 8.8, 17.7, 12.3, 18.4, 10.5, 20.3, 19.7, 17.3, 11.9, 16.5, 11.6, 10.2, 22.5, 11.5];
        double[] difference = [62.6, 43.5, 5.0, 30.5, 10.2, 25.2, 25.4, 5.0, 20.4, 20.0, 53.0, 9.5, 44.3, 10.2, 18.8, 12.5, 78.2, 38.7, 171.6, 41.0, 48.2, 48.1, 15.1, 23.2, 72.3, 17.9, 28.5, 24.1, 39.9, 18.3, 21.7, 29.8, 26.6, 12.3, 50.2];

        BrunnerMunzel test = BrunnerMunzel.Of(reference, difference)!;

        Assert.Equal(RankTestMethod.Student, test.Method);
        Assert.Equal(0.7039285714285715, test.Superiority, 12);
        Assert.Equal(3.1719172448411186, test.Statistic!.Value, 10);
        Assert.Equal(0.0025783411890520913, test.PValue!.Value, 9);
    }

    /// <summary>Only the observed way and its mirror keep the sides apart; where values are equal at the edge, the mirror does not.</summary>
    [Fact]
    public void Sides_apart_give_the_least_p()
    {
        BrunnerMunzel test = BrunnerMunzel.Of([1, 2, 3, 4], [5, 6, 7, 8, 9])!;

        Assert.Equal((1.0, null, null), (test.Superiority, test.Statistic, test.DegreesOfFreedom));
        Assert.Equal(2 / 126.0, test.PValue!.Value, 12);
        Assert.Equal(1 / 126.0, BrunnerMunzel.Of([1, 1, 2, 2], [3, 3, 3, 4, 4])!.PValue!.Value, 12);
        Assert.Equal(2 / 155_117_520.0, BrunnerMunzel.Of([.. Numbers(15)], [.. Numbers(15).Select(value => value + 100)])!.PValue!.Value, 15);
        Assert.InRange(BrunnerMunzel.Of([.. Numbers(5000)], [.. Numbers(5000).Select(value => value - 9000)])!.PValue!.Value, 0, 1e-300);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(200)]
    public void Equal_values_everywhere_are_no_difference(int count)
    {
        double[] values = [.. Enumerable.Repeat(7.0, count)];

        BrunnerMunzel test = BrunnerMunzel.Of(values, values)!;

        Assert.Equal((0.5, null, 1.0), (test.Superiority, test.Statistic, test.PValue));
    }

    [Fact]
    public void Too_few_values_have_no_test()
    {
        Assert.Null(BrunnerMunzel.Of([], [1, 2]));
        BrunnerMunzel single = BrunnerMunzel.Of([1], [1, 2, 3, 4])!;
        Assert.Equal((0.875, null, null), (single.Superiority, single.PValue, single.Method));
    }

    /// <summary>2 / 5, 2 / 126, 2 / 252; one against one can show nothing.</summary>
    [Fact]
    public void Least_p_that_is_possible()
    {
        Assert.Equal(0.4, BrunnerMunzel.LeastPValue(1, 4), 12);
        Assert.Equal(2 / 126.0, BrunnerMunzel.LeastPValue(4, 5), 12);
        Assert.Equal(2 / 252.0, BrunnerMunzel.LeastPValue(5, 5), 12);
        Assert.Equal(1, BrunnerMunzel.LeastPValue(1, 1));
    }

    [Fact]
    public void All_ways_are_gone_through_up_to_eight_a_side()
    {
        Assert.True(LabelPermutations.IsExact(8, 8));
        Assert.False(LabelPermutations.IsExact(8, 9));
        Assert.True(LabelPermutations.IsExact(2, 198));
        Assert.Equal(0.5, LabelPermutations.PValueOf([true, false, false, false], labels => labels[0] ? 2 : labels[3] ? -2 : 0));
    }

    private static IEnumerable<double> Numbers(int count) => Enumerable.Range(1, count).Select(number => (double)number);
}
