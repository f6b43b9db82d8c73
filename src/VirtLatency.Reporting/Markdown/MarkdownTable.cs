using VirtLatency.Model;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Markdown;

/// <summary>A report's table in Markdown; what is too long for a cell stands below it, by number.</summary>
internal sealed class MarkdownTable(ReportTable table, ReportText text)
{
    private readonly List<string> _notes = [];

    /// <summary>The lines of the table and its notes.</summary>
    /// <param name="rows">The rows to show.</param>
    public IEnumerable<string> Lines(IEnumerable<ReportRow> rows)
    {
        int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(index => !table.Columns[index].IsLong && !IsEmpty(index))];
        yield return Line(shown.Select(index => HeaderOf(table.Columns[index])));
        yield return Line(shown.Select(index => table.Columns[index].Unit is null ? ":---" : "---:"));
        foreach (ReportRow row in rows)
        {
            string mark = MarkOf(row);
            yield return Line(shown.Select((index, place) => CellOf(row, index) + (place == 0 ? mark : string.Empty)));
        }

        for (int i = 0; i < _notes.Count; i++)
        {
            yield return i == 0 ? string.Empty : "  ";
            yield return FormattableString.Invariant($"({i + 1}) {MarkdownText.Escape(_notes[i])}  ");
        }
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string HeaderOf(ReportColumn column) => MarkdownText.Escape(column.Header) + (column.Unit == ReportUnit.Microseconds ? " (us)" : string.Empty);

    /// <summary>A column without a single value only takes width.</summary>
    private bool IsEmpty(int index) => table.Rows.Count > 0 && table.Rows.All(row => row.Cells[index] is MissingCell or TextCell { Text.Length: 0 });

    private string MarkOf(ReportRow row)
    {
        IEnumerable<int> places = Enumerable.Range(0, table.Columns.Count)
            .Where(index => table.Columns[index].IsLong)
            .Select(index => row.Cells[index])
            .OfType<TextCell>()
            .Where(cell => cell.Text.Length > 0)
            .Select(cell => PlaceOf(cell.Text));
        return string.Concat(places.Select(place => FormattableString.Invariant($" ({place})")));
    }

    private int PlaceOf(string note)
    {
        int known = _notes.IndexOf(note);
        if (known < 0)
        {
            _notes.Add(note);
        }

        return known < 0 ? _notes.Count : known + 1;
    }

    private string CellOf(ReportRow row, int index) => row.Cells[index] switch
    {
        NumberCell number => NumberOf(row, table.Columns[index], number),
        TextCell { Text.Length: > 0 } cell => Strong(row.IsTotal, MarkdownText.Escape(cell.Text)),
        MissingCell => "\u2013",
        _ => string.Empty,
    };

    private string NumberOf(ReportRow row, ReportColumn column, NumberCell number)
    {
        string value = NumberText.Of(number);
        bool isTold = column.IsSigned && row.Tone is ReportTone.Worse or ReportTone.Better;
        string styled = row.IsTotal || isTold ? Strong(true, value) : number.Basis is Basis.Derived or Basis.Remainder ? $"*{value}*" : value;
        string interval = NumberText.Interval(number) is { } range ? " " + MarkdownText.Escape(range) : string.Empty;
        string count = column.HasCount && number.Count is { } n ? FormattableString.Invariant($", {text["Label.Count"]} {n}") : string.Empty;
        return styled + interval + count;
    }

    private static string Strong(bool isStrong, string value) => isStrong ? $"**{value}**" : value;
}
