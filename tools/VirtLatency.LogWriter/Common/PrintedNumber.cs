using System.Globalization;

namespace VirtLatency.LogWriter;

/// <summary>
/// Rounds as the tools' "%.1f" and "%.3f" do. They print binary floating point: 0.25 is exact and goes to the even
/// 0.2, but 0.35 lies just below its decimal value and goes to 0.3, where decimal rounding would give 0.4.
/// </summary>
internal static class PrintedNumber
{
    // Enough decimals for the whole expansion of any double that is a tie at 3 decimals.
    private const string ExactFormat = "F25";

    public static decimal Round(decimal value, int decimals)
    {
        decimal scaled = value;
        for (int i = 0; i < decimals; i++)
        {
            scaled *= 10m;
        }

        return scaled - decimal.Floor(scaled) == 0.5m ? Round((double)value, decimals) : decimal.Round(value, decimals);
    }

    public static decimal Round(double value, int decimals)
    {
        string exact = value.ToString(ExactFormat, CultureInfo.InvariantCulture);
        return decimal.Round(decimal.Parse(exact, CultureInfo.InvariantCulture), decimals, MidpointRounding.ToEven);
    }
}
