using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using VirtLatency.Analysis.Statistics;

namespace VirtLatency.Tests.Analysis.Statistics;

/// <summary>Theory for the simulations: the power of a t-test by numeric integration over the estimated spread.</summary>
internal static class NoncentralT
{
    /// <summary>Power of the two-sided test at 5 %.</summary>
    /// <param name="noncentrality">True difference over its standard error.</param>
    /// <param name="freedom">Degrees of freedom.</param>
    /// <returns>0 to 1.</returns>
    public static double Power(double noncentrality, double freedom)
    {
        double critical = Distributions.Critical(0.95, freedom);
        const int Steps = 4000;
        double width = (1 + (12 / Math.Sqrt(freedom))) / Steps;
        double sum = 0;
        for (int step = 0; step < Steps; step++)
        {
            double spread = (step + 0.5) * width;
            double far = Normal.CDF(0, 1, noncentrality - (critical * spread)) + Normal.CDF(0, 1, -noncentrality - (critical * spread));
            sum += far * Density(spread, freedom) * width;
        }

        return sum;
    }

    /// <summary>Of the root of chi-squared over its degrees of freedom.</summary>
    private static double Density(double spread, double freedom) =>
        Math.Exp((freedom / 2 * Math.Log(freedom)) - ((freedom / 2 - 1) * Math.Log(2)) - SpecialFunctions.GammaLn(freedom / 2) + ((freedom - 1) * Math.Log(spread)) - (freedom * spread * spread / 2));
}
