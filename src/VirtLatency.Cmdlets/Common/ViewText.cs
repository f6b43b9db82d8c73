using System.Globalization;
using System.Text;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>
/// The text of the module's table and list views, called by VirtLatency.Format.ps1xml. Numbers are in the invariant
/// culture, as the logs and all examples are: a table reads the same on every machine.
/// </summary>
public static class ViewText
{
    private const string Absent = "-";

    private const string Legend = "  (=derived ~remainder <=at most *note)";

    private const string DifferenceLegend = "  (=derived ~rest <=bound ?unsure *note)";

    /// <summary>What the default tables are laid out for.</summary>
    private const int TableWidth = 80;

    /// <summary>Room beside the property names of a list at 80 columns.</summary>
    private const int ListWidth = 66;

    /// <summary>A part's id with its name, and a star where the row has a note; parts inside another part of the table are indented.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>B_1  kick->tap, sender</c>.</returns>
    public static string Part(SegmentLatency row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Part(row.Level, row.Parent, row.Segment, row.Name, row.Note);
    }

    /// <summary>A part's id with its name, and a star where the row has a note.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>VirtSender</c>.</returns>
    public static string Part(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Part(row.Level, row.Parent, row.Segment, row.Name, row.Note);
    }

    /// <summary>The mean with a mark of its basis: = derived, ~ remainder, &lt;= upper bound.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>=144.000</c>.</returns>
    public static string Mean(SegmentLatency row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.MeanUs is null ? Absent : Mark(row.Basis) + Us(row.MeanUs);
    }

    /// <summary>The reference's mean with the mark of its basis.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>&lt;=98.100</c>.</returns>
    public static string Reference(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Bounded(row.ReferenceBasis, row.ReferenceUs);
    }

    /// <summary>The compared mean with the mark of its basis.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>&lt;=98.100</c>.</returns>
    public static string Difference(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Bounded(row.DifferenceBasis, row.DifferenceUs);
    }

    /// <summary>Difference - reference with a sign, the mark of its basis, and a question mark where it is not told from 0.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>~+79.194?</c>.</returns>
    public static string Delta(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string doubt = row.Verdict is "NotDistinguishable" or "TooFewSamples" ? "?" : string.Empty;
        return row.DeltaUs is { } delta ? Mark(row.Basis) + Signed(delta) + doubt : Absent;
    }

    /// <summary>A ratio in five characters: two decimals below 10, one below 100, none above.</summary>
    /// <param name="value">The ratio; null where there is none.</param>
    /// <returns>For instance <c>2.65</c>, or <c>-</c>.</returns>
    public static string Ratio(double? value) => value is { } ratio
        ? ratio.ToString(Math.Abs(ratio) switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture)
        : Absent;

    /// <summary>A part's id, at level Stage with the stage.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>B_1 S0</c>.</returns>
    public static string ShortPart(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string part = row.Level == "Stage" ? $"{row.Segment ?? "?",-4} {row.Name}" : row.Segment ?? Absent;
        return row.Note is null ? part : part + " *";
    }

    /// <summary>The verdict in a word that fits a table.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Higher, Lower, not told (NotDistinguishable), too few (TooFewSamples) or <c>-</c>.</returns>
    public static string VerdictWord(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Verdict switch
        {
            "NotDistinguishable" => "not told",
            "TooFewSamples" => "too few",
            "" => Absent,
            string verdict => verdict,
        };
    }

    /// <summary>Both ends of the delta's interval.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>+59.700 .. +98.688</c>.</returns>
    public static string DeltaInterval(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { DeltaLowUs: { } low, DeltaHighUs: { } high } ? $"{Signed(low)} .. {Signed(high)}" : Absent;
    }

    /// <summary>A p-value: three decimals, and below 0.001 only that.</summary>
    /// <param name="value">The p-value; null without a test.</param>
    /// <returns>For instance <c>0.042</c>, <c>&lt;0.001</c>, or <c>-</c>.</returns>
    public static string Probability(double? value) => value switch
    {
        null => Absent,
        < 0.001 => "<0.001",
        { } p => p.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>What the test took as its unit, and how many there were on each side.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>5/5 runs</c>, or <c>within 1/1</c>.</returns>
    public static string Replication(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Replication is null ? Absent : FormattableString.Invariant($"{(row.Replication == "Runs" ? "runs" : "within")} {row.ReferenceRunCount}/{row.DifferenceRunCount}");
    }

    /// <summary>Microseconds: to the nanosecond below 1 ms, to a tenth from there.</summary>
    /// <param name="value">Microseconds; null when not measured.</param>
    /// <returns>For instance <c>18.248</c>, or <c>-</c>.</returns>
    public static string Us(double? value) => value is { } us ? (Math.Abs(us) < 0.0005 ? 0 : us).ToString(FormatOf(us), CultureInfo.InvariantCulture) : Absent;

    /// <summary>A number of two decimals: ratios and percent.</summary>
    /// <param name="value">The number; null when there is none.</param>
    /// <returns>For instance <c>43.75</c>, or <c>-</c>.</returns>
    public static string Hundredths(double? value) => value is { } number ? number.ToString(Math.Abs(number) < 1000 ? "0.00" : "0", CultureInfo.InvariantCulture) : Absent;

    /// <summary>A sample count in at most six characters.</summary>
    /// <param name="count">The count.</param>
    /// <returns>For instance <c>16</c> or <c>1.2M</c>.</returns>
    public static string Count(long count) => count switch
    {
        < 10_000 => count.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => (count / 1000).ToString(CultureInfo.InvariantCulture) + "k",
        _ => (count / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "M",
    };

    /// <summary>Counts of both sides.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>16/15</c>.</returns>
    public static string Counts(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Count(row.ReferenceCount) + "/" + Count(row.DifferenceCount);
    }

    /// <summary>The heading over a breakdown's rows.</summary>
    /// <param name="row">The first row.</param>
    /// <returns>The environment, the level and what the marks mean.</returns>
    public static string Group(SegmentLatency row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Heading("Environment: ", $"{row.Environment}, level {row.Level}", Legend);
    }

    /// <summary>The heading over a comparison's rows.</summary>
    /// <param name="row">The first row.</param>
    /// <returns>Both environments and the level.</returns>
    public static string Group(LatencyDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Heading("Compared: ", $"{row.ReferenceEnvironment} -> {row.DifferenceEnvironment}, level {row.Level}", DifferenceLegend);
    }

    /// <summary>One paragraph per log of an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>Role, file, tool, counts and the reason of the role.</returns>
    public static string Logs(LatencyEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return string.Join('\n', environment.Logs.Select(Log));
    }

    /// <summary>What the manifest says of an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>The note, broken to the list's width.</returns>
    public static string Note(LatencyEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return WrapItem(environment.Note ?? string.Empty);
    }

    /// <summary>The roles that no log fills.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>Their names, or <c>none</c>.</returns>
    public static string Missing(LatencyEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return WrapItem(environment.MissingRole ?? "none");
    }

    /// <summary>Breaks a text between words, where the views would break anywhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Characters of a line.</param>
    /// <param name="indent">Begins every line but the first.</param>
    /// <returns>The text with line feeds.</returns>
    public static string Wrap(string? text, int width, string indent = "")
    {
        ArgumentNullException.ThrowIfNull(indent);
        var wrapped = new StringBuilder();
        int length = 0;
        foreach (string word in (text ?? string.Empty).Split(' '))
        {
            if (length > 0 && length + word.Length > width)
            {
                wrapped.Length--;
                wrapped.Append('\n').Append(indent);
                length = indent.Length;
            }

            wrapped.Append(word).Append(' ');
            length += word.Length + 1;
        }

        return wrapped.ToString().TrimEnd();
    }

    private static string Log(EnvironmentLog log)
    {
        string file = (log.Run is null ? string.Empty : log.Run + "/") + (Path.GetFileName(log.File) ?? "(samples)");
        string version = log.Version is null ? string.Empty : " " + log.Version;
        string lines = log.ParsedLineCount is null
            ? string.Empty
            : FormattableString.Invariant($", {log.ParsedLineCount} lines parsed, {log.NoiseLineCount} noise, {log.MalformedLineCount} malformed");
        string[] paragraphs =
        [
            $"{log.Role ?? "(no role)"}: {file}",
            FormattableString.Invariant($"  {log.Tool}{version}"),
            FormattableString.Invariant($"  n = {log.SampleCount}, {log.ExcludedCount} left out{lines}"),
            "  because: " + log.Reason,
        ];
        return string.Join('\n', paragraphs.Select(WrapItem));
    }

    /// <summary>A limit's change by states and ranges of CPUs, not a value per CPU.</summary>
    /// <param name="before">The values before, as text.</param>
    /// <param name="after">The values after.</param>
    /// <returns>For instance <c>C6 0 -> 1 on CPUs 0-63</c>.</returns>
    public static string Change(string? before, string? after) => ChangeRows.Summary(before, after);

    /// <summary>The legend of the marks stands in the heading where it fits on the line.</summary>
    private static string Heading(string label, string text, string legend) =>
        "   ".Length + label.Length + text.Length + legend.Length < TableWidth ? text + legend : text;

    private static string Signed(double value) => (value > 0 ? "+" : string.Empty) + Us(value);

    private static string WrapItem(string text) => Wrap(text, ListWidth, "    ");

    private static string Part(string? level, string? parent, string? segment, string? name, string? note)
    {
        string indent = level == "Layer" && parent != "RoundTrip" ? "  " : string.Empty;
        string part = level is "Segment" or "Stage" ? $"{segment ?? "?",-4} {name}" : segment ?? Absent;
        return indent + part + (note is null ? string.Empty : " *");
    }

    private static string Bounded(string? basis, double? value) =>
        (value is not null && basis == nameof(Basis.UpperBound) ? "<=" : string.Empty) + Us(value);

    private static string FormatOf(double us) => Math.Abs(us) switch { < 1000 => "0.000", < 100_000 => "0.0", _ => "0" };

    private static string Mark(string? basis) => basis switch
    {
        nameof(Basis.Derived) => "=",
        nameof(Basis.Remainder) => "~",
        nameof(Basis.UpperBound) => "<=",
        _ => string.Empty,
    };
}
