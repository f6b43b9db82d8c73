using System.Globalization;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>
/// Places latencies on the width of a picture. Places are percent of the width, not units of a viewBox: bars then grow with
/// the page while letters keep their size, on a phone as on paper.
/// </summary>
/// <param name="FromUs">What lies at the left end.</param>
/// <param name="ToUs">What lies at the right end.</param>
internal sealed record Scale(double FromUs, double ToUs)
{
    private const int MostTicks = 5;

    /// <summary>Where the left end is, in percent of the width.</summary>
    public double Left { get; init; }

    /// <summary>Where the right end is, in percent of the width.</summary>
    public double Right { get; init; } = 100;

    /// <summary>True for equal steps of the logarithm; both ends are then above 0.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>A scale that holds 0 and all values; of one length at least, so that nothing divides by 0.</summary>
    public static Scale Of(IEnumerable<double> valuesUs)
    {
        (double low, double high) = (0, 0);
        foreach (double value in valuesUs)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return new Scale(low, high > low ? high : low + 1);
    }

    /// <summary>The place of a latency in percent of the width.</summary>
    public double At(double us) => Left + ((Right - Left) * (Position(us) - Position(FromUs)) / (Position(ToUs) - Position(FromUs)));

    /// <summary>A place or length as SVG writes it.</summary>
    public static string Percent(double place) => place.ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>Round values between the ends, few enough to stand beside each other on a phone.</summary>
    public IReadOnlyList<double> Ticks() => IsLogarithmic ? LogarithmicTicks() : LinearTicks();

    private double Position(double us) => IsLogarithmic ? Math.Log10(us) : us;

    private List<double> LinearTicks()
    {
        double raw = (ToUs - FromUs) / MostTicks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= raw);
        var ticks = new List<double>();
        for (double number = Math.Ceiling(FromUs / step); number * step <= ToUs; number++)
        {
            ticks.Add(number * step);
        }

        return ticks;
    }

    private List<double> LogarithmicTicks()
    {
        double decades = Math.Log10(ToUs / FromUs);
        double[] factors = decades > MostTicks ? [1] : decades > 2 ? [1, 5] : [1, 2, 5];
        int step = (int)Math.Ceiling(decades / MostTicks);
        var ticks = new List<double>();
        for (int power = (int)Math.Floor(Math.Log10(FromUs)); power <= Math.Log10(ToUs); power += step)
        {
            ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, power)).Where(tick => tick >= FromUs && tick <= ToUs));
        }

        return ticks;
    }
}
