using VirtLatency.Report;

namespace VirtLatency.Reporting.Html;

/// <summary>The long texts of a table: each once, by number from 1, in the order in which rows bring them.</summary>
internal sealed class TableNotes
{
    private readonly List<string> _all = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int[] _columns;

    public TableNotes(ReportTable table) => _columns = [.. Enumerable.Range(0, table.Columns.Count).Where(index => table.Columns[index].IsLong)];

    public IReadOnlyList<string> All => _all;

    /// <summary>The numbers of a row's notes.</summary>
    public IReadOnlyList<int> Of(ReportRow row) => [.. _columns.Select(index => row.Cells[index]).OfType<TextCell>().Where(cell => cell.Text.Length > 0).Select(cell => NumberOf(cell.Text))];

    private int NumberOf(string note)
    {
        if (!_numbers.TryGetValue(note, out int number))
        {
            _all.Add(note);
            number = _all.Count;
            _numbers.Add(note, number);
        }

        return number;
    }
}
