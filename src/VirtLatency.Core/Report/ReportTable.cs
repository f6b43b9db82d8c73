namespace VirtLatency.Report;

/// <summary>A table of a report.</summary>
public sealed record ReportTable
{
    /// <summary>Stable name: Layers, Segments, Stages ...; fit for an anchor or a sheet.</summary>
    public required string Id { get; init; }

    /// <summary>Its heading in the report's language.</summary>
    public required string Title { get; init; }

    /// <summary>What to know before reading it, in sentences; null for nothing.</summary>
    public string? Introduction { get; init; }

    /// <summary>Its columns.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>Its rows, in the order to show them.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>A row's cell by its column's id.</summary>
    /// <param name="row">A row of this table.</param>
    /// <param name="columnId">The column's id.</param>
    /// <returns>The cell; null where there is no such column.</returns>
    public ReportCell? Cell(ReportRow row, string columnId)
    {
        ArgumentNullException.ThrowIfNull(row);
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Id == columnId)
            {
                return row.Cells[i];
            }
        }

        return null;
    }

    /// <summary>A row by its id; null where there is none.</summary>
    /// <param name="id">The row's id.</param>
    /// <returns>The row.</returns>
    public ReportRow? Row(string id) => Rows.FirstOrDefault(row => row.Id == id);
}
