using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Report;

/// <summary>How numbers of a report look as text, the same in every format: rounded only here, with the point as decimal sign in every language.</summary>
public static class NumberText
{
    /// <summary>The number with its mark: 22.0, +76.4, 4.47x, 43.7 %, 1234, and &#8804; 98.1 for an upper bound. The unit us is left to the heading.</summary>
    /// <param name="cell">The number.</param>
    /// <returns>The text.</returns>
    public static string Of(NumberCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return (cell.Basis == Basis.UpperBound ? "\u2264 " : string.Empty) + Of(cell.Value, cell.Unit, cell.IsSigned);
    }

    /// <summary>The interval in brackets with the number's unit and sign; null where there is none.</summary>
    /// <param name="cell">The number.</param>
    /// <returns>For instance <c>[+59.7, +93.2]</c>.</returns>
    public static string? Interval(NumberCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell is { Low: { } low, High: { } high } ? $"[{Of(low, cell.Unit, cell.IsSigned)}, {Of(high, cell.Unit, cell.IsSigned)}]" : null;
    }

    /// <summary>A bare value; what rounds to zero has no sign.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="isSigned">Whether a plus sign is written.</param>
    /// <returns>The text.</returns>
    public static string Of(double value, ReportUnit unit, bool isSigned = false)
    {
        string digits = value.ToString(unit switch { ReportUnit.Ratio => "0.00", ReportUnit.Count => "0", _ => "0.0" }, CultureInfo.InvariantCulture);
        bool isZero = !digits.AsSpan().ContainsAnyInRange('1', '9');
        string sign = isZero ? string.Empty : value < 0 ? "-" : isSigned ? "+" : string.Empty;
        return sign + digits.TrimStart('-') + unit switch { ReportUnit.Ratio => "x", ReportUnit.Percent => " %", _ => string.Empty };
    }
}
