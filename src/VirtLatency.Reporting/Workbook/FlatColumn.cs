using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A column of a sheet's table: one number of each cell of a report's column.</summary>
/// <param name="Source">The report's column.</param>
/// <param name="Index">Its place in the report's table.</param>
/// <param name="Of">Which number.</param>
/// <param name="Header">What stands above it: once in its table, with its unit.</param>
internal sealed record FlatColumn(ReportColumn Source, int Index, FlatColumnKind Of, string Header)
{
    /// <summary>Letters that a header of a table may have.</summary>
    private const int MostLetters = 255;

    /// <summary>True for text, also where some of its cells are numbers.</summary>
    public bool IsText => Source.Unit is null;

    /// <summary>The columns of a table: a value is followed by the ends of its interval and its count, where the column can have them.</summary>
    public static IReadOnlyList<FlatColumn> All(ReportTable table, ReportText text)
    {
        var names = new UniqueNames(MostLetters);
        return
        [
            .. table.Columns.SelectMany((column, index) => Kinds(column).Select(kind => new FlatColumn(column, index, kind, names.Take(CellText.Of(HeaderOf(column, kind, text)).Replace('\n', ' '))))),
        ];
    }

    /// <summary>The cell of a row in this column.</summary>
    public ReportCell CellOf(ReportRow row) => row.Cells[Index] switch
    {
        NumberCell cell => Of switch
        {
            FlatColumnKind.Low => Number(cell.Low, cell),
            FlatColumnKind.High => Number(cell.High, cell),
            FlatColumnKind.Count => cell.Count is { } count ? new NumberCell(count, ReportUnit.Count) : MissingCell.Instance,
            _ => cell,
        },
        ReportCell cell => Of == FlatColumnKind.Value ? cell : MissingCell.Instance,
    };

    private static ReportCell Number(double? value, NumberCell cell) => value is { } number ? new NumberCell(number, cell.Unit) { IsSigned = cell.IsSigned } : MissingCell.Instance;

    private static IEnumerable<FlatColumnKind> Kinds(ReportColumn column)
    {
        yield return FlatColumnKind.Value;
        if (column.HasInterval)
        {
            yield return FlatColumnKind.Low;
            yield return FlatColumnKind.High;
        }

        if (column.HasCount)
        {
            yield return FlatColumnKind.Count;
        }
    }

    private static string HeaderOf(ReportColumn column, FlatColumnKind kind, ReportText text)
    {
        string unit = column.Unit switch { ReportUnit.Microseconds => " (us)", ReportUnit.Percent => " (%)", _ => string.Empty };
        return kind switch
        {
            FlatColumnKind.Low => text.Format("Label.Low", column.Header) + unit,
            FlatColumnKind.High => text.Format("Label.High", column.Header) + unit,
            FlatColumnKind.Count => text.Format("Label.CountOf", column.Header),
            _ => column.Header + unit,
        };
    }
}
