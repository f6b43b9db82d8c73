using VirtLatency.Model;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Html;

/// <summary>A report's table. A number stands with its interval and count; what is too long for a cell stands below the table, by number.</summary>
internal sealed class HtmlTable(Markup html, ReportText text)
{
    /// <summary>Writes a table with its heading; nothing for null.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isTall">True for a table of many rows, which then scrolls inside its box; on paper it is whole.</param>
    public void Write(ReportTable? table, bool isTall = false)
    {
        if (table is null)
        {
            return;
        }

        string heading = IdOf(table) + "-heading";
        html.Element("h3", table.Title, ("id", heading));
        if (table.Introduction is { } introduction)
        {
            html.Element("p", introduction);
        }

        html.Line();
        var notes = new TableNotes(table);
        using (html.In("div", ("class", isTall ? "scroll tall" : "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", heading)))
        using (html.In("table", ("id", IdOf(table))))
        {
            html.Element("caption", table.Title);
            int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(index => !table.Columns[index].IsLong && !IsEmpty(table, index))];
            Header(table, shown);
            using (html.In("tbody"))
            {
                foreach (ReportRow row in table.Rows)
                {
                    Row(table, row, shown, notes.Of(row));
                }
            }
        }

        html.Line();
        Notes(table, notes);
    }

    private void Header(ReportTable table, int[] shown)
    {
        using (html.In("thead"))
        using (html.In("tr"))
        {
            foreach (ReportColumn column in shown.Select(index => table.Columns[index]))
            {
                using (html.In("th", ("scope", "col"), ("class", column.Unit is null ? null : "number")))
                {
                    html.Text(column.Header);
                    if (column.Unit == ReportUnit.Microseconds)
                    {
                        html.Element("small", " us");
                    }
                }
            }
        }

        html.Line();
    }

    private void Row(ReportTable table, ReportRow row, int[] shown, IReadOnlyList<int> marks)
    {
        using (html.In("tr", ("class", ClassOf(row)), ("data-row", row.Id)))
        {
            foreach (int index in shown)
            {
                bool isFirst = index == shown[0];
                using (html.In(isFirst ? "th" : "td", ("scope", isFirst ? "row" : null), ("class", table.Columns[index].Unit is null ? null : "number"), ("data-column", table.Columns[index].Id)))
                {
                    Cell(table.Columns[index], row, row.Cells[index]);
                    foreach (int mark in isFirst ? marks : [])
                    {
                        Mark(table, mark);
                    }
                }
            }
        }

        html.Line();
    }

    private void Cell(ReportColumn column, ReportRow row, ReportCell cell)
    {
        switch (cell)
        {
            case NumberCell number:
                Number(column, row, number);
                break;
            case TextCell { Text.Length: > 0 } words:
                html.Text(words.Text);
                break;
            default:
                html.Element("span", "\u2014", ("class", "missing"), ("role", "img"), ("aria-label", text["Html.Missing"]));
                break;
        }
    }

    private void Number(ReportColumn column, ReportRow row, NumberCell number)
    {
        string told = !column.IsSigned ? string.Empty : row.Tone switch { ReportTone.Worse => " told worse", ReportTone.Better => " told better", _ => string.Empty };
        html.Element("span", NumberText.Of(number), ("class", "val" + BasisClass.Of(number.Basis) + told));
        if (NumberText.Interval(number) is { } range)
        {
            html.Text(" ");
            html.Element("span", range, ("class", "range"));
        }

        if (column.HasCount && number.Count is { } count)
        {
            html.Text(" ");
            html.Element("span", FormattableString.Invariant($"{text["Label.Count"]} {count}"), ("class", "count"));
        }
    }

    private void Mark(ReportTable table, int mark)
    {
        using (html.In("sup"))
        {
            string number = FormattableString.Invariant($"{mark}");
            html.Element("a", number, ("href", $"#{IdOf(table)}-note-{number}"), ("aria-label", text["Label.Note"] + " " + number));
        }
    }

    private void Notes(ReportTable table, TableNotes notes)
    {
        if (notes.All.Count == 0)
        {
            return;
        }

        using (html.In("ol", ("class", "notes"), ("aria-label", text["Label.Notes"])))
        {
            for (int i = 0; i < notes.All.Count; i++)
            {
                html.Element("li", notes.All[i], ("id", FormattableString.Invariant($"{IdOf(table)}-note-{i + 1}")));
                html.Line();
            }
        }

        html.Line();
    }

    private static string? ClassOf(ReportRow row)
    {
        string tone = row.Tone switch { ReportTone.Worse => "worse", ReportTone.Better => "better", ReportTone.Doubtful => "doubtful", _ => string.Empty };
        string all = (row.IsTotal ? "total " : string.Empty) + tone;
        return all.Length == 0 ? null : all.TrimEnd();
    }

    /// <summary>Sections have anchors by the same names without it.</summary>
    private static string IdOf(ReportTable table) => "Table-" + table.Id;

    /// <summary>A column without a single value only takes width.</summary>
    private static bool IsEmpty(ReportTable table, int index) => table.Rows.Count > 0 && table.Rows.All(row => row.Cells[index] is MissingCell or TextCell { Text.Length: 0 });
}
