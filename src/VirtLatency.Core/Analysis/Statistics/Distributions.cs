using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace VirtLatency.Analysis.Statistics;

/// <summary>
/// The distributions that tests and intervals are read from. Nothing else names the library, so that it is loaded only
/// when a first p-value or interval is asked for.
/// </summary>
internal static class Distributions
{
    private const double RootAccuracy = 1e-10;
    private const int MostIterations = 200;

    /// <summary>P(T &gt;= t) of Student's t, exact in the far tail as well.</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">At least 1; may be infinite.</param>
    /// <returns>0 to 1.</returns>
    public static double UpperTail(double t, double degreesOfFreedom) => StudentT.CDF(0, 1, degreesOfFreedom, -t);

    /// <summary>P(|T| &gt;= |t|) of Student's t.</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">At least 1; may be infinite.</param>
    /// <returns>0 to 1.</returns>
    public static double TwoSidedP(double t, double degreesOfFreedom) => Math.Min(1, 2 * UpperTail(Math.Abs(t), degreesOfFreedom));

    /// <summary>
    /// The t with P(|T| &lt;= t) = level. The library's own inverse looks between -800 and 800 only, which simultaneous
    /// intervals with one degree of freedom leave: here the root is bracketed first.
    /// </summary>
    /// <param name="level">Confidence level, above 0 and below 1.</param>
    /// <param name="degreesOfFreedom">At least 1; may be infinite.</param>
    /// <returns>The critical value, above 0.</returns>
    public static double Critical(double level, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        double outside = (1 - level) / 2;
        double high = 1;
        while (UpperTail(high, degreesOfFreedom) > outside)
        {
            high *= 2;
        }

        return Brent.FindRoot(t => (UpperTail(t, degreesOfFreedom) / outside) - 1, high == 1 ? 0 : high / 2, high, RootAccuracy, MostIterations);
    }

    /// <summary>P(X &lt;= successes) of the binomial distribution.</summary>
    /// <param name="successes">May be below 0.</param>
    /// <param name="trials">Number of trials.</param>
    /// <param name="p">Probability of one success.</param>
    /// <returns>0 to 1.</returns>
    public static double BinomialAtMost(int successes, int trials, double p) => successes < 0 ? 0 : Binomial.CDF(p, trials, successes);

    /// <summary>Ways to choose some of all.</summary>
    /// <param name="all">Of how many.</param>
    /// <param name="some">How many are chosen.</param>
    /// <returns>The natural logarithm of their number.</returns>
    public static double LogOfCombinations(int all, int some) => SpecialFunctions.BinomialLn(all, some);
}
