using VirtLatency.CpuIdle;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>Makes cells.</summary>
internal static class Cells
{
    /// <summary>Text without control characters: what a log holds must not reach a terminal or a document as such.</summary>
    public static ReportCell Text(string? text) => new TextCell(Clean(text));

    public static ReportCell Count(long? value) => Number(value, ReportUnit.Count);

    public static ReportCell Us(double? value, long? count = null, Basis? basis = null) => Number(value, ReportUnit.Microseconds) is NumberCell cell ? cell with { Count = count, Basis = basis } : MissingCell.Instance;

    /// <summary>A mean with its own interval.</summary>
    public static ReportCell Mean(double? us, long count, string? basis, (double Low, double High)? interval) =>
        us is { } value ? new NumberCell(value, ReportUnit.Microseconds) { Count = count, Low = interval?.Low, High = interval?.High, Basis = Enum.TryParse(basis, out Basis known) ? known : null } : MissingCell.Instance;

    public static ReportCell Number(double? value, ReportUnit unit, double? low = null, double? high = null, bool isSigned = false) =>
        value is { } number && double.IsFinite(number) ? new NumberCell(number, unit) { Low = low, High = high, IsSigned = isSigned } : MissingCell.Instance;

    /// <summary>Lone surrogates are no text in any of the formats.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        string visible = VisibleText.Line(text).Replace('\t', ' ');
        return !HasLoneSurrogate(visible) ? visible : new string([.. visible.Select(c => char.IsSurrogate(c) ? '\ufffd' : c)]);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
