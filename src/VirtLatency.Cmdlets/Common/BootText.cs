using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>Cells of the views of boot parameters.</summary>
public static class BootText
{
    private const string Absent = "-";

    // The engine hands null as an empty string to a method that takes one: cells take the row.

    /// <summary>The running value.</summary>
    /// <param name="row">A row.</param>
    /// <returns>The value; - where it is not given, (set) where it stands alone.</returns>
    public static string Running(CStateBootParameter row) => Value(row?.Running);

    /// <summary>The next boot's value.</summary>
    /// <param name="row">A row.</param>
    /// <returns>As <see cref="Running"/>.</returns>
    public static string NextBoot(CStateBootParameter row) => Value(row?.NextBoot);

    /// <summary>The settings' value.</summary>
    /// <param name="row">A row.</param>
    /// <returns>As <see cref="Running"/>.</returns>
    public static string Configured(CStateBootParameter row) => Value(row?.Configured);

    /// <summary>The value before an edit.</summary>
    /// <param name="change">The edit.</param>
    /// <returns>As <see cref="Running"/>.</returns>
    public static string Before(CStateBootChange change) => Value(change?.Before);

    /// <summary>The value behind an edit.</summary>
    /// <param name="change">The edit.</param>
    /// <returns>As <see cref="Running"/>.</returns>
    public static string After(CStateBootChange change) => Value(change?.After);

    /// <summary>What to look at in a row.</summary>
    /// <param name="row">A row.</param>
    /// <returns>differs, regenerate, both, unknown, or nothing.</returns>
    public static string Remark(CStateBootParameter row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.Differs, row.NeedsRegenerate) switch
        {
            (null, _) => "next unknown",
            (true, true) => "both differ",
            (true, _) => "next differs",
            (_, true) => "not generated",
            _ => string.Empty,
        };
    }

    /// <summary>Where the next boot's value stands.</summary>
    /// <param name="row">A row.</param>
    /// <returns>file:line, or -.</returns>
    public static string NextBootPlace(CStateBootParameter row) => Place(row?.NextBootFile, row?.NextBootLine);

    /// <summary>Where the setting stands.</summary>
    /// <param name="row">A row.</param>
    /// <returns>file:line, or -.</returns>
    public static string ConfiguredPlace(CStateBootParameter row) => Place(row?.ConfiguredFile, row?.ConfiguredLine);

    /// <summary>Yes or no.</summary>
    /// <param name="flag">Null where it is not known.</param>
    /// <returns>The word.</returns>
    public static string Flag(bool? flag) => flag switch { true => "yes", false => "no", null => Absent };

    /// <summary>Text in lines of a width.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <param name="width">Columns.</param>
    /// <returns>Its lines.</returns>
    public static string Wrap(string? text, int width) => string.IsNullOrEmpty(text) ? Absent : ViewText.Wrap(text, width);

    /// <summary>What is left to do behind an edit.</summary>
    /// <param name="change">The edit.</param>
    /// <returns>The command, and when the setting counts.</returns>
    public static string NextStep(CStateBootChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        string made = change.RegenerateCommand is null ? string.Empty : change.Regenerated ? "done: " + change.RegenerateCommand + "; " : "run " + change.RegenerateCommand + "; ";
        return ViewText.Wrap(made + "it counts from the next boot on", 60);
    }

    private static string Value(string? value) => value is null ? Absent : value.Length == 0 ? "(set)" : value;

    private static string Place(string? file, int? line) => file is null ? Absent : FormattableString.Invariant($"{file}:{line}");
}
